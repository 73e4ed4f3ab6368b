import { shortTask } from '../../contract/short-name.ts';
import { sameTarget, takesTraffic, targetsOf } from '../../contract/targets.ts';
import { after, type Instant } from '../../contract/time.ts';
import type { Standing, TaskFact } from '../../model/facts.ts';
import type { History } from '../../model/incident-state.ts';
import type { ActCase, Action } from './action.ts';
import { changed } from './changed.ts';
import { nothingToUndo } from './not-applicable.ts';
import { findSickTask } from './sick-task.ts';
import { symptoms } from './wording.ts';

/**
 * Stops one task whose targets have drained; the scheduler starts another. ECS deregisters a target only after the task was
 * told to stop, so that stopping one in service drops its requests.
 */
export const replaceTask: Action<'replace-task'> = {
  kind: 'replace-task',

  propose(diagnosis, focus, given) {
    const found = findSickTask(diagnosis, focus, given);
    if ('kind' in found) return found;
    const { sick, task } = found;
    const seen = found.targets.map((t) => t.target);
    return {
      key: `replace-task|${sick.task}`,
      kind: 'replace-task',
      // Once drained a target is no longer listed; it is remembered from the diagnosis then.
      subject: { task: task.task, targets: seen.length > 0 ? seen : sick.targets },
      subjectName: `task ${shortTask(sick.task)}`,
      rationale: `The task ${shortTask(sick.task)} ${symptoms[sick.symptom]}; ECS does not replace it by itself, and out of service it is of no use.`,
      because: diagnosis.because,
      expects: { see: 'all-tasks-healthy', by: given.settings.timing.healingWithin },
      wayBack: { kind: 'by-itself', says: 'The scheduler starts another task.' },
    };
  },

  recheck({ subject }, given) {
    const task = present(subject.task.task, given.standing);
    if (task === undefined) return { kind: 'already-so' };
    const targets = [
      ...targetsOf(task, given.standing.targets),
      ...given.standing.targets.filter((t) => subject.targets.some((known) => sameTarget(known, t.target))),
    ];
    if (targets.some((t) => takesTraffic(t.state)))
      return changed('A target of the task still takes traffic.', 'target.not-draining');
    const until = targets.some((t) => t.state === 'draining') ? drainedAt(subject.task.task, given) : null;
    return until === null || given.standing.at >= until
      ? { kind: 'go' }
      : { kind: 'later', until, reason: 'target.not-drained' };
  },

  apply: ({ subject, subjectName }, change) =>
    change.stopTask(subject.task, `Replaced by Paramedic: ${subjectName} was sick and has drained.`),

  confirm: ({ subject }, standing) =>
    present(subject.task.task, standing) === undefined ? 'the task is stopping or gone' : undefined,

  undo: nothingToUndo('A stopped task cannot be started again; the scheduler starts another.'),
};

const present = (task: string, standing: Standing): TaskFact | undefined =>
  standing.tasks.find((t) => t.task.task === task && t.status !== 'stopping');

/** When a draining task has drained for long enough. Somebody else's draining has no known beginning: its end is awaited. */
function drainedAt(task: string, { settings, standing, history }: ActCase): Instant {
  const { drainFor, lap } = settings.timing;
  const began = drainingSince(task, history);
  return began === null ? after(standing.at, lap) : after(began, drainFor);
}

/** Since when our own order has had the task's targets draining, at the latest. */
function drainingSince(task: string, history: History): Instant | null {
  for (const { order, result } of history.acts.toReversed()) {
    const { kind, subject } = order.proposal;
    if (kind !== 'deregister-target' || !('task' in subject) || subject.task.task !== task) continue;
    if (result?.kind === 'refused') continue;
    // Without an answer it happened at some time before the order expired.
    return result?.kind === 'done' ? result.receipt.at : order.expiresAt;
  }
  return null;
}
