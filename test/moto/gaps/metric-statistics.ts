import type { Gap } from '../harness/account.ts';
import type { Asked } from '../harness/asked.ts';
import { jsonIn, jsonReply } from '../harness/replies.ts';

type Dimension = { readonly Name: string; readonly Value: string };
type Metric = {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions?: readonly Dimension[];
};
/** What one PutMetricData says of one metric: a value, or values with how often each of them came. */
type Datum = {
  readonly MetricName: string;
  readonly Dimensions?: readonly Dimension[];
  readonly Timestamp: number;
  readonly Value?: number;
  readonly Values?: readonly number[];
  readonly Counts?: readonly number[];
};
type Query = {
  readonly Id: string;
  readonly Label?: string;
  readonly MetricStat?: { readonly Metric: Metric; readonly Period: number; readonly Stat: string };
};
type Request = {
  readonly MetricDataQueries: readonly Query[];
  /** Seconds. */
  readonly StartTime: number;
  readonly EndTime: number;
  readonly ScanBy?: 'TimestampAscending' | 'TimestampDescending';
};
type Sample = { readonly metric: string; readonly at: number; readonly value: number };

/**
 * Percentiles in GetMetricData, over what passed through PutMetricData: moto answers an error to any request that asks for
 * one. Every other statistic of the request is still moto's
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html).
 */
export function metricStatistics(): Gap {
  const samples: Sample[] = [];
  return {
    operations: ['monitoring.PutMetricData', 'monitoring.GetMetricData'],
    because: 'percentile statistics, pages of datapoints',
    async answer({ operation, body }: Asked, forward) {
      if (operation === 'monitoring.PutMetricData') {
        const { Namespace, MetricData } = body as { Namespace: string; MetricData: readonly Datum[] };
        samples.push(...MetricData.flatMap((datum) => samplesOf(Namespace, datum)));
        return undefined;
      }
      const request = body as Request;
      const percentiles = request.MetricDataQueries.filter(isPercentile);
      if (percentiles.length === 0) return undefined;
      const others = request.MetricDataQueries.filter((query) => !isPercentile(query));
      const results = new Map<string, object>(
        percentiles.map((query) => [query.Id, percentileOf(query, request, samples)]),
      );
      if (others.length > 0) {
        const reply = await forward(JSON.stringify({ ...request, MetricDataQueries: others }));
        if (reply.status !== 200) return reply;
        for (const result of jsonIn(reply).MetricDataResults as { Id: string }[]) results.set(result.Id, result);
      }
      return jsonReply({ MetricDataResults: request.MetricDataQueries.flatMap(({ Id }) => results.get(Id) ?? []) });
    },
  };
}

/** `p95`, `p99.9`: up to ten decimal places. */
const isPercentile = ({ MetricStat }: Query): boolean => /^p\d{1,2}(\.\d{1,10})?$/.test(MetricStat?.Stat ?? '');

/** A metric is another one with every combination of dimensions. */
const nameOf = ({ Namespace, MetricName, Dimensions = [] }: Metric): string =>
  JSON.stringify([Namespace, MetricName, ...Dimensions.map(({ Name, Value }) => `${Name}=${Value}`).sort()]);

function samplesOf(Namespace: string, { MetricName, Dimensions = [], ...datum }: Datum): readonly Sample[] {
  const metric = nameOf({ Namespace, MetricName, Dimensions });
  const values = datum.Values ?? (datum.Value === undefined ? [] : [datum.Value]);
  return values.flatMap((value, index) =>
    Array.from({ length: datum.Counts?.[index] ?? 1 }, () => ({ metric, at: datum.Timestamp, value })),
  );
}

function percentileOf({ Id, Label, MetricStat }: Query, request: Request, samples: readonly Sample[]) {
  if (MetricStat === undefined) throw new Error(`${Id} asks for no metric.`);
  const { Metric, Period, Stat } = MetricStat;
  const share = Number(Stat.slice(1)) / 100;
  const name = nameOf(Metric);
  // The start is rounded down to a whole minute, and the end is not part of the range.
  const from = Math.floor(request.StartTime / 60) * 60;
  const periods = new Map<number, number[]>();
  for (const { metric, at, value } of samples) {
    if (metric !== name || at < from || at >= request.EndTime) continue;
    const start = Math.floor(at / Period) * Period;
    periods.set(start, [...(periods.get(start) ?? []), value]);
  }
  const points = [...periods].sort(([a], [b]) => (request.ScanBy === 'TimestampAscending' ? a - b : b - a));
  return {
    Id,
    Label: Label ?? Metric.MetricName,
    StatusCode: 'Complete',
    Timestamps: points.map(([start]) => start),
    Values: points.map(([, values]) => nearestRank(values, share)),
  };
}

/** The smallest value that at least this share of the values do not exceed. */
function nearestRank(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}
