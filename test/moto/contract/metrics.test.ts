import { CloudWatchClient, type MetricDatum, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { reading } from '../../../lambdas/aws/clients.ts';
import { awsMetrics } from '../../../lambdas/aws/metrics.ts';
import type { MetricName } from '../../../lambdas/contract/alarms/alarm.ts';
import type { ServiceResources, ServiceSettings } from '../../../lambdas/contract/settings.ts';
import { metricMinute } from '../../../lambdas/contract/time.ts';
import { describeMetrics, hour, type PublishedMinute } from '../../contract/metrics-contract.ts';
import { settings } from '../../pipeline/build.ts';
import { MetricPages } from '../gaps/metric-pages.ts';
import { metricStatistics } from '../gaps/metric-statistics.ts';
import { Account } from '../harness/account.ts';

const read = 'monitoring.GetMetricData';
const pages = new MetricPages(metricStatistics());
let account: Account;
let services = 0;

beforeAll(async () => {
  account = await Account.open('200000000002', [pages]);
});
beforeEach(() => {
  account.calm();
  account.requests.length = 0;
  pages.size = null;
});
afterAll(() => account.close());

/** What ALB and ECS call their metrics; written from their pages, not from our own table. */
const published: Readonly<Record<MetricName, { readonly namespace: string; readonly name: string }>> = {
  requests: { namespace: 'AWS/ApplicationELB', name: 'RequestCount' },
  target2xx: { namespace: 'AWS/ApplicationELB', name: 'HTTPCode_Target_2XX_Count' },
  target3xx: { namespace: 'AWS/ApplicationELB', name: 'HTTPCode_Target_3XX_Count' },
  target4xx: { namespace: 'AWS/ApplicationELB', name: 'HTTPCode_Target_4XX_Count' },
  target5xx: { namespace: 'AWS/ApplicationELB', name: 'HTTPCode_Target_5XX_Count' },
  connectionErrors: { namespace: 'AWS/ApplicationELB', name: 'TargetConnectionErrorCount' },
  elb5xx: { namespace: 'AWS/ApplicationELB', name: 'HTTPCode_ELB_5XX_Count' },
  latency: { namespace: 'AWS/ApplicationELB', name: 'TargetResponseTime' },
  healthyHosts: { namespace: 'AWS/ApplicationELB', name: 'HealthyHostCount' },
  unhealthyHosts: { namespace: 'AWS/ApplicationELB', name: 'UnHealthyHostCount' },
  running: { namespace: 'ECS/ContainerInsights', name: 'RunningTaskCount' },
  desired: { namespace: 'ECS/ContainerInsights', name: 'DesiredTaskCount' },
  memory: { namespace: 'AWS/ECS', name: 'MemoryUtilization' },
  cpu: { namespace: 'AWS/ECS', name: 'CPUUtilization' },
};

const client = (caller = 'test', timeout = 5000) =>
  new CloudWatchClient({
    ...reading,
    ...account.client(caller),
    requestHandler: { ...reading.requestHandler, requestTimeout: timeout },
  });

/** A service nobody has published anything of. */
function freshService(groups = 1, change: Partial<ServiceResources> = {}): ServiceSettings {
  const n = String(++services).padStart(4, '0');
  const targetGroups = Array.from({ length: groups }, (_, group) =>
    account.arn('elasticloadbalancing', `targetgroup/checkout-${group}/${n}${String(group).padStart(12, '0')}`),
  );
  const resources = {
    ...settings().resources,
    service: `checkout-${n}`,
    loadBalancer: `app/shop/${n}89abcdef0123`,
    targetGroups,
    ...change,
  };
  return settings({ resources });
}

/** Publishes through PutMetricData, with the dimensions of the load balancer and of ECS. */
async function publish({ resources }: ServiceSettings, minutes: readonly PublishedMinute[]): Promise<void> {
  const loadBalancer = { Name: 'LoadBalancer', Value: resources.loadBalancer };
  const ofService = [
    { Name: 'ClusterName', Value: 'shop' },
    { Name: 'ServiceName', Value: resources.service },
  ];
  const data = new Map<string, MetricDatum[]>();
  const add = (metric: string, value: number, start: number, dimensions: MetricDatum['Dimensions']) => {
    const { namespace, name } = published[metric as MetricName];
    const datum = { MetricName: name, Dimensions: dimensions, Timestamp: new Date(start), Value: value };
    data.set(namespace, [...(data.get(namespace) ?? []), datum]);
  };
  for (const { start, groups, service = {} } of minutes) {
    groups.forEach((points, group) => {
      const targetGroup = { Name: 'TargetGroup', Value: resources.targetGroups[group]?.split(':').at(-1) };
      for (const [metric, value] of Object.entries(points))
        add(metric, value, start, metric === 'elb5xx' ? [loadBalancer] : [targetGroup, loadBalancer]);
    });
    for (const [metric, value] of Object.entries(service)) add(metric, value, start, ofService);
  }
  for (const [Namespace, MetricData] of data)
    await client('publisher').send(new PutMetricDataCommand({ Namespace, MetricData }));
}

const recent = (given: ServiceSettings, minutes: number, at = hour + 90_000, through = client()) =>
  awsMetrics(through, { now: () => at }).recent(given, minutes);

describeMetrics('CloudWatch in moto', async ({ groups, dedicatedLoadBalancer, containerInsights }) => {
  const given = freshService(groups, { dedicatedLoadBalancer, containerInsights });
  return {
    resources: given.resources,
    publish: (minutes) => publish(given, minutes),
    recent: (minutes, at) => recent(given, minutes, at),
  };
});

/** moto looks for a metric by name and dimensions, in whatever namespace. */
type AskedMetric = {
  readonly MetricStat: { readonly Metric: { readonly Namespace: string; readonly MetricName: string } };
};

/** Four minutes with requests, the newest ending at `hour`. */
const fourMinutes: readonly PublishedMinute[] = [50, 60, 70, 80].map((requests, index) => ({
  start: hour - (4 - index) * metricMinute,
  groups: [{ requests, target2xx: requests - 1, target5xx: 1, healthyHosts: 6 }],
}));

describe('awsMetrics over moto', () => {
  it('reads the percentile of the latency that the service is configured with', async () => {
    const given = freshService();
    const Dimensions = [
      { Name: 'LoadBalancer', Value: given.resources.loadBalancer },
      { Name: 'TargetGroup', Value: given.resources.targetGroups[0]?.split(':').at(-1) },
    ];
    const Values = Array.from({ length: 100 }, (_, index) => (index + 1) / 100);
    const Timestamp = new Date(hour - metricMinute);
    const MetricData = [
      { MetricName: 'TargetResponseTime', Dimensions, Timestamp, Values, Counts: Values.map(() => 2) },
    ];
    await client('publisher').send(new PutMetricDataCommand({ Namespace: 'AWS/ApplicationELB', MetricData }));
    await publish(given, fourMinutes.slice(-1));
    const latencyAt = async (latencyPercentile: string) =>
      (await recent({ ...given, latencyPercentile }, 1)).groups[0]?.series.latency;
    expect(await latencyAt('p95')).toEqual([0.95]);
    expect(await latencyAt('p99.5')).toEqual([1]);
    expect(await latencyAt('p50')).toEqual([0.5]);
  });

  it('asks for metrics by the names under which AWS publishes them', async () => {
    await recent(freshService(1, { dedicatedLoadBalancer: true, containerInsights: true }), 1);
    const [request] = account.asked(read).map(({ body }) => body as { MetricDataQueries: readonly AskedMetric[] });
    const names = request?.MetricDataQueries.map(
      ({ MetricStat: { Metric } }) => `${Metric.Namespace} ${Metric.MetricName}`,
    );
    expect(names?.toSorted()).toEqual(
      Object.values(published)
        .map(({ namespace, name }) => `${namespace} ${name}`)
        .toSorted(),
    );
  });

  it('asks once for everything a service has, however many target groups', async () => {
    const given = freshService(5, { dedicatedLoadBalancer: true, containerInsights: true });
    await publish(given, fourMinutes);
    account.requests.length = 0;
    await recent(given, 3);
    expect(account.requests.map(({ operation, status }) => [operation, status])).toEqual([[read, 200]]);
  });

  it.each([1, 3, 5, 7])('reads page after page of %i datapoints', async (size) => {
    const given = freshService();
    await publish(given, fourMinutes);
    const whole = await recent(given, 4);
    account.requests.length = 0;
    pages.size = size;
    expect(await recent(given, 4)).toEqual(whole);
    expect(account.asked(read)).toHaveLength(Math.ceil(16 / size));
  });

  it.each(['throttled', 'unavailable', 'unreachable', 'answer-lost'] as const)(
    'reads again after a request that was %s',
    async (fault) => {
      const given = freshService();
      await publish(given, fourMinutes);
      account.requests.length = 0;
      account.strike(read, fault, 2);
      expect((await recent(given, 2)).groups[0]?.series.requests).toEqual([70, 80]);
      expect(account.asked(read).map(({ answeredBy }) => answeredBy)).toEqual(['fault', 'fault', 'amended']);
    },
  );

  it('gives up a request that is never answered, and reads again', async () => {
    const given = freshService();
    await publish(given, fourMinutes);
    account.strike(read, 'hang', 1);
    const { groups } = await recent(given, 2, hour + 90_000, client('test', 1_500));
    expect(groups[0]?.series.requests).toEqual([70, 80]);
  });
});
