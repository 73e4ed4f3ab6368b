import { describe, expect, it } from 'vitest';
import { alarmsOf } from '../../../lambdas/contract/alarms/alarms.ts';
import { breaches } from '../../../lambdas/contract/alarms/evaluate.ts';
import { taskPort } from '../../../lib/simulator/world/fleet.ts';
import { MetricStore } from '../../../lib/simulator/world/metric-store.ts';
import { Play, specOf, start } from './play.ts';

const minute = 60_000;

/** A service with two target groups; the second one's ARN ends with a 2. */
function twoGroups() {
  const spec = specOf();
  const [first = ''] = spec.settings.resources.targetGroups;
  const resources = { ...spec.settings.resources, targetGroups: [first.replace(/.$/, '1'), first.replace(/.$/, '2')] };
  return { ...spec, settings: { ...spec.settings, resources } };
}

describe('metrics', () => {
  it('arrive 45 to 75 s after their minute ended', async () => {
    const play = new Play();
    const ages: number[] = [];
    let known = start;
    await play.watch(1200, () => {
      const { until } = play.service.metrics.window(1, play.clock.now());
      if (until > known) ages.push(play.clock.now() - until);
      known = until;
    });
    expect(ages.length).toBeGreaterThanOrEqual(18);
    expect(Math.min(...ages)).toBeGreaterThanOrEqual(45_000);
    expect(Math.max(...ages)).toBeLessThanOrEqual(76_000);
    expect(Math.max(...ages) - Math.min(...ages)).toBeGreaterThan(10_000);
  });

  it('have an hour of past when a run begins', () => {
    const { service, clock } = new Play();
    const { groups, until, minutes } = service.metrics.window(90, clock.now());
    expect(minutes).toBe(59);
    expect(until).toBe(start - minute);
    const requests = groups[0]?.requests ?? [];
    expect(requests.every((count) => count !== null && count > 6600 && count < 7800)).toBe(true);
    for (const spec of alarmsOf(service.spec.settings)) expect(breaches(spec, groups[0] ?? {}, 30)).toBe(false);
  });

  it('of a name that comes for the first time have nothing before', () => {
    const store = new MetricStore(1);
    store.add({ end: minute, arrives: minute, groups: [{ requests: 5 }], service: {} });
    store.add({ end: 2 * minute, arrives: 2 * minute, groups: [{ target5xx: 1 }], service: { memory: 40 } });
    const { groups, service } = store.window(9, 2 * minute);
    expect(groups[0]).toMatchObject({ requests: [5, null], target5xx: [null, 1], latency: [null, null] });
    expect(service).toMatchObject({ memory: [null, 40], cpu: [null, null] });
  });

  it('of a minute that never come count as missing once they are overdue', () => {
    const store = new MetricStore(1);
    store.add({ end: minute, arrives: minute + 50_000, groups: [{ requests: 5 }], service: {} });
    store.add({ end: 2 * minute, arrives: null, groups: [{ requests: 7 }], service: {} });
    expect(store.window(9, 2 * minute + 74_999).groups[0]?.requests).toEqual([5]);
    expect(store.window(9, 2 * minute + 75_000).groups[0]?.requests).toEqual([5, null]);
  });

  it('tell what ALB and ECS publish and nothing else', async () => {
    const play = new Play();
    await play.until(400);
    const { groups, service } = play.service.metrics.window(3, play.clock.now());
    const newest = (name: 'requests' | 'target4xx' | 'connectionErrors' | 'elb5xx' | 'latency') =>
      groups[0]?.[name]?.at(-1);
    expect(newest('requests')).toBeGreaterThan(6600);
    expect([newest('target4xx'), newest('connectionErrors'), newest('elb5xx')]).toEqual([null, null, null]);
    expect(newest('latency')).toBeCloseTo(0.125, 1);
    expect(service.memory?.at(-1)).toBeGreaterThan(35);
    expect(service.running?.at(-1)).toBeNull();
  });

  it('count what the load balancer answered by itself over all services behind it', async () => {
    const specs = ['one', 'two'].map((id) => specOf(id, { loadBalancer: 'shared' }));
    const play = new Play({ specs, faults: [{ at: 60, kind: 'crash-task', service: 'one', tasks: 'all' }] });
    await play.until(300);
    const now = play.clock.now();
    const own = play.world.services.map((service) => service.metrics.window(3, now).groups[0]);
    expect(own[1]?.elb5xx).toEqual(own[0]?.elb5xx);
    expect(own[1]?.elb5xx?.some((count) => (count ?? 0) > 1000)).toBe(true);
    expect(own[1]?.target5xx?.every((count) => (count ?? 0) < 50)).toBe(true);
  });
  it('count a request that nobody answers when the load balancer gives up on it, a minute later', async () => {
    const play = new Play({ faults: [{ at: 60, until: 120, kind: 'hung-task', tasks: 3 }] });
    await play.until(400);
    const { groups, until } = play.service.metrics.window(5, play.clock.now());
    expect(until).toBe(start + 5 * minute);
    const [before, during, after, later] = groups[0]?.elb5xx ?? [];
    expect([before, during, later]).toEqual([null, null, null]);
    expect(after).toBeGreaterThan(3300);
  });
});

