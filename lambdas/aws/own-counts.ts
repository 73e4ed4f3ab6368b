import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { ownMetrics } from '../contract/own-metrics.ts';

/** Paramedic's own metrics, written as lines of the function's log (embedded metric format), in the pipeline's dimension. */
export function ownCounts(pipeline: string): (counts: readonly (readonly [metric: string, value: number])[]) => void {
  const metrics = new Metrics({ namespace: ownMetrics.namespace });
  // Powertools' own dimension, `service`, would be mistaken for one of the services that are looked after.
  metrics.clearDefaultDimensions();
  metrics.setDefaultDimensions({ [ownMetrics.dimension]: pipeline });
  return (counts) => {
    for (const [metric, value] of counts) metrics.addMetric(metric, MetricUnit.Count, value);
    metrics.publishStoredMetrics();
  };
}
