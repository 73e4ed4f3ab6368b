import { sameTarget, takesTraffic } from '../contract/targets.ts';
import type { Standing } from '../model/facts.ts';
import type { Attempt } from '../model/incident-state.ts';
import type { Order } from '../model/order.ts';

/** An act that took something out which was neither made whole nor put back, by us or by ECS. */
export const halfDoneAct = (attempts: readonly Attempt[], standing?: Standing): Attempt | undefined =>
  tookOut(attempts, undoneIn(attempts)).find((attempt) => !isBack(attempt, standing));

/** The act that took out what drains now, or has been registered again since: what its rung waits for. */
export const takenOut = (attempts: readonly Attempt[]): Attempt | undefined =>
  tookOut(attempts, undoneIn(attempts)).at(-1);

/**
 * What a person has to finish: ECS replaces no task only because it has left the load balancer. A way back that is known not
 * to have worked is none, though it is not ordered again; one whose end nobody has seen is told of by itself.
 */
export function leftUndone(attempts: readonly Attempt[], standing?: Standing): readonly string[] {
  const waysBack = attempts.filter(({ check }) => check === 'helped' || check === null);
  return tookOut(attempts, undoneIn(waysBack)).map((attempt) => {
    const { subjectName } = attempt.order.proposal;
    return isBack(attempt, standing)
      ? `ECS has put ${subjectName} back into the load balancer: its task was found sick, and gets requests again. Stop the task, and ECS starts another.`
      : `${subjectName} is still out of the load balancer; its task runs on and nobody replaces it.`;
  });
}

const undoneIn = (attempts: readonly Attempt[]): ReadonlySet<string | null> =>
  new Set(attempts.map(({ order }) => order.undoes));

/**
 * Acts that took something out which no task was replaced for, but those that are `undone`. Of those that did the same once more
 * only the newest: ECS has taken back the ones before it.
 */
function tookOut(attempts: readonly Attempt[], undone: ReadonlySet<string | null>): readonly Attempt[] {
  const rungsMadeWhole = new Set(
    attempts.filter((attempt) => attempt.order.proposal.kind === 'replace-task').map((attempt) => attempt.order.rung),
  );
  return attempts.filter(
    (attempt) =>
      attempt.order.proposal.wayBack.kind === 'undo' &&
      attempt.result?.kind === 'done' &&
      !undone.has(attempt.order.id) &&
      !rungsMadeWhole.has(attempt.order.rung) &&
      !isRepeated(attempt, attempts),
  );
}

/** Was the same done once more since, because ECS has taken it back? */
export const isRepeated = ({ order }: Attempt, attempts: readonly Attempt[]): boolean =>
  attempts
    .slice(attempts.findIndex((each) => each.order.id === order.id) + 1)
    .some(
      (later) =>
        later.order.rung === order.rung && later.order.proposal.repeats !== undefined && later.result?.kind === 'done',
    );

/** Has ECS taken it back by itself: are all of its targets registered now, or, where nobody has looked, were they at the last check? */
const isBack = (attempt: Attempt, standing: Standing | undefined): boolean =>
  standing === undefined ? attempt.check === 'came-back' : registeredAgain(attempt.order, standing) === 'all';

/** How many of the targets that an order took out are registered now. */
export function registeredAgain(
  { proposal: { subject } }: Order,
  { targets }: Pick<Standing, 'targets'>,
): 'none' | 'some' | 'all' {
  const taken = 'targets' in subject ? subject.targets : [];
  const back = taken.filter((target) =>
    targets.some((fact) => sameTarget(fact.target, target) && takesTraffic(fact.state)),
  );
  if (back.length === 0) return 'none';
  return back.length === taken.length ? 'all' : 'some';
}
