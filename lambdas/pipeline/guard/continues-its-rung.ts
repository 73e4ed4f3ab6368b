import type { GuardFacts } from './guardrail.ts';

/**
 * What completes a rung rests on its first act having helped, or on ECS having taken that back: half of it would be worse than all
 * or nothing.
 */
export const continuesItsRung = ({ history, incidentId, rung }: GuardFacts): boolean =>
  history.acts.some(
    (act) =>
      act.incident === incidentId &&
      act.order.rung === rung &&
      act.order.undoes === null &&
      (act.check === 'helped' || act.check === 'came-back'),
  );
