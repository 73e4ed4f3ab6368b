import { crossesZones } from '../../contract/routing.ts';
import { belongsTo, targetsOf } from '../../contract/targets.ts';
import type { Standing, TargetFact, TaskFact } from '../../model/facts.ts';
import type { Verdict } from '../../model/verdict.ts';
import type { Guardrail } from './guardrail.ts';
import { oneTask } from './one-task.ts';
import { allow, deny } from './verdicts.ts';

/**
 * No zone loses its last healthy target, but where requests are spread over the zones; and nothing is taken out while traffic
 * is shifted away from a zone, since capacity is short then
 * (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/zonal-shift.html).
 */
export const zoneFloor: Guardrail = {
  name: 'zone-floor',

  check(proposal, { standing }) {
    const subject = oneTask(proposal);
    if (subject === undefined) return allow;
    return shifting(standing) ?? lastOfItsZone(subject, standing) ?? allow;
  },
};

function shifting({ targets, tasks }: Standing): Verdict | undefined {
  const active = targets.find(({ shift }) => shift === 'active');
  if (active !== undefined)
    return deny('zone.shift', `Traffic is being shifted away from ${zoneOf(active, tasks) ?? 'a zone'}.`);
  return targets.some(({ shift }) => shift === 'unknown')
    ? deny('zone.shift', 'AWS cannot tell whether traffic is being shifted away from a zone.')
    : undefined;
}

/** Is it the last target of its zone, in any target group, that takes traffic? One that is out or unhealthy is not missed. */
function lastOfItsZone(subject: string, { routing, targets, tasks }: Standing): Verdict | undefined {
  const crossZone = crossesZones(routing);
  const task = tasks.find((t) => t.task.task === subject);
  if (crossZone === true || task === undefined) return undefined;
  const own = targetsOf(task, targets).filter(({ state }) => state === 'healthy');
  const because = `cross-zone load balancing ${crossZone === false ? 'is off' : 'could not be read'}`;
  for (const target of own) {
    const zone = zoneOf(target, tasks);
    if (zone === null) return deny('zone.floor', `The zone of its target is not known, and ${because}.`);
    const others = targets.filter((t) => !own.includes(t) && serves(t, tasks) && isBeside(t, target, tasks));
    if (others.length === 0) return deny('zone.floor', `It has the last healthy target in ${zone}, and ${because}.`);
  }
  return undefined;
}

const isBeside = (other: TargetFact, target: TargetFact, tasks: readonly TaskFact[]): boolean =>
  other.target.targetGroup === target.target.targetGroup && zoneOf(other, tasks) === zoneOf(target, tasks);

/** Healthy, and its task is not on the way out. */
const serves = (fact: TargetFact, tasks: readonly TaskFact[]): boolean =>
  fact.state === 'healthy' && ownerOf(fact, tasks)?.status !== 'stopping';

const zoneOf = (fact: TargetFact, tasks: readonly TaskFact[]): string | null => ownerOf(fact, tasks)?.zone ?? fact.zone;

const ownerOf = ({ target }: TargetFact, tasks: readonly TaskFact[]): TaskFact | undefined =>
  tasks.find(({ addresses }) => belongsTo(target, addresses));
