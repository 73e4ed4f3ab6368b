import { runningDeployment } from '../../contract/releases.ts';
import { endedByItself } from '../../contract/stopped-tasks.ts';
import { counted, inWords } from '../../contract/text.ts';
import { after, before, type Instant, inMillis } from '../../contract/time.ts';
import type { Standing, StoppedTaskFact } from '../../model/facts.ts';
import type { Proposal } from '../../model/proposal.ts';
import type { GuardFacts, Guardrail } from './guardrail.ts';
import { healthyTasks } from './healthy-tasks.ts';
import { allow, hold } from './verdicts.ts';

/** A start that takes longer than this share of the time AWS may take to heal is not plausible any more. */
const startShare = 1 / 3;

/**
 * While new tasks fail to start, one that is stopped is lost. This holds what begins a rung that stops tasks as well: half a
 * rung is worse than none. A release that is being deployed may always be taken back, whatever its tasks do.
 */
export const replacementsStart: Guardrail = {
  name: 'replacements-start',

  check(proposal, facts) {
    const { standing, settings } = facts;
    if (!stopsTasks(proposal)) return allow;
    const says = failedToStart(proposal, facts) ?? waitsForLong(proposal, facts) ?? startsNothing(proposal, facts);
    return says === undefined ? allow : hold('replacement.failing', after(standing.at, settings.timing.lap), says);
  },
};

const stopsTasks = ({ kind, subject }: Proposal): boolean =>
  kind !== 'register-target' && !('way' in subject && subject.way === 'stop-running');

/** Tasks that ended soon after their creation, with none since that became healthy. */
function failedToStart(proposal: Proposal, { standing, settings }: GuardFacts): string | undefined {
  const { healingWithin } = settings.timing;
  const since = before(standing.at, healingWithin);
  const started = Math.max(...healthyTasks(standing).map(({ createdAt }) => createdAt));
  const failed = standing.stopped.filter(
    (task) =>
      task.stoppedAt >= since &&
      task.stoppedAt - task.createdAt <= inMillis(healingWithin) &&
      endedByItself(task) &&
      task.createdAt > started &&
      isWhatWouldStart(task, proposal, standing),
  );
  const last = failed.toSorted((a, b) => b.stoppedAt - a.stoppedAt)[0];
  if (last === undefined) return undefined;
  return `${counted(failed.length, 'task')} failed to start and none has started since; the last stopped ${inWords(standing.at - last.stoppedAt)} ago: ${last.reason || last.code}.`;
}

/** Does the failure tell of the release that a new task would run? One that is led away from may fail as it likes. */
function isWhatWouldStart({ taskDefinition }: StoppedTaskFact, { subject }: Proposal, standing: Standing): boolean {
  if ('way' in subject) return taskDefinition === subject.to;
  const running = runningDeployment(standing.deployments);
  return running === undefined || running.taskDefinition === taskDefinition;
}

/** As when there is no capacity, no address, or an image that cannot be pulled: the task stays pending. */
function waitsForLong({ subject }: Proposal, { standing, settings }: GuardFacts): string | undefined {
  const plausible = inMillis(settings.timing.healingWithin) * startShare;
  const leftBehind = 'way' in subject ? subject.from : null;
  const starting = standing.tasks
    .filter(({ status, taskDefinition }) => status === 'starting' && taskDefinition !== leftBehind)
    .map(({ createdAt }) => createdAt);
  const longest = standing.at - Math.min(...starting);
  return longest > plausible
    ? `${counted(starting.length, 'task')} of ${standing.desired} ${starting.length === 1 ? 'is' : 'are'} starting, for up to ${inWords(longest)}.`
    : undefined;
}

/**
 * ECS starts tasks at ever longer intervals once they have failed again and again: then nothing is even pending. Another task
 * definition puts an end to that (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-throttle-logic.html).
 */
function startsNothing({ subject }: Proposal, { standing, settings }: GuardFacts): string | undefined {
  if ('way' in subject) return undefined;
  const { tasks, stopped, desired, at } = standing;
  // What stops now, or did a moment ago, ECS replaces in a moment.
  if (tasks.some(({ status }) => status !== 'running') || lastStop(stopped) > before(at, settings.timing.lap))
    return undefined;
  const missing = desired - tasks.length;
  return missing > 0
    ? `${counted(missing, 'task')} of ${desired} ${missing === 1 ? 'is' : 'are'} missing, and ECS starts none.`
    : undefined;
}

const lastStop = (stopped: readonly StoppedTaskFact[]): Instant =>
  Math.max(...stopped.map(({ stoppedAt }) => stoppedAt));
