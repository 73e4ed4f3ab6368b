import { longestDelay } from '../contract/routing.ts';
import { after, type Duration, type Instant } from '../contract/time.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Attempt } from '../model/incident-state.ts';
import type { Lap, Move } from './lap.ts';
import { settleOrder } from './settle-order.ts';
import { treat } from './treat.ts';
import { verify } from './verify/verify.ts';

/** What became of the last act: settled if its answer was lost, then verified against what it said to expect. */
export function checkLastAct(lap: Lap): Move | undefined {
  const last = lap.state.attempts.at(-1);
  if (last === undefined || last.check !== null) return undefined;
  const settled = settle(lap, last);
  if (settled === 'wait') return lap.wait(untilSettled(last, lap));
  if (settled === 'never-happened') return undefined;
  // Somebody wants it taken back: whether it would have helped does not matter any more.
  if (lap.state.undo !== null && last.order.undoes === null) return undefined;
  const { standing, symptoms, evidence, history } = lap.seen;
  const { signals } = lap.state;
  const checked = verify(settled, { settings: lap.settings, standing, symptoms, evidence, history, signals });
  const { check, says, inVain } = checked;
  // An incident that has gone on for too long is handed over, even while an act is being verified.
  if (check === 'not-yet') return isOverdue(lap) ? undefined : lap.wait();
  lap.write({ ...lap.entry('check'), kind: 'CheckMade', orderId: last.order.id, ...checked });
  if (check === 'helped' || check === 'came-back' || last.order.undoes !== null) return undefined;
  lap.write({ ...lap.entry('tried'), kind: 'RungTried', rung: last.order.rung });
  const unlessWorse = last.order.proposal.wayBack.kind === 'if-worse' && inVain === undefined;
  if (unlessWorse && check !== 'worse') return undefined;
  return takeBack(lap, last, says);
}

/** Has the incident lasted for as long as it may? A task that drains for longer than that is not put back before it is replaced. */
export const isOverdue = (lap: Lap): boolean =>
  lap.at > Math.max(after(lap.incident.openedAt, lap.settings.timing.incidentWithin), replacedBy(lap));

/** When the task that was taken out last is replaced, if that helped and takes its time; 0 where there is none. */
function replacedBy({ state, settings, seen: { standing } }: Lap): Instant {
  const out = state.attempts.findLast(({ order }) => order.proposal.kind === 'deregister-target');
  if (out?.check !== 'helped' || out.resultAt === null) return 0;
  const { subject } = out.order.proposal;
  const groups = 'targets' in subject ? subject.targets.map(({ targetGroup }) => targetGroup) : [];
  const drains = settings.timing.drainFor ?? longestDelay(standing.routing, groups);
  return drains === null ? 0 : after(after(out.resultAt, drains), settings.timing.healingWithin);
}

/** ECS may soon register again what was taken out: then it looks as if that had never been done. */
const untilSettled = ({ order }: Attempt, { settings: { timing } }: Lap): Duration =>
  order.proposal.kind === 'deregister-target' ? timing.lapWhileOut : timing.lap;

/** An answer that was lost is found by looking, never by asking again. */
function settle(lap: Lap, attempt: Attempt): Attempt | 'wait' | 'never-happened' {
  if (attempt.result?.kind === 'done') return attempt;
  const { order } = attempt;
  const result = settleOrder(lap.toolkit.planners[order.proposal.kind], order, lap.seen.standing);
  if (result === undefined) return 'wait';
  lap.write({ ...lap.entry('settled'), kind: 'ActionCompleted', orderId: order.id, result });
  return result.kind === 'done' ? { ...attempt, result, resultAt: lap.at } : 'never-happened';
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
