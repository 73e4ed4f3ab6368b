import type { ActionKind } from '../contract/names.ts';
import type { Diagnosis, SickTask } from '../model/diagnosis.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Attempt } from '../model/incident-state.ts';
import type { Expectation, Plan, Proposal } from '../model/proposal.ts';
import { idleEvidence } from './diagnose/idle.ts';
import type { Lap, Move } from './lap.ts';
import { leave } from './leave.ts';
import { plan } from './plan/plan.ts';
import { treat } from './treat.ts';

/** The ladder for a diagnosis in the world as it is now. */
export const ladder = (lap: Lap, diagnosis: Diagnosis): Plan =>
  plan(diagnosis, (kind: ActionKind, focus: SickTask | null) =>
    lap.toolkit.planners[kind].propose(diagnosis, focus, lap.given),
  );

/**
 * While a rung helps, its diagnosis stands: the sick target has left the load balancer, so a new look could not find it
 * again. Its next act rests on the check that the last one helped.
 */
export function followRung(lap: Lap): Move | undefined {
  const last = lap.state.attempts.at(-1);
  if (last === undefined || last.check !== 'helped' || last.order.undoes !== null) return undefined;
  if (lap.state.triedRungs.includes(last.order.rung)) return undefined;
  const next = nextAct(lap, last);
  if (next === undefined) {
    lap.write({ ...lap.entry('tried'), kind: 'RungTried', rung: last.order.rung });
    return undefined;
  }
  const treated = treat(lap, next, last.order.rung);
  return treated.kind === 'stopped' ? leave(lap, treated.reason, treated.says) : treated;
}

function nextAct(lap: Lap, last: Attempt): Proposal | undefined {
  const { diagnosis, attempts } = lap.state;
  if (diagnosis === null) return undefined;
  const done = new Set(attempts.map((attempt) => attempt.order.proposal.key));
  const rung = ladder(lap, diagnosis).find((each) => each.key === last.order.rung);
  const next = rung?.acts.find((act) => act.kind !== 'not-applicable' && !done.has(act.key));
  if (next === undefined || next.kind === 'not-applicable') return undefined;
  const says = `${last.order.proposal.kind} helped`;
  const because: Evidence = { kind: 'CheckMade', source: 'ledger', at: lap.at, says, check: 'helped' };
  return { ...next, expects: expectation(next, last, attempts), because: [because, ...idleness(lap, last, next)] };
}

/** What came back before anybody could tell whether it helped is told by what completes the rung. */
function expectation({ expects }: Proposal, last: Attempt, attempts: readonly Attempt[]): Expectation {
  if (expects.see !== 'all-tasks-healthy') return expects;
  const before = attempts.filter(
    ({ order }) => order.rung === last.order.rung && order.proposal.expects.see === 'trouble-falls',
  );
  const [first] = before.map(({ order }) => order.proposal.expects);
  const wasSeen = before.some(({ check }) => check === 'helped');
  return wasSeen || first?.see !== 'trouble-falls' ? expects : { ...expects, share: first.share };
}

/** Nothing is left to drain from a task that answers nothing any more. */
function idleness(
  { seen, settings }: Lap,
  { resultAt, startedAt }: Attempt,
  { kind, subject }: Proposal,
): readonly Evidence[] {
  if (kind !== 'replace-task' || !('task' in subject)) return [];
  const { symptoms, evidence } = seen;
  const idle = idleEvidence(subject.task.task, resultAt ?? startedAt, evidence.taskLogs, symptoms, settings);
  return idle === undefined ? [] : [idle];
}
