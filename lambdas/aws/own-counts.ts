import { ownMetrics } from '../contract/own-metrics.ts';

/** A name may come several times: its values are added up. */
export type Counted = readonly (readonly [metric: string, value: number])[];

/**
 * Paramedic's own metrics, in the pipeline's dimension. One line on standard output, from which CloudWatch makes metrics
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html).
 */
export const ownCounts =
  (pipeline: string) =>
  (counts: Counted): void => {
    const sums: Record<string, number> = {};
    for (const [metric, value] of counts) sums[metric] = (sums[metric] ?? 0) + value;
    const names = Object.keys(sums);
    if (names.length > 0)
      process.stdout.write(`${JSON.stringify({ ...metadata(names), [ownMetrics.dimension]: pipeline, ...sums })}\n`);
  };

const metadata = (names: readonly string[]) => ({
  _aws: {
    Timestamp: Date.now(),
    CloudWatchMetrics: [
      {
        Namespace: ownMetrics.namespace,
        Dimensions: [[ownMetrics.dimension]],
        Metrics: names.map((Name) => ({ Name, Unit: 'Count' })),
      },
    ],
  },
});
