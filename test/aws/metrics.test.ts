import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { describe, expect, it } from 'vitest';
import { reading } from '../../lambdas/aws/clients.ts';
import { awsMetrics } from '../../lambdas/aws/metrics.ts';
import type { ServiceSettings } from '../../lambdas/contract/settings.ts';
import { groupA, groupB, now, settings } from '../pipeline/build.ts';
import { failure, type RecordedAnswer, useRecordedAccount } from '../recorded/recorded-account.ts';

const aws = useRecordedAccount();
const operation = 'monitoring.GetMetricData';
const minute = 60_000;

type Query = {
  Id: string;
  MetricStat: { Metric: { MetricName: string; Namespace: string; Dimensions: unknown }; Stat: string };
};
type Request = { MetricDataQueries: Query[]; StartTime: number; EndTime: number; NextToken?: string };

const read = (minutes = 5, given: ServiceSettings = settings(), at = now) =>
  awsMetrics(new CloudWatchClient({ ...reading, endpoint: aws.endpoint }), { now: () => at }).recent(given, minutes);

const resources = (change: Partial<ServiceSettings['resources']>) =>
  settings({ resources: { ...settings().resources, ...change } });

/** Datapoints by query id: start of the minute, counted back from now, → value. */
const data = (
  points: Readonly<Record<string, Readonly<Record<number, number>>>>,
  NextToken?: string,
): RecordedAnswer => ({
  json: {
    MetricDataResults: Object.entries(points).map(([Id, values]) => ({
      Id,
      StatusCode: 'Complete',
      Timestamps: Object.keys(values).map((back) => (now - Number(back) * minute) / 1000),
      Values: Object.values(values),
    })),
    ...(NextToken === undefined ? {} : { NextToken }),
  },
});

const asked = () => aws.bodies(operation) as Request[];

