import { targetsOf } from '../../contract/targets.ts';
import type { Instant } from '../../contract/time.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { Attempt } from '../../model/incident-state.ts';
import type { VerifyFacts } from './acted.ts';

type TaskSlow = Extract<Evidence, { pValue: number }>;

/**
 * The share (0 to 1) of slow requests before one of several slow tasks was taken out, and after. A percentile doesn't fall in
 * proportion; the share of slow requests in the tasks' own logs does. Null until the logs reach past the act.
 */
export function slowShare(
  attempt: Attempt,
  acted: Instant,
  facts: VerifyFacts,
): { before: number; after: number } | null {
  const { taskLogs } = facts.evidence;
  const { subject } = attempt.order.proposal;
  if (taskLogs === null || taskLogs.from < acted || !('task' in subject)) return null;
  const serving = tasksServing(facts);
  const remaining = taskLogs.readings.filter(({ task }) => serving.includes(task) && task !== subject.task.task);
  const requests = remaining.reduce((sum, reading) => sum + reading.requests, 0);
  const then = sharesBefore(attempt, facts, [subject.task.task, ...remaining.map(({ task }) => task)]);
  if (requests === 0 || then === null) return null;
  return { before: then, after: remaining.reduce((sum, reading) => sum + reading.slow, 0) / requests };
}

const tasksServing = ({ standing }: VerifyFacts): readonly string[] =>
  standing.tasks
    .filter((task) => targetsOf(task, standing.targets).some((target) => target.state === 'healthy'))
    .map(({ task }) => task.task);

/** As the diagnosis saw these tasks, each with an equal part of the requests; null when it did not compare them by slowness. */
function sharesBefore(attempt: Attempt, facts: VerifyFacts, tasks: readonly string[]): number | null {
  const seen = diagnosed(attempt, facts).filter(({ task }) => tasks.includes(task));
  const [first] = seen;
  if (first === undefined) return null;
  const unnamed = unnamedIn(attempt, facts);
  const many = Math.min(unnamed?.tasks ?? 0, tasks.length - seen.length);
  const sick = seen.reduce((sum, { share }) => sum + share, many * (unnamed?.slow ?? 0));
  return (sick + (tasks.length - seen.length - many) * first.peers) / tasks.length;
}

/** Slow tasks that were too many to be named. */
const unnamedIn = (attempt: Attempt, facts: VerifyFacts) =>
  evidenceOf(attempt, facts).find((evidence) => evidence.kind === 'TasksSick')?.unnamed;

/** The first act of a rung rests on the diagnosis; later ones on the check of the one before. */
function evidenceOf({ order }: Attempt, { history }: VerifyFacts): readonly Evidence[] {
  const sameRung = history.acts.filter(
    (act) => act.order.incidentId === order.incidentId && act.order.rung === order.rung,
  );
  return [order, ...sameRung.map((act) => act.order)].flatMap(({ proposal }) => proposal.because);
}

function diagnosed(attempt: Attempt, facts: VerifyFacts): readonly TaskSlow[] {
  const slow = evidenceOf(attempt, facts).filter((evidence): evidence is TaskSlow => evidence.kind === 'TaskSlow');
  return slow.filter((each, i) => slow.findIndex(({ task }) => task === each.task) === i);
}
