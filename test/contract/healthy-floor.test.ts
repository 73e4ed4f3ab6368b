import { describe, expect, it } from 'vitest';
import { healthyFloor, wholeDown, wholeUp } from '../../lambdas/contract/healthy-floor.ts';
import { settings } from '../pipeline/build.ts';

describe('the healthy floor', () => {
  const floor = (count: number, share: number, desired: number) =>
    healthyFloor(settings({ limits: { minHealthyTargets: { count, share } } }).limits, desired);

  it('is the greater of the count and the share, in whole tasks', () => {
    expect(floor(1, 0.5, 5)).toBe(3);
    expect(floor(4, 0.5, 5)).toBe(4);
    expect(floor(1, 0, 5)).toBe(1);
  });

  it('is no task more or less for a rounding error of the product', () => {
    expect([0.07 * 100, wholeUp(0.07 * 100)]).toEqual([7.000000000000001, 7]);
    expect([0.29 * 100, wholeDown(0.29 * 100)]).toEqual([28.999999999999996, 29]);
    expect([wholeUp(7.01), wholeDown(7.99)]).toEqual([8, 7]);
  });
});