describe('awsMetrics', () => {
  it('asks for whole minutes of the metrics every service has, by target group', async () => {
    aws.answer({ [operation]: data({}) });
    await read();
    const [request] = asked();
    expect(request).toMatchObject({ StartTime: (now - 8 * minute) / 1000, EndTime: (now - minute) / 1000 });
    expect(request?.MetricDataQueries.map(({ Id }) => Id)).toEqual([
      ...['requests', 'target2xx', 'target3xx', 'target4xx', 'target5xx', 'connectionErrors'].map(
        (name) => `g0_${name}`,
      ),
      ...['latency', 'healthyHosts', 'unhealthyHosts'].map((name) => `g0_${name}`),
      's_memory',
      's_cpu',
    ]);
    expect(request?.MetricDataQueries[0]).toEqual({
      Id: 'g0_requests',
      MetricStat: {
        Metric: {
          Namespace: 'AWS/ApplicationELB',
          MetricName: 'RequestCount',
          Dimensions: [
            { Name: 'TargetGroup', Value: 'targetgroup/checkout-a/1111111111111111' },
            { Name: 'LoadBalancer', Value: 'app/shop/0123456789abcdef' },
          ],
        },
        Period: 60,
        Stat: 'Sum',
      },
      ReturnData: true,
    });
  });

  it('asks for the percentile the service is configured with', async () => {
    aws.answer({ [operation]: data({}) });
    await read(5, settings({ latencyPercentile: 'p99' }));
    const latency = asked()[0]?.MetricDataQueries.find(({ Id }) => Id === 'g0_latency');
    expect(latency?.MetricStat).toMatchObject({ Metric: { MetricName: 'TargetResponseTime' }, Stat: 'p99' });
  });

  it('asks for metrics of the whole load balancer only where the service has it to itself', async () => {
    aws.answer({ [operation]: data({}) });
    await read(5, resources({ dedicatedLoadBalancer: true }));
    expect(asked()[0]?.MetricDataQueries.find(({ Id }) => Id === 'g0_elb5xx')?.MetricStat.Metric).toEqual({
      Namespace: 'AWS/ApplicationELB',
      MetricName: 'HTTPCode_ELB_5XX_Count',
      Dimensions: [{ Name: 'LoadBalancer', Value: 'app/shop/0123456789abcdef' }],
    });
  });

  it('asks for task counts only where Container Insights publishes them', async () => {
    aws.answer({ [operation]: data({}) });
    await read(5, resources({ containerInsights: true }));
    expect(asked()[0]?.MetricDataQueries.find(({ Id }) => Id === 's_running')?.MetricStat.Metric).toEqual({
      Namespace: 'ECS/ContainerInsights',
      MetricName: 'RunningTaskCount',
      Dimensions: [
        { Name: 'ClusterName', Value: 'shop' },
        { Name: 'ServiceName', Value: 'checkout' },
      ],
    });
  });

  it('gives one value a minute, oldest first, and null where there is none', async () => {
    aws.answer({ [operation]: data({ g0_requests: { 2: 90, 4: 70 }, s_memory: { 3: 41.5 } }) });
    const { until, minutes, groups, service } = await read(3);
    expect({ until, minutes }).toEqual({ until: now - minute, minutes: 3 });
    expect(groups).toMatchObject([
      { targetGroup: groupA, series: { requests: [70, null, 90], target5xx: [null, null, null] } },
    ]);
    expect(service).toMatchObject({ memory: [null, 41.5, null] });
  });

  it('keeps target groups apart', async () => {
    aws.answer({ [operation]: data({ g0_requests: { 2: 1 }, g1_requests: { 2: 2 } }) });
    const { groups } = await read(1, resources({ targetGroups: [groupA, groupB] }));
    expect(groups.map(({ targetGroup, series }) => [targetGroup, series.requests])).toEqual([
      [groupA, [1]],
      [groupB, [2]],
    ]);
  });

  it('waits for the requests of a minute: health counts that came earlier would look like quiet', async () => {
    aws.answer({ [operation]: data({ g0_requests: { 3: 90 }, g0_healthyHosts: { 2: 6 } }) });
    expect((await read(2)).until).toBe(now - 2 * minute);
  });

  it('takes a minute without requests for what it is once they can come no more', async () => {
    aws.answer({ [operation]: data({ g0_healthyHosts: { 9: 6 } }) });
    const { until, groups } = await read(2);
    expect(until).toBe(now - 2 * minute);
    expect(groups[0]?.series).toMatchObject({ requests: [null, null], healthyHosts: [null, null] });
  });

  it('does not ask for the minute that is still filling up', async () => {
    aws.answer({ [operation]: data({}) });
    await read(5, settings(), now + 59_999);
    expect(asked()[0]?.EndTime).toBe((now - minute) / 1000);
  });

  it('reads every page', async () => {
    aws.answer({ [operation]: [data({ g0_requests: { 3: 70 } }, 'more'), data({ g0_requests: { 2: 90 } })] });
    expect((await read(2)).groups[0]?.series.requests).toEqual([70, 90]);
    expect(asked().map(({ NextToken }) => NextToken)).toEqual([undefined, 'more']);
  });

  it('ends when the pages do not', async () => {
    aws.answer({ [operation]: data({}, 'again') });
    await expect(read()).rejects.toThrow('GetMetricData answered more than 20 pages.');
  });

  it('does not take data that may not be read for data that is not there', async () => {
    const forbidden = { Id: 'g0_requests', StatusCode: 'Forbidden', Messages: [{ Code: 'x', Value: 'No access.' }] };
    aws.answer({ [operation]: { json: { MetricDataResults: [forbidden] } } });
    await expect(read()).rejects.toThrow('GetMetricData could not read g0_requests: Forbidden. No access.');
  });

  it.each(['PartialData', 'InternalError'])('reads on when a page answers %s, and takes what comes', async (status) => {
    const page = (StatusCode: string, values: Readonly<Record<number, number>>, NextToken?: string): RecordedAnswer => {
      const { json } = data({ g0_requests: values }, NextToken) as { json: { MetricDataResults: object[] } };
      return { json: { ...json, MetricDataResults: json.MetricDataResults.map((one) => ({ ...one, StatusCode })) } };
    };
    aws.answer({ [operation]: [page(status, { 3: 70 }, 'more'), page('Complete', { 2: 90 })] });
    expect((await read(2)).groups[0]?.series.requests).toEqual([70, 90]);
    aws.answer({ [operation]: [page('Complete', { 3: 70 }, 'more'), page(status, { 2: 90 })] });
    await expect(read(2)).rejects.toThrow(`GetMetricData could not read g0_requests: ${status}.`);
  });

  it('takes a metric that is answered without lists for one without datapoints', async () => {
    aws.answer({
      [operation]: { json: { MetricDataResults: [{ Id: 'g0_requests', StatusCode: 'Complete' }] } },
    });
    expect((await read(1)).groups[0]?.series.requests).toEqual([null]);
  });

  it('refuses timestamps that have no values', async () => {
    const odd = { Id: 'g0_requests', StatusCode: 'Complete', Timestamps: [now / 1000], Values: [] };
    aws.answer({ [operation]: { json: { MetricDataResults: [odd] } } });
    await expect(read()).rejects.toThrow('GetMetricData answered 1 timestamps and 0 values for g0_requests.');
  });

  it('asks again when it is throttled', async () => {
    aws.answer({ [operation]: [failure('ThrottlingException', 'Rate exceeded'), data({})] });
    await read();
    expect(asked()).toHaveLength(2);
  });

  it('refuses what is no ARN of a target group', async () => {
    await expect(read(5, resources({ targetGroups: ['checkout'] }))).rejects.toThrow(
      '"checkout" is not the ARN of a target group.',
    );
  });
});
