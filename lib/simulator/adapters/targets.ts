import type { TargetFact } from '../../../lambdas/model/facts.ts';
import type { Targets } from '../../../lambdas/ports/sight.ts';
import type { Service } from '../world/service.ts';
import type { Target, TargetGroup } from '../world/target-group.ts';
import type { World } from '../world/world.ts';
import { call } from './call.ts';
import { fresh, type PastReads } from './past-reads.ts';

/** DescribeTargetHealth with AnomalyDetection, over the simulated account. */
export function simulatedTargets(world: World, past: Pick<PastReads, 'define'> = fresh): Targets {
  const reads = new Map(
    world.services.map((service) => [service.id, past.define(`targets ${service.id}`, () => factsOf(world, service))]),
  );
  return {
    async health({ id }) {
      await call(world);
      return reads.get(id)?.() ?? factsOf(world, world.service(id));
    },
  };
}

const factsOf = (world: World, { fleet, names }: Service): readonly TargetFact[] =>
  fleet.groups.flatMap((group) => group.targets.map((target) => fact(world, group, target, names.region)));

const fact = (world: World, group: TargetGroup, target: Target, region: string): TargetFact => ({
  target: { targetGroup: group.arn, id: target.id, port: target.port },
  zone: target.task === undefined ? null : `${region}${target.task.zone}`,
  state: target.state,
  anomaly: group.anomaly(target, world.clock.now()),
});
