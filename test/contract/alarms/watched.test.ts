import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../lambdas/contract/alarms/evaluate.ts';
import { type Measured, watchedAlarms } from '../../../lambdas/contract/alarms/watched.ts';
import { settings } from '../../pipeline/diagnose/build.ts';

const two = { ...settings, resources: { ...settings.resources, targetGroups: ['first', 'second'] } };

describe('the alarms of a service beside what they look at', () => {
  it('are one per target group, and one over all of them on capacity, named as in CloudWatch', () => {
    const names = watchedAlarms(two, { groups: [], service: {} }).map(({ name }) => name);
    expect(names).toContain('paramedic/prod/checkout/errors');
    expect(names).toContain('paramedic/prod/checkout/errors-2');
    expect(names).toHaveLength(7);
    expect(names.filter((name) => name.includes('no-capacity'))).toEqual(['paramedic/prod/checkout/no-capacity']);
  });

  it('look at the series of their own group, and at an empty one where nothing was measured', () => {
    const series = { requests: [1] };
    const alarms = watchedAlarms(two, { groups: [{ targetGroup: 'second', series }], service: {} });
    expect(alarms.find(({ name }) => name.endsWith('/errors-2'))?.series).toBe(series);
    expect(alarms.find(({ name }) => name.endsWith('/errors'))?.series).toEqual({});
  });

  it('are quiet on capacity while one of the groups is idle, and not when both are', () => {
    const state = (groups: Measured['groups']) => {
      const alarms = watchedAlarms(two, { groups, service: {} }).filter(({ spec }) => spec.kind === 'no-capacity');
      return alarms.map(({ spec, series }) => evaluate(spec, series, 2));
    };
    const busy = { targetGroup: 'first', series: { healthyHosts: [6, 6, 6] } };
    const idle = { targetGroup: 'second', series: { healthyHosts: [null, null, null] } };
    expect(state([busy, idle])).toEqual(['OK']);
    expect(state([busy])).toEqual(['OK']);
    expect(
      state([
        { ...busy, targetGroup: 'second' },
        { ...idle, targetGroup: 'first' },
      ]),
    ).toEqual(['OK']);
    expect(state([idle])).toEqual(['ALARM']);
    expect(state([{ targetGroup: 'first', series: { healthyHosts: [6, 0, 0] } }, idle])).toEqual(['ALARM']);
  });

  it('look at the service itself where the alarm is on the service', () => {
    const policy = { threshold: 0, minimumRequests: 0, breaching: 2, of: 3 };
    const insights = {
      ...two,
      resources: { ...two.resources, containerInsights: true },
      alarms: { ...two.alarms, 'below-desired': policy },
    };
    const service = { running: [1], desired: [2] };
    const alarms = watchedAlarms(insights, { groups: [], service });
    expect(alarms.filter(({ spec }) => spec.kind === 'below-desired')).toMatchObject([{ series: service }]);
  });
});
