import { takesTraffic, targetKey } from '../contract/targets.ts';
import { after } from '../contract/time.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Standing } from '../model/facts.ts';
import type { Attempt } from '../model/incident-state.ts';
import type { ActResult } from '../model/order.ts';
import type { Proposal } from '../model/proposal.ts';
import type { Lap, Move } from './lap.ts';
import { treat } from './treat.ts';
import { verify } from './verify/verify.ts';

/** What became of the last act: settled if its answer was lost, then verified against what it said to expect. */
export function checkLastAct(lap: Lap): Move | undefined {
  const last = lap.state.attempts.at(-1);
  if (last === undefined || last.check !== null) return undefined;
  const settled = settle(lap, last);
  if (settled === 'wait') return lap.wait();
  if (settled === 'never-happened') return undefined;
  // Somebody wants it taken back: whether it would have helped does not matter any more.
  if (lap.state.undo !== null && last.order.undoes === null) return undefined;
  const { standing, symptoms, evidence, history } = lap.seen;
  const { signals } = lap.state;
  const { check, says } = verify(settled, { settings: lap.settings, standing, symptoms, evidence, history, signals });
  // An incident that has gone on for too long is handed over, even while an act is being verified.
  if (check === 'not-yet') return isOverdue(lap) ? undefined : lap.wait();
  lap.write({ ...lap.entry('check'), kind: 'CheckMade', orderId: last.order.id, check, says });
  if (check === 'helped' || last.order.undoes !== null) return undefined;
  lap.write({ ...lap.entry('tried'), kind: 'RungTried', rung: last.order.rung });
  if (last.order.proposal.wayBack.kind === 'if-worse' && check !== 'worse') return undefined;
  return takeBack(lap, last, says);
}

/** Has the incident lasted for as long as it may? */
export const isOverdue = ({ at, incident, settings }: Lap): boolean =>
  at > after(incident.openedAt, settings.timing.incidentWithin);

/** An answer that was lost is found by looking, never by asking again. */
function settle(lap: Lap, attempt: Attempt): Attempt | 'wait' | 'never-happened' {
  if (attempt.result?.kind === 'done') return attempt;
  const { proposal, id, expiresAt } = attempt.order;
  const seen = lap.toolkit.planners[proposal.kind].confirm(proposal, lap.seen.standing);
  if (seen !== undefined) {
    const result: ActResult = { kind: 'done', receipt: { kind: 'changed', at: lap.at, seen } };
    lap.write({ ...lap.entry('settled'), kind: 'ActionCompleted', orderId: id, result });
    return { ...attempt, result, resultAt: lap.at };
  }
  // Until the order has expired, and its function with it, the change may still be made.
  if (lap.at <= after(expiresAt, lap.settings.timing.lap)) return 'wait';
  if (isPartlyOut(proposal, lap.seen.standing)) {
    // Half a change is one to be checked and taken back, not one that was never made.
    const receipt = { kind: 'changed', at: lap.at, seen: 'out of some of its target groups only' } as const;
    const result: ActResult = { kind: 'done', receipt };
    lap.write({ ...lap.entry('settled'), kind: 'ActionCompleted', orderId: id, result });
    return { ...attempt, result, resultAt: lap.at };
  }
  const says = 'The order expired and its change is nowhere to be seen: it was never made.';
  const result: ActResult = { kind: 'refused', reason: 'order.expired', says };
  lap.write({ ...lap.entry('settled'), kind: 'ActionCompleted', orderId: id, result });
  return 'never-happened';
}

/** Was a task taken out of some of its target groups, and not of the others? */
function isPartlyOut({ kind, subject }: Proposal, { targets }: Standing): boolean {
  if (kind !== 'deregister-target' || !('targets' in subject)) return false;
  const serving = targets.filter((fact) => takesTraffic(fact.state)).map(({ target }) => targetKey(target));
  return subject.targets.some((target) => !serving.includes(targetKey(target)));
}

/** It did not help, or made it worse: what can be put back is put back. */
function takeBack(lap: Lap, attempt: Attempt, says: string): Move | undefined {
  const { proposal, rung, id } = attempt.order;
  const because: Evidence = { kind: 'CheckMade', source: 'ledger', at: lap.at, says, check: 'no-change' };
  const back = lap.toolkit.planners[proposal.kind].undo(proposal, [because]);
  if (back.kind === 'not-applicable') return undefined;
  const treated = treat(lap, back, rung, { undoes: id });
  return treated.kind === 'stopped' ? undefined : treated;
}
