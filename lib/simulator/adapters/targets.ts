import type { TargetFact } from '../../../lambdas/model/facts.ts';
import type { Targets } from '../../../lambdas/ports/sight.ts';
import type { Target } from '../world/target-group.ts';
import type { World } from '../world/world.ts';
import { call } from './call.ts';
import { fresh, type PastReads } from './past-reads.ts';
import { type Place, placeOf } from './places.ts';

/** DescribeTargetHealth with AnomalyDetection, over the simulated account. */
export function simulatedTargets(world: World, past: Pick<PastReads, 'define'> = fresh): Targets {
  const known: KnownFacts = new Map();
  const groups = world.services.flatMap(({ fleet }) => fleet.groups.map(({ arn }) => arn));
  const reads = new Map(groups.map((arn) => [arn, past.define(`targets ${arn}`, () => factsOf(world, arn, known))]));
  return {
    async health({ resources }) {
      await call(world);
      return resources.targetGroups.flatMap((arn) => reads.get(arn)?.() ?? factsOf(world, arn, known));
    },
  };
}

/** What was told of each target last: a fact is made anew only when it has changed. */
type KnownFacts = Map<Target, TargetFact>;

/** Rejects when there is no such target group. */
function factsOf(world: World, targetGroup: string, known: KnownFacts): readonly TargetFact[] {
  const place = placeOf(world, targetGroup);
  return place.group.targets.map((target) => {
    const anomaly = place.group.anomaly(target, world.clock.now());
    const before = known.get(target);
    const same = before?.state === target.state && before.anomaly === anomaly;
    if (same && before.shift === shiftOf(place.group, target)) return before;
    const now = fact(place, target, anomaly);
    known.set(target, now);
    return now;
  });
}

const shiftOf = (group: Place['group'], target: Target): TargetFact['shift'] =>
  group.isShifted(target) ? 'active' : 'none';

const fact = ({ group, service }: Place, target: Target, anomaly: TargetFact['anomaly']): TargetFact => ({
  target: { targetGroup: group.arn, id: target.id, port: target.port },
  zone: target.task === undefined ? null : `${service.names.region}${target.task.zone}`,
  state: target.state,
  anomaly,
  shift: shiftOf(group, target),
});
