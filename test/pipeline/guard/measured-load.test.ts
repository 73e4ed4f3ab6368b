import { describe, expect, it } from 'vitest';
import type { Series } from '../../../lambdas/contract/alarms/evaluate.ts';
import type { Symptoms } from '../../../lambdas/model/facts.ts';
import { measuredLoad } from '../../../lambdas/pipeline/guard/measured-load.ts';
import { groupA, groupB, now } from '../build.ts';

const measured = (groups: readonly Series[], service: Series = {}, minutes = 4): Symptoms => ({
  until: now,
  minutes,
  groups: groups.map((series, index) => ({ targetGroup: index === 0 ? groupA : groupB, series })),
  service,
});
const six = { running: 6 };

describe('the measured load', () => {
  it('is that of the busiest of the last three minutes, at the end of the newest', () => {
    const load = measuredLoad(measured([{ requests: [9000, 600, 1200, 60] }], { cpu: [99, 10, 30, 20] }), six);
    expect(load).toEqual({ at: now, requests: 20, cpu: { most: 180, newest: 120 } });
  });

  it('adds up the requests of several target groups, minute by minute', () => {
    const load = measuredLoad(measured([{ requests: [0, 600, 60, 60] }, { requests: [0, 60, 1200, 0] }]), six);
    expect(load.requests).toBe(21);
  });

  it('takes a minute with hosts and without requests for one without requests', () => {
    const quiet = { requests: [null, null, null, null], healthyHosts: [6, 6, 6, 6] };
    expect(measuredLoad(measured([quiet]), six).requests).toBe(0);
    expect(measuredLoad(measured([{ requests: [600, 600, 600, 600] }, quiet]), six).requests).toBe(10);
  });

  it('does not guess the requests of a group of which nothing was measured', () => {
    expect(measuredLoad(measured([{ requests: [600, 600, 600, 600] }, {}]), six).requests).toBeNull();
    expect(measuredLoad(measured([{}]), six).requests).toBeNull();
    expect(measuredLoad(measured([]), six).requests).toBeNull();
  });

  it('leaves out minutes without a datapoint', () => {
    const load = measuredLoad(measured([{ requests: [60, null, 600, null] }], { cpu: [50, null, 20, null] }), six);
    expect(load).toEqual({ at: now, requests: 10, cpu: { most: 120, newest: 120 } });
  });

  it('is unknown where nothing was measured', () => {
    expect(measuredLoad(measured([], {}, 0), six)).toEqual({ at: now, requests: null, cpu: null });
    expect(measuredLoad(measured([], { cpu: [null, null, null, null] }), six).cpu).toBeNull();
  });

  it('knows fewer minutes than three where there are fewer', () => {
    expect(measuredLoad(measured([{ requests: [600] }], { cpu: [10] }, 1), six)).toMatchObject({
      requests: 10,
      cpu: { most: 60 },
    });
  });

  it('reckons CPU with the tasks that were there then, though some are gone by now', () => {
    const groups = [{ healthyHosts: [9, 6, 5, 4] }, { healthyHosts: [null, 3, 3, 3] }];
    expect(measuredLoad(measured(groups, { cpu: [10, 10, 10, 10] }), { running: 4 }).cpu?.most).toBe(60);
    expect(measuredLoad(measured(groups, { cpu: [10, 10, 10, 10] }), { running: 7 }).cpu?.most).toBe(70);
  });
});
