import { ownMetrics } from '../contract/own-metrics.ts';
import { count } from './count.ts';
import type { FleetListener } from './fleet.ts';

/** Counts what calls for a person: that the pace fell back, and that Paramedic only observes from now on. Once each. */
export const fleetMetrics =
  (pipeline: string): FleetListener =>
  (old, next) =>
    count(pipeline, {
      ...(next.resets > old.resets ? { [ownMetrics.velocityReset]: 1 } : {}),
      ...(next.demotions > old.demotions ? { [ownMetrics.demoted]: 1 } : {}),
    });
