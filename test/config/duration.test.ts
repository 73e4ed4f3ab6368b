import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inMillis } from '../../lambdas/contract/time.ts';
import { duration, durationFrom, millisOf, moment, secondsTaken, writeDuration } from '../../lib/config/duration.ts';

describe('a duration', () => {
  it.each([
    ['45s', { seconds: 45 }],
    ['5m', { minutes: 5 }],
    ['24h', { hours: 24 }],
    ['7d', { days: 7 }],
  ])('reads %s', (text, expected) => expect(duration.parse(text)).toEqual(expected));

  it.each(['', '5', 'm', '0m', '-5m', '1.5m', '5 m', '5min', '5M', '800ms', '1234567d', 5, null, { minutes: 5 }])(
    'refuses %j',
    (text) => expect(duration.safeParse(text).success).toBe(false),
  );

  it('is written as it is read, whatever its length', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999 }), fc.constantFrom('s', 'm', 'h', 'd'), (amount, unit) => {
        const text = `${amount}${unit}`;
        expect(writeDuration(duration.parse(text))).toBe(text);
        expect(inMillis(duration.parse(text))).toBe(millisOf(text));
      }),
    );
  });

  it('may have a least length', () => {
    expect(durationFrom('5m').safeParse('299s').success).toBe(false);
    expect(durationFrom('5m').parse('300s')).toEqual({ seconds: 300 });
  });
});

describe('a moment', () => {
  it('is in milliseconds and may be in the past', () => {
    expect(moment.parse('-7d')).toBe(-7 * 86_400_000);
    expect(moment.parse('0m')).toBe(0);
    expect(moment.parse('90s')).toBe(90_000);
    expect(moment.safeParse('yesterday').success).toBe(false);
  });
});

describe('a time taken', () => {
  it('is in seconds', () => {
    expect(secondsTaken.parse('800ms')).toBe(0.8);
    expect(secondsTaken.parse('1.5s')).toBe(1.5);
  });
  it.each(['0ms', '0.0s', '-1s', '1h', '800'])('refuses %s', (text) =>
    expect(secondsTaken.safeParse(text).success).toBe(false),
  );
});
