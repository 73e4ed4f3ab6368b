import type { TargetFact } from '../../../lambdas/model/facts.ts';
import type { Targets } from '../../../lambdas/ports/sight.ts';
import type { Target } from '../world/target-group.ts';
import type { World } from '../world/world.ts';
import { call } from './call.ts';
import { fresh, type PastReads } from './past-reads.ts';
import { type Place, placeOf } from './places.ts';

/** DescribeTargetHealth with AnomalyDetection, over the simulated account. */
export function simulatedTargets(world: World, past: Pick<PastReads, 'define'> = fresh): Targets {
  const groups = world.services.flatMap(({ fleet }) => fleet.groups.map(({ arn }) => arn));
  const reads = new Map(groups.map((arn) => [arn, past.define(`targets ${arn}`, () => factsOf(world, arn))]));
  return {
    async health({ resources }) {
      await call(world);
      return resources.targetGroups.flatMap((arn) => reads.get(arn)?.() ?? factsOf(world, arn));
    },
  };
}

/** Rejects when there is no such target group. */
function factsOf(world: World, targetGroup: string): readonly TargetFact[] {
  const place = placeOf(world, targetGroup);
  return place.group.targets.map((target) => fact(world, place, target));
}

const fact = (world: World, { group, service }: Place, target: Target): TargetFact => ({
  target: { targetGroup: group.arn, id: target.id, port: target.port },
  zone: target.task === undefined ? null : `${service.names.region}${target.task.zone}`,
  state: target.state,
  anomaly: group.anomaly(target, world.clock.now()),
  shift: group.isShifted(target) ? 'active' : 'none',
});
