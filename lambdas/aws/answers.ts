/**
 * A field of an AWS answer that we cannot do without. The API models call nearly every field optional; going on with a
 * blank where identity matters would act on the wrong thing.
 */
export function needed<T>(value: T | null | undefined, call: string, field: string): T {
  if (value === undefined || value === null || value === '') throw new Error(`${call} answered without ${field}.`);
  return value;
}

/** One of the words we know, translated; a word AWS has added since is an error, not a guess. */
export function translated<T>(
  word: string | undefined,
  words: Readonly<Record<string, T>>,
  call: string,
  field: string,
): T {
  const known = words[needed(word, call, field)];
  if (known === undefined)
    throw new Error(`${call} answered ${field} "${word}"; known are ${Object.keys(words).join(', ')}.`);
  return known;
}

/** The instant of a date in an answer. */
export const instant = (date: Date | undefined, call: string, field: string): number =>
  needed(date, call, field).getTime();

/** The last part of an ARN or path: `arn:...:task/cluster/3f2a` → `3f2a`. */
export const lastPart = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Cuts a list into pieces of at most `size`. */
export function inBatches<T>(list: readonly T[], size: number): T[][] {
  const batches: T[][] = [];
  for (let start = 0; start < list.length; start += size) batches.push(list.slice(start, start + size));
  return batches;
}
