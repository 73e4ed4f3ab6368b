import fc from 'fast-check';

const odd = [
  '\u0000',
  '\n',
  '\r',
  '\t',
  '\u001b',
  '\u007f',
  '\u0085',
  '\u00a0',
  '\u200b',
  '\u2028',
  'é',
  '…',
  '日',
  '🙂',
  '\ud800',
];

/** Text as nobody should send it: control characters, escapes, other scripts, half a surrogate pair. */
export const oddText = (maxLength: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.oneof(fc.constantFrom(...odd), fc.string({ minLength: 1, maxLength: 1 })), maxLength });
