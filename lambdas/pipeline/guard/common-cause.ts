import { targetsOf } from '../../contract/targets.ts';
import type { Standing, TargetRef } from '../../model/facts.ts';
import type { Proposal } from '../../model/proposal.ts';
import type { GuardFacts, Guardrail } from './guardrail.ts';
import { oneTask } from './one-task.ts';
import { takenOutOfService } from './taken-out-of-service.ts';
import { allow, deny } from './verdicts.ts';

/**
 * When many tasks are sick, or all of the zone, they have a cause in common: taking them out one by one costs capacity and heals
 * nothing. Those that were taken out in this incident count as sick.
 */
export const commonCause: Guardrail = {
  name: 'common-cause',

  check(proposal, facts) {
    const { standing, settings } = facts;
    const subject = takenOutOfService(proposal, standing);
    if (subject === undefined) return allow;
    const sick = sickTasks(subject, proposal, facts);
    const counted = proposal.because.find((fact) => fact.kind === 'TasksSick');
    const zone = impairedZone(subject, sick, counted?.byZone ?? {}, standing);
    if (zone !== undefined)
      return deny(
        'cause.common',
        `All ${zone.tasks} tasks of the zone ${zone.name} are sick: it is not about one of them.`,
      );
    const { share } = settings.limits.commonCause;
    const many = Math.max(sick.size, counted?.tasks ?? 0);
    if (many < 2 || many < share * standing.desired - 1e-9) return allow;
    return deny(
      'cause.common',
      `${many} tasks of ${standing.desired} are or were sick in this incident; from ${Math.round(share * 100)} % on they have a cause in common.`,
    );
  },
};

/** Found sick by the evidence, failing by the load balancer's word, or taken out by us before and not put back. */
function sickTasks(subject: string, { because }: Proposal, facts: GuardFacts): ReadonlySet<string> {
  const { standing } = facts;
  const failing = standing.targets
    .filter(({ state, anomaly }) => state === 'unhealthy' || anomaly === 'anomalous')
    .map(({ target }) => target);
  const named = because.flatMap((fact) => ('task' in fact ? [fact.task] : []));
  const accused = because.flatMap((fact) => ('target' in fact ? [fact.target] : []));
  return new Set([subject, ...named, ...tasksAt([...failing, ...accused], standing), ...takenOut(facts)]);
}

const tasksAt = (targets: readonly TargetRef[], { tasks }: Standing): readonly string[] =>
  tasks
    .filter(
      (task) =>
        targetsOf(
          task,
          targets.map((target) => ({ target })),
        ).length > 0,
    )
    .map(({ task }) => task.task);

function takenOut({ history, incidentId }: GuardFacts): readonly string[] {
  const acts = history.acts.filter(({ incident, result }) => incident === incidentId && result?.kind !== 'refused');
  const putBack = new Set(acts.map(({ order }) => order.undoes));
  return acts.flatMap(({ order }) => {
    const task = oneTask(order.proposal);
    return task === undefined || putBack.has(order.id) ? [] : [task];
  });
}

/**
 * The zone of the subject, if every task there is sick, two at least, and other zones have tasks. Whether any of those is sick too
 * does not matter: one more that fails elsewhere makes this zone no better. Where they are too many to be named, `byZone` counts them.
 */
function impairedZone(
  subject: string,
  sick: ReadonlySet<string>,
  byZone: Readonly<Record<string, number>>,
  { tasks }: Standing,
): { readonly name: string; readonly tasks: number } | undefined {
  const running = tasks.filter(({ status }) => status === 'running');
  const name = tasks.find(({ task }) => task.task === subject)?.zone ?? null;
  const there = running.filter(({ zone }) => zone === name);
  if (name === null || there.length < 2 || there.length === running.length) return undefined;
  const all = there.every(({ task }) => sick.has(task.task)) || (byZone[name] ?? 0) >= there.length;
  return all ? { name, tasks: there.length } : undefined;
}
