import { canBeGivenRequests, longestDelay } from '../../contract/routing.ts';
import { shortTask } from '../../contract/short-name.ts';
import { sameTarget, targetsOf } from '../../contract/targets.ts';
import { after, type Instant } from '../../contract/time.ts';
import type { Standing, TargetFact, TaskFact } from '../../model/facts.ts';
import type { History, PastAct } from '../../model/incident-state.ts';
import type { Proposal } from '../../model/proposal.ts';
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

  recheck(proposal, given) {
    const { subject } = proposal;
    const { standing } = given;
    const task = present(subject.task.task, standing);
    if (task === undefined) return { kind: 'already-so' };
    const targets = [
      ...targetsOf(task, standing.targets),
      ...standing.targets.filter((t) => subject.targets.some((known) => sameTarget(known, t.target))),
    ];
    const takenOut = takingOut(subject.task.task, given.history);
    if (targets.some((target) => canBeGivenRequests(target, standing.targets, standing.routing)))
      return takenOut === undefined
        ? changed('A target of the task still takes traffic.', 'target.not-draining')
        : changed('ECS has registered a target of the task again.', 'target.came-back');
    const until = drainedAt(proposal, targets, takenOut, given);
    return until === null || standing.at >= until
      ? { kind: 'go' }
      : { kind: 'later', until, reason: 'target.not-drained' };
  },

  apply: ({ subject, subjectName }, change) =>
    change.stopTask(subject.task, `Replaced by Paramedic: ${subjectName} was sick and is out of service.`),

  confirm: ({ subject }, standing) =>
    present(subject.task.task, standing) === undefined ? 'the task is stopping or gone' : undefined,

  undo: nothingToUndo('A stopped task cannot be started again; the scheduler starts another.'),
};

const present = (task: string, standing: Standing): TaskFact | undefined =>
  standing.tasks.find((t) => t.task.task === task && t.status !== 'stopping');

/**
 * When the targets of a task that was taken out have drained for long enough; null when they have. ECS gives those that it has
 * registered again new requests soon, so that waiting would serve nobody, and needs none of one that the log shows idle.
 */
function drainedAt(
  { subject, because }: Proposal<'replace-task'>,
  targets: readonly TargetFact[],
  takenOut: PastAct | undefined,
  { settings, standing }: ActCase,
): Instant | null {
  const states = targets.map(({ state }) => state);
  const isBack = states.some((state) => state !== 'draining' && state !== 'unused');
  if (isBack || (takenOut !== undefined && cameBack(takenOut))) return null;
  if (because.some((fact) => fact.kind === 'TaskIdle' && fact.task === subject.task.task)) return null;
  // A service may want more time than its target groups give, after which nothing is to be seen of a target any more.
  const { drainFor, lap } = settings.timing;
  if (takenOut !== undefined && drainFor !== null) return after(sinceWhen(takenOut), drainFor);
  if (!states.includes('draining')) return null;
  const groups = targets.map(({ target }) => target.targetGroup);
  const delay = longestDelay(standing.routing, groups);
  // Somebody else's draining has no known beginning, nor has one whose delay is not known: its end is awaited.
  return takenOut === undefined || delay === null ? after(standing.at, lap) : after(sinceWhen(takenOut), delay);
}

/** Our own order that has had the task's targets taken out last. */
const takingOut = (task: string, history: History): PastAct | undefined =>
  history.acts.findLast(({ order: { proposal }, result }) => {
    const { kind, subject } = proposal;
    return (
      kind === 'deregister-target' && 'task' in subject && subject.task.task === task && result?.kind !== 'refused'
    );
  });

/** Did it take out once more what ECS had registered again? Where nothing was left to take out, that was a mistake. */
const cameBack = ({ order, result }: PastAct): boolean =>
  order.proposal.repeats !== undefined && result?.kind === 'done' && result.receipt.kind === 'changed';

/** Since when the targets drain, at the latest: without an answer it happened at some time before the order expired. */
const sinceWhen = ({ order, result }: PastAct): Instant =>
  result?.kind === 'done' ? result.receipt.at : order.expiresAt;
