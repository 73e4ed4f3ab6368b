import { ownMetrics } from '../contract/own-metrics.ts';

/**
 * One line on standard output, from which CloudWatch makes metrics of the pipeline
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html).
 */
export function count(pipeline: string, raised: Readonly<Record<string, number>>): void {
  const names = Object.keys(raised);
  if (names.length === 0) return;
  process.stdout.write(`${JSON.stringify({ ...metadata(names), [ownMetrics.dimension]: pipeline, ...raised })}\n`);
}

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
