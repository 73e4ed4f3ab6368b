import type { TargetFact } from '../../../lambdas/model/facts.ts';
import type { Targets } from '../../../lambdas/ports/sight.ts';
import type { Target, TargetGroup } from '../world/target-group.ts';
import type { World } from '../world/world.ts';
import { call } from './call.ts';

/** DescribeTargetHealth with AnomalyDetection, over the simulated account. */
export const simulatedTargets = (world: World): Targets => ({
  async health({ id }) {
    await call(world);
    const { fleet, names } = world.service(id);
    return fleet.groups.flatMap((group) => group.targets.map((target) => fact(world, group, target, names.region)));
  },
});

const fact = (world: World, group: TargetGroup, target: Target, region: string): TargetFact => ({
  target: { targetGroup: group.arn, id: target.id, port: target.port },
  zone: target.task === undefined ? null : `${region}${target.task.zone}`,
  state: target.state,
  anomaly: group.anomaly(target, world.clock.now()),
});