describe('alarms', () => {
  it('stay silent while nothing is wrong', async () => {
    for (const seed of [1, 2, 3]) {
      const play = new Play({ seed });
      await play.until(2400);
      expect(play.heard).toEqual([]);
    }
  });

  it('go off when two of three minutes breach, and not for one', async () => {
    const once = new Play({ faults: [{ at: 330, kind: 'metric-blip' }] });
    await once.until(900);
    expect(once.heard).toEqual([]);
    const twice = new Play({
      faults: [
        { at: 330, kind: 'metric-blip' },
        { at: 450, kind: 'metric-blip' },
      ],
    });
    await twice.until(900);
    expect(twice.heard.map(({ alarm, state }) => `${alarm} ${state}`)).toEqual([
      'paramedic/simulated/checkout/latency ALARM',
      'paramedic/simulated/checkout/latency OK',
    ]);
  });

  it('notice a total outage within four minutes, whenever in a minute it begins', async () => {
    for (const at of [300, 315, 330, 345, 357, 359]) {
      const crash = { at, kind: 'crash-task', tasks: 'all' };
      const noRoom = { at: 200, kind: 'capacity-unavailable' };
      const play = new Play({ faults: [noRoom, crash] });
      await play.until(at + 240);
      expect(play.firstHeard('no-capacity') ?? Number.NaN, `crash at ${at} s`).toBeLessThan(at + 240);
    }
  });

  it('see a hung task only in requests that nobody answers', async () => {
    const play = new Play({ faults: [{ at: 300, kind: 'hung-task' }] });
    await play.until(600);
    const { groups } = play.service.metrics.window(3, play.clock.now());
    const at = (name: 'requests' | 'target2xx' | 'target5xx' | 'connectionErrors' | 'unhealthyHosts') =>
      groups[0]?.[name]?.at(-1) ?? 0;
    expect((at('requests') - at('target2xx') - at('target5xx')) / at('requests')).toBeCloseTo(1 / 6, 2);
    expect([at('connectionErrors'), at('unhealthyHosts')]).toEqual([0, 0]);
    expect(play.heard.map(({ alarm }) => alarm)).toEqual(['paramedic/simulated/checkout/errors']);
  });

  it('go by the data of their minute even when it comes late', async () => {
    const play = new Play({ faults: [{ at: 300, kind: 'error-task', tasks: 3, rate: 0.9 }] });
    await play.until(900);
    const at = play.firstHeard('errors') ?? Number.NaN;
    expect(at).toBeGreaterThan(420 + 80);
    expect(at).toBeLessThan(420 + 103);
  });

  it('take metrics that fail to come as they are told to: only no-capacity goes off', async () => {
    const play = new Play({ faults: [{ at: 300, until: 600, kind: 'metrics-missing' }] });
    await play.until(900);
    expect(play.heard.map(({ alarm, state }) => `${alarm} ${state}`)).toEqual([
      'paramedic/simulated/checkout/no-capacity ALARM',
      'paramedic/simulated/checkout/no-capacity OK',
    ]);
  });

  it('do not miss capacity in a target group that is idle', async () => {
    const play = new Play({ specs: [twoGroups()] });
    await play.until(60);
    const [, second] = play.service.fleet.groups;
    for (const task of play.service.fleet.tasks) second?.deregister(task.address, taskPort);
    await play.until(900);
    const { groups } = play.service.metrics.window(1, play.clock.now());
    expect(groups.map((series) => series.healthyHosts)).toEqual([[6], [null]]);
    expect(play.heard.filter(({ alarm }) => alarm.includes('no-capacity'))).toEqual([]);
  });

  it('miss capacity when no target group has any, and say of which they speak', async () => {
    const play = new Play({
      specs: [twoGroups()],
      faults: [
        { at: 200, kind: 'capacity-unavailable' },
        { at: 300, kind: 'crash-task', tasks: 'all' },
      ],
    });
    await play.until(600);
    const capacity = play.heard.filter(({ alarm }) => alarm.includes('no-capacity'));
    expect(capacity.map(({ alarm, state }) => `${alarm} ${state}`)).toEqual([
      'paramedic/simulated/checkout/no-capacity ALARM',
    ]);
    expect(capacity[0]?.event).toMatchObject({
      detail: {
        configuration: {
          metrics: [
            { id: 'value', expression: 'IF(healthyHosts > healthyHosts2, healthyHosts, healthyHosts2)' },
            {
              id: 'healthyHosts',
              metricStat: { metric: { dimensions: { TargetGroup: expect.not.stringMatching(/2$/) } } },
            },
            {
              id: 'healthyHosts2',
              metricStat: { metric: { dimensions: { TargetGroup: expect.stringMatching(/2$/) } } },
            },
          ],
        },
      },
    });
  });

  it('speak in the shape of EventBridge', async () => {
    const play = new Play({ faults: [{ at: 300, kind: 'error-task', tasks: 3, rate: 0.9 }] });
    await play.until(600);
    expect(play.heard[0]?.event).toEqual({
      version: '0',
      id: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      'detail-type': 'CloudWatch Alarm State Change',
      source: 'aws.cloudwatch',
      account: '123456789012',
      time: expect.stringMatching(/^2026-01-05T00:08:\d\dZ$/),
      region: 'eu-central-1',
      resources: ['arn:aws:cloudwatch:eu-central-1:123456789012:alarm:paramedic/simulated/checkout/errors'],
      detail: {
        alarmName: 'paramedic/simulated/checkout/errors',
        configuration: {
          description: 'Too many requests fail or are never answered.',
          metrics: expect.arrayContaining([
            expect.objectContaining({ returnData: true, expression: expect.stringContaining('FILL(requests, 0)') }),
            expect.objectContaining({
              returnData: false,
              metricStat: expect.objectContaining({
                period: 60,
                stat: 'Sum',
                metric: {
                  namespace: 'AWS/ApplicationELB',
                  name: 'RequestCount',
                  dimensions: {
                    LoadBalancer: expect.stringMatching(/^app\//),
                    TargetGroup: expect.stringMatching(/^targetgroup\//),
                  },
                },
              }),
            }),
          ]),
        },
        previousState: {
          value: 'OK',
          reason: 'Unchecked: Initial alarm creation',
          timestamp: '2026-01-05T00:00:00.000+0000',
        },
        state: {
          value: 'ALARM',
          reason: expect.stringMatching(
            /^Threshold Crossed: 2 out of the last 3 datapoints \[.*\] was greater than the threshold \(2\)/,
          ),
          reasonData: expect.stringMatching(/^\{"version":"1.0"/),
          timestamp: expect.stringMatching(/^2026-01-05T00:08:\d\d\.\d{3}\+0000$/),
        },
      },
    });
  });
});
