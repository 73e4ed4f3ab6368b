import type { Attempt } from '../model/incident-state.ts';

/** An act that took something out which was neither made whole nor put back. */
export const halfDoneAct = (attempts: readonly Attempt[]): Attempt | undefined =>
  tookOut(attempts, new Set(attempts.map(({ order }) => order.undoes)))[0];

/**
 * What a person has to finish: ECS replaces no task only because it has left the load balancer. A way back that is known not
 * to have worked is none, though it is not ordered again; one whose end nobody has seen is told of by itself.
 */
export function stillOut(attempts: readonly Attempt[]): readonly string[] {
  const waysBack = attempts.filter(({ check }) => check === 'helped' || check === null);
  return tookOut(attempts, new Set(waysBack.map(({ order }) => order.undoes))).map(
    ({ order: { proposal } }) =>
      `${proposal.subjectName} is still out of the load balancer; its task runs on and nobody replaces it.`,
  );
}

/** Acts that took something out which no task was replaced for, but those that are `undone`. */
function tookOut(attempts: readonly Attempt[], undone: ReadonlySet<string | null>): readonly Attempt[] {
  const rungsMadeWhole = new Set(
    attempts.filter((attempt) => attempt.order.proposal.kind === 'replace-task').map((attempt) => attempt.order.rung),
  );
  return attempts.filter(
    ({ order, result }) =>
      order.proposal.wayBack.kind === 'undo' &&
      result?.kind === 'done' &&
      !undone.has(order.id) &&
      !rungsMadeWhole.has(order.rung),
  );
}
