import type { ReasonCode } from '../contract/reasons.ts';
import type { Evidence } from '../model/evidence.ts';
import type { LedgerEntry } from '../model/ledger-entry.ts';
import { halfDoneAct, leftUndone } from './half-done.ts';
import type { Lap, Move } from './lap.ts';
import { treat } from './treat.ts';

/**
 * Hands over to a person, but never in the middle of something: a target that was taken out and whose task was not replaced
 * is put back first, since ECS replaces no task only because it has left the load balancer.
 */
export function leave(lap: Lap, reason: ReasonCode, says = ''): Move {
  const halfDone = halfDoneAct(lap.state.attempts, lap.seen.standing);
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
      const treated = treat(lap, back, rung, { undoes: id });
      if (treated.kind !== 'stopped') {
        if (!lap.state.triedRungs.includes(rung)) lap.write({ ...lap.entry('left'), kind: 'RungTried', rung });
        return treated;
      }
    }
  }
  return lap.handOver(reason, says, {
    notDone: notDone(lap.entries),
    leftUndone: leftUndone(lap.state.attempts, lap.seen.standing),
  });
}

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
