import { describe, expect, it } from 'vitest';
import { clocksOf } from '../../lib/simulator/clocks.ts';

/** A hundred seconds of a service with `T` where it is in trouble and digits for its healthy tasks. */
const service = (trouble: readonly number[], short: readonly number[]) => ({
  desired: 3,
  truth: {
    seconds: 100,
    trouble: (second: number) => trouble.includes(second),
    healthy: (second: number) => (short.includes(second) ? 2 : 3),
  },
});

describe('the clocks', () => {
  it('stand still when the true traffic never leaves the thresholds', () => {
    expect(clocksOf([service([], [10])])).toEqual({ troubleAt: null, mitigatedAt: null, recoveredAt: null });
  });

  it('start when the first service leaves them, and stop when the last one is back for good', () => {
    const clocks = clocksOf([service([20, 21, 50], []), service([30], [])]);
    expect(clocks).toEqual({ troubleAt: 20, mitigatedAt: 51, recoveredAt: 51 });
  });

  it('call it recovered only when every desired task is healthy too', () => {
    expect(clocksOf([service([20], [20, 60])])).toMatchObject({ mitigatedAt: 21, recoveredAt: 61 });
  });

  it('say never when trouble lasts to the end', () => {
    expect(clocksOf([service([98, 99], [])])).toEqual({ troubleAt: 98, mitigatedAt: null, recoveredAt: null });
  });

  it('say never recovered when a task is still missing at the end', () => {
    expect(clocksOf([service([20], [99])])).toEqual({ troubleAt: 20, mitigatedAt: 21, recoveredAt: null });
  });
});
