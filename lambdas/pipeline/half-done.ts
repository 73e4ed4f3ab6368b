import type { Attempt } from '../model/incident-state.ts';

/** An act that took something out which was neither made whole nor put back. */
export function halfDoneAct(attempts: readonly Attempt[]): Attempt | undefined {
  const undone = new Set(attempts.map((attempt) => attempt.order.undoes));
  const rungsMadeWhole = new Set(
    attempts.filter((attempt) => attempt.order.proposal.kind === 'replace-task').map((attempt) => attempt.order.rung),
  );
  return attempts.find(
    ({ order, result }) =>
      order.proposal.wayBack.kind === 'undo' &&
      result?.kind === 'done' &&
      !undone.has(order.id) &&
      !rungsMadeWhole.has(order.rung),
  );
}

/** What a person has to finish: ECS replaces no task only because it has left the load balancer. */
export const stillOut = ({ order }: Attempt): string =>
  `${order.proposal.subjectName} is still out of the load balancer; its task runs on and nobody replaces it.`;
