/** See docs/decisions/0008-clients-made-of-sdk-parts.md. The size is a limit, as in test/handlers; the times are aims. */
export const limits = { kilobytes: 450, importMillis: 60, ownMillis: 20 };

/** What is beyond the limits in the functions of one group. */
export function flawsIn({ functions }) {
  const large = functions.filter(({ size }) => size > limits.kilobytes * 1000);
  return large.map(
    ({ function: name, size }) => `${name} has ${size} bytes; at most ${limits.kilobytes} KB are allowed.`,
  );
}

/** What takes longer than it is meant to. */
export function slownessIn({ version, functions, path: { cold, warm } }) {
  const slow = functions.filter(({ imported }) => imported.busy.median > limits.importMillis);
  return [
    ...slow.map(
      ({ function: name, imported }) =>
        `Slow: ${name} takes ${imported.busy.median} ms to import under ${version}; the aim is ${limits.importMillis} ms.`,
    ),
    ...Object.entries({ cold, warm })
      .filter(([, { busy }]) => busy.median > limits.ownMillis)
      .map(
        ([kind, { busy }]) =>
          `Slow: ${busy.median} ms of own time from alarm to first change, ${kind}, under ${version}; the aim is ${limits.ownMillis} ms.`,
      ),
  ];
}
