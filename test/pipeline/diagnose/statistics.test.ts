import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binomialAtMost, fisherGreater, median, trend } from '../../../lambdas/pipeline/diagnose/statistics.ts';

describe("Fisher's exact test, one-sided", () => {
  it('agrees with tables computed by hand', () => {
    // 1/70: of 8, four bad, all four among the first four. C(4,4)C(4,0)/C(8,4).
    expect(fisherGreater({ bad: 4, of: 4 }, { bad: 0, of: 4 })).toBeCloseTo(1 / 70, 12);
    // The lady tasting tea: 3 of 4 right. (16 + 1) / 70.
    expect(fisherGreater({ bad: 3, of: 4 }, { bad: 1, of: 4 })).toBeCloseTo(17 / 70, 12);
    // C(5,2)/C(10,2) for 2 bad of 10, both on the one with five.
    expect(fisherGreater({ bad: 2, of: 5 }, { bad: 0, of: 5 })).toBeCloseTo(10 / 45, 12);
  });

  it('is certain where there is nothing bad, or nothing to compare with', () => {
    expect(fisherGreater({ bad: 0, of: 100 }, { bad: 5, of: 100 })).toBe(1);
    expect(fisherGreater({ bad: 7, of: 10 }, { bad: 0, of: 0 })).toBe(1);
    expect(fisherGreater({ bad: 0, of: 0 }, { bad: 0, of: 0 })).toBe(1);
  });

  it('keeps tiny probabilities apart from zero and stays within 0 and 1', () => {
    expect(fisherGreater({ bad: 100, of: 200 }, { bad: 1, of: 1000 })).toBeGreaterThan(0);
    fc.assert(
      fc.property(fc.nat(2000), fc.nat(2000), fc.nat(2000), fc.nat(2000), (a, b, c, d) => {
        const p = fisherGreater({ bad: a, of: a + b }, { bad: c, of: c + d });
        expect(p).toBeGreaterThanOrEqual(0);
        expect(p).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('makes one more bad request never likelier', () => {
    fc.assert(
      fc.property(fc.nat(50), fc.nat(50), fc.integer({ min: 1, max: 50 }), (bad, good, peers) => {
        const rest = { bad: 3, of: 3 + peers };
        const fewer = fisherGreater({ bad, of: bad + good + 1 }, rest);
        const more = fisherGreater({ bad: bad + 1, of: bad + good + 1 }, rest);
        expect(more).toBeLessThanOrEqual(fewer + 1e-9);
      }),
    );
  });
});

describe('the lower binomial tail', () => {
  it('agrees with values computed by hand', () => {
    expect(binomialAtMost(0, 10, 0.5)).toBeCloseTo(1 / 1024, 12);
    expect(binomialAtMost(1, 10, 0.5)).toBeCloseTo(11 / 1024, 12);
    expect(binomialAtMost(1, 3, 0.25)).toBeCloseTo(0.421875 + 0.421875, 12);
    expect(binomialAtMost(3, 3, 0.25)).toBe(1);
  });

  it('works for thousands of requests', () => {
    expect(binomialAtMost(1000, 4000, 0.25)).toBeGreaterThan(0.5);
    expect(binomialAtMost(1000, 4000, 0.25)).toBeLessThan(0.52);
    expect(binomialAtMost(0, 4000, 0.25)).toBeLessThan(1e-100);
  });
});

describe('robust estimates', () => {
  it('takes the middle value, or the mean of the two in the middle', () => {
    expect(median([])).toBeNull();
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
  });

  it('does not let one wild point move a slope', () => {
    const points = Array.from({ length: 20 }, (_, x) => [x, x === 7 ? 500 : 2 * x] as const);
    expect(trend(points)?.slope).toBeCloseTo(2, 6);
    expect(trend(points)?.rising).toBeGreaterThan(0.9);
    expect(trend([[1, 1]])).toBeNull();
  });
});
