import { beforeEach, describe, expect, it } from 'vitest';
import type { MetricName } from '../../lambdas/contract/alarms/alarm.ts';
import type { Series } from '../../lambdas/contract/alarms/evaluate.ts';
import type { ServiceResources } from '../../lambdas/contract/settings.ts';
import { type Instant, metricMinute } from '../../lambdas/contract/time.ts';
import type { Symptoms } from '../../lambdas/model/facts.ts';

/** What AWS publishes of one minute: per target group, and of the service itself. What is absent is not published. */
export type PublishedMinute = {
  readonly start: Instant;
  readonly groups: readonly Readonly<Partial<Record<MetricName, number>>>[];
  readonly service?: Readonly<Partial<Record<MetricName, number>>>;
};

/** How a service is set up; each test has one of its own. */
export type MeasuredService = {
  readonly groups: number;
  readonly dedicatedLoadBalancer: boolean;
  readonly containerInsights: boolean;
};

/** The metrics of one service to test. */
export type MetricsUnderTest = {
  readonly resources: ServiceResources;
  readonly publish: (minutes: readonly PublishedMinute[]) => Promise<void>;
  /** The newest so many minutes, read at that instant. */
  readonly recent: (minutes: number, at: Instant) => Promise<Symptoms>;
};

/** A full hour: what tests publish lies before it. */
export const hour: Instant = Date.UTC(2026, 0, 5, 12);
const minutesBefore = (n: number): Instant => hour - n * metricMinute;
const seconds = (n: number): number => n * 1000;

/** So many minutes of one target group, the newest ending at `hour`, each with its number of requests. */
const traffic = (...requests: readonly number[]): readonly PublishedMinute[] =>
  requests.map((count, index) => ({ start: minutesBefore(requests.length - index), groups: [{ requests: count }] }));

