import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { ownMetrics } from '../contract/own-metrics.ts';
import type { FleetListener } from './fleet.ts';

/** Counts what calls for a person: that the pace fell back, and that Paramedic only observes from now on. Once each. */
export function fleetMetrics(pipeline: string): FleetListener {
  const metrics = new Metrics({ namespace: ownMetrics.namespace });
  metrics.clearDefaultDimensions();
  metrics.setDefaultDimensions({ [ownMetrics.dimension]: pipeline });
  return (old, next) => {
    const raised = [
      ...(next.resets > old.resets ? [ownMetrics.velocityReset] : []),
      ...(next.demotions > old.demotions ? [ownMetrics.demoted] : []),
    ];
    if (raised.length === 0) return;
    for (const name of raised) metrics.addMetric(name, MetricUnit.Count, 1);
    metrics.publishStoredMetrics();
  };
}
