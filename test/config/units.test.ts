import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { percent, rate, share } from '../../lib/config/units.ts';

describe('a rate', () => {
  it('is in requests a second', () => {
    expect(rate.parse('120/s')).toBe(120);
    expect(rate.parse('600/m')).toBe(10);
    expect(rate.parse('0.5/s')).toBe(0.5);
  });
  it.each(['120', '-1/s', '120/h', '/s', 120])('refuses %j', (text) =>
    expect(rate.safeParse(text).success).toBe(false),
  );
});

describe('a share', () => {
  it('is the same written as a percentage or as a number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1000 }), (tenths) => {
        expect(share.parse(`${tenths / 10}%`)).toBe(share.parse(tenths / 1000));
        expect(percent.parse(`${tenths / 10}%`)).toBe(tenths / 10);
      }),
    );
  });
  it.each(['101%', '-1%', '2', 'two percent', 1.01, -0.1, Number.NaN, true])('refuses %j', (value) =>
    expect(share.safeParse(value).success).toBe(false),
  );
});
