import type { TargetFact } from '../../../lambdas/model/facts.ts';
import type { Targets } from '../../../lambdas/ports/sight.ts';
import type { Target } from '../world/target-group.ts';
import type { World } from '../world/world.ts';
import { call } from './call.ts';
import { type Place, placeOf } from './places.ts';

/** DescribeTargetHealth with AnomalyDetection, over the simulated account. */
export const simulatedTargets = (world: World): Targets => ({
  async health({ resources }) {
    await call(world);
    const places = resources.targetGroups.map((targetGroup) => placeOf(world, targetGroup));
    return places.flatMap((place) => place.group.targets.map((target) => fact(world, place, target)));
  },
});

const fact = (world: World, { group, service }: Place, target: Target): TargetFact => ({
  target: { targetGroup: group.arn, id: target.id, port: target.port },
  zone: target.task === undefined ? null : `${service.names.region}${target.task.zone}`,
  state: target.state,
  anomaly: group.anomaly(target, world.clock.now()),
});
