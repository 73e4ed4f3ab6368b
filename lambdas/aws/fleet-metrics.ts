import { ownMetrics } from '../contract/own-metrics.ts';
import type { FleetListener } from './fleet.ts';
import { ownCounts } from './own-counts.ts';

/** Counts what calls for a person: that the pace fell back, and that Paramedic only observes from now on. Once each. */
export function fleetMetrics(pipeline: string): FleetListener {
  const count = ownCounts(pipeline);
  return (old, next) =>
    count([
      ...(next.resets > old.resets ? [[ownMetrics.velocityReset, 1] as const] : []),
      ...(next.demotions > old.demotions ? [[ownMetrics.demoted, 1] as const] : []),
    ]);
}