/** The laws of what CloudWatch shows of a service; each world runs them against its own. */
export function describeMetrics(name: string, make: (service: MeasuredService) => Promise<MetricsUnderTest>): void {
  describe(`metrics: ${name}`, () => {
    let under: MetricsUnderTest;
    const given = async (service: Partial<MeasuredService> = {}) => {
      under = await make({ groups: 1, dedicatedLoadBalancer: false, containerInsights: false, ...service });
    };
    const seriesOf = (symptoms: Symptoms, group = 0): Series => symptoms.groups[group]?.series ?? {};
    beforeEach(() => given());

    it('gives the newest whole minutes, oldest first, one value each', async () => {
      await under.publish(traffic(50, 60, 70, 80));
      const symptoms = await under.recent(3, hour + seconds(90));
      expect(symptoms).toMatchObject({ until: hour, minutes: 3 });
      expect(seriesOf(symptoms).requests).toEqual([60, 70, 80]);
    });

    it('shows nothing of the minute that is still running', async () => {
      await under.publish([...traffic(60, 70, 80), { start: hour, groups: [{ requests: 5 }] }]);
      const symptoms = await under.recent(3, hour + seconds(50));
      expect(symptoms.until).toBeLessThanOrEqual(hour);
      expect(seriesOf(symptoms).requests).not.toContain(5);
    });

    it('does not trust a minute that ended a moment ago, though some of its requests are counted', async () => {
      await under.publish(traffic(60, 70, 3));
      const symptoms = await under.recent(2, hour + seconds(10));
      expect(symptoms.until).toBe(minutesBefore(1));
      expect(seriesOf(symptoms).requests).toEqual([60, 70]);
    });

    it('keeps a minute without datapoints as a hole once nothing can come any more', async () => {
      const [first, , third] = traffic(60, 70, 80);
      if (first === undefined || third === undefined) throw new Error('There are three minutes.');
      await under.publish([first, third]);
      const symptoms = await under.recent(4, hour + metricMinute + seconds(125));
      expect(symptoms.until).toBe(hour + metricMinute);
      expect(seriesOf(symptoms).requests).toEqual([60, null, 80, null]);
    });

    it('waits for the requests of a minute that has only just ended', async () => {
      await under.publish(traffic(60, 70));
      const symptoms = await under.recent(2, hour + metricMinute + seconds(62));
      expect(symptoms.until).toBe(hour);
      expect(seriesOf(symptoms).requests).toEqual([60, 70]);
    });

    it('tells what was not published from zero', async () => {
      await under.publish([
        { start: minutesBefore(2), groups: [{ requests: 60, target2xx: 60, unhealthyHosts: 0 }] },
        { start: minutesBefore(1), groups: [{ requests: 70, target2xx: 65, target5xx: 5, unhealthyHosts: 1 }] },
      ]);
      const series = seriesOf(await under.recent(2, hour + seconds(90)));
      expect(series).toMatchObject({ target2xx: [60, 65], target5xx: [null, 5], unhealthyHosts: [0, 1] });
      expect(series.connectionErrors).toEqual([null, null]);
    });

    it('names each metric of a target group as what it is', async () => {
      const published = {
        requests: 101,
        target2xx: 90,
        target3xx: 1,
        target4xx: 2,
        target5xx: 3,
        connectionErrors: 4,
        latency: 0.25,
        healthyHosts: 5,
        unhealthyHosts: 6,
      };
      await under.publish([{ start: minutesBefore(1), groups: [published] }]);
      const series = seriesOf(await under.recent(1, hour + seconds(90)));
      for (const [metric, value] of Object.entries(published))
        expect({ [metric]: series[metric as MetricName] }).toEqual({ [metric]: [value] });
    });

    it('keeps target groups apart, in the order of the configuration', async () => {
      await given({ groups: 3 });
      await under.publish([
        { start: minutesBefore(2), groups: [{ requests: 1 }, { requests: 2 }, {}] },
        { start: minutesBefore(1), groups: [{ requests: 3 }, {}, { requests: 4 }] },
      ]);
      const symptoms = await under.recent(2, hour + seconds(90));
      expect(symptoms.groups.map(({ targetGroup }) => targetGroup)).toEqual(under.resources.targetGroups);
      expect([0, 1, 2].map((group) => seriesOf(symptoms, group).requests)).toEqual([
        [1, 3],
        [2, null],
        [null, 4],
      ]);
    });

    it('shows what the load balancer answered by itself only where the service has it to itself', async () => {
      const minute = { start: minutesBefore(1), groups: [{ requests: 60, elb5xx: 7 }] };
      await under.publish([minute]);
      expect(seriesOf(await under.recent(1, hour + seconds(90))).elb5xx ?? [null]).toEqual([null]);
      await given({ dedicatedLoadBalancer: true });
      await under.publish([minute]);
      expect(seriesOf(await under.recent(1, hour + seconds(90))).elb5xx).toEqual([7]);
    });

    it('shows task counts only with Container Insights, memory and cpu always', async () => {
      const minute = {
        start: minutesBefore(1),
        groups: [{ requests: 60 }],
        service: { running: 5, desired: 6, memory: 41.5, cpu: 12.25 },
      };
      await under.publish([minute]);
      const without = (await under.recent(1, hour + seconds(90))).service;
      expect(without).toMatchObject({ memory: [41.5], cpu: [12.25] });
      expect([without.running ?? [null], without.desired ?? [null]]).toEqual([[null], [null]]);
      await given({ containerInsights: true });
      await under.publish([minute]);
      expect((await under.recent(1, hour + seconds(90))).service).toMatchObject({ running: [5], desired: [6] });
    });

    it('has as many values of every metric as it says there are minutes', async () => {
      await under.publish(traffic(60, 70, 80));
      const { minutes, groups, service } = await under.recent(3, hour + seconds(90));
      for (const values of [...groups.flatMap(({ series }) => Object.values(series)), ...Object.values(service)])
        expect(values).toHaveLength(minutes);
    });
  });
}
