import type { ReasonCode } from '../contract/reasons.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Attempt } from '../model/incident-state.ts';
import type { LedgerEntry } from '../model/ledger-entry.ts';
import type { Lap, Move } from './lap.ts';
import { treat } from './treat.ts';

/**
 * Hands over to a person, but never in the middle of something: a target that was taken out and whose task was not replaced
 * is put back first, since ECS replaces no task only because it has left the load balancer.
 */
export function leave(lap: Lap, reason: ReasonCode, says = ''): Move {
  const halfDone = halfDoneAct(lap);
  if (halfDone !== undefined) {
    const { proposal, rung, id } = halfDone.order;
    const because: Evidence = {
      kind: 'CheckMade',
      source: 'ledger',
      at: lap.at,
      says: 'handing over',
      check: 'no-change',
    };
    const back = lap.toolkit.planners[proposal.kind].undo(proposal, [because]);
    if (back.kind !== 'not-applicable') {
      const treated = treat(lap, back, rung, id);
      if (treated.kind !== 'stopped') {
        if (!lap.state.triedRungs.includes(rung)) lap.write({ ...lap.entry('left'), kind: 'RungTried', rung });
        return treated;
      }
    }
  }
  return lap.handOver(reason, says, { notDone: notDone(lap.entries), leftUndone: leftUndone(halfDone) });
}

/** An act that took something out which was neither made whole nor put back. */
function halfDoneAct(lap: Lap): Attempt | undefined {
  const { attempts } = lap.state;
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

const leftUndone = (halfDone: Attempt | undefined): readonly string[] =>
  halfDone === undefined
    ? []
    : [
        `${halfDone.order.proposal.subjectName} is still out of the load balancer; its task runs on and nobody replaces it.`,
      ];

/** What was wanted and not done, once each, with the guardrail's own figures. */
function notDone(entries: readonly LedgerEntry[]): readonly string[] {
  const lines = entries.flatMap((entry) => {
    if (entry.kind !== 'ActionDenied' && entry.kind !== 'ActionHeld') return [];
    const { verdict } = entry.ruling;
    if (verdict.kind === 'allow') return [];
    return [`${entry.proposal.kind} ${entry.proposal.subjectName}: ${verdict.says} (${verdict.reason})`];
  });
  return [...new Set(lines)];
}
