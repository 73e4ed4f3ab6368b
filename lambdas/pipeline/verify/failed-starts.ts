import { shortName } from '../../contract/short-name.ts';
import { cannotEverStart, endedByItself } from '../../contract/stopped-tasks.ts';
import { targetsOf } from '../../contract/targets.ts';
import { counted } from '../../contract/text.ts';
import type { DeploymentFact, Standing, TaskFact } from '../../model/facts.ts';
import type { Attempt } from '../../model/incident-state.ts';

/** So many tasks that ended are enough, where not one came into service. */
const mostFailed = 3;

/**
 * Do the tasks of the deployment that an act began fail to start? Then waiting for its end is in vain, which ECS may try for
 * hours. One sentence if so.
 */
export function failedStarts(
  { startedAt }: Pick<Attempt, 'startedAt'>,
  { taskDefinition }: Pick<DeploymentFact, 'taskDefinition'>,
  standing: Standing,
): string | undefined {
  const isIts = (task: { readonly taskDefinition: string; readonly createdAt: number }): boolean =>
    task.taskDefinition === taskDefinition && task.createdAt >= startedAt;
  if (standing.tasks.some((task) => isIts(task) && serves(task, standing))) return undefined;
  const failed = standing.stopped
    .filter((task) => isIts(task) && endedByItself(task))
    .toSorted((a, b) => a.stoppedAt - b.stoppedAt);
  const hopeless = failed.find(cannotEverStart);
  const name = shortName(taskDefinition);
  if (hopeless !== undefined) return `No task of ${name} can start: ${ended(hopeless.reason)}`;
  const last = failed.at(-1);
  if (last === undefined || failed.length < mostFailed) return undefined;
  return `${counted(failed.length, 'task')} of ${name} ended and none came into service; the last: ${ended(last.reason || last.code)}`;
}

function serves(task: TaskFact, { targets }: Standing): boolean {
  if (task.status !== 'running') return false;
  return targets.length === 0 || targetsOf(task, targets).some(({ state }) => state === 'healthy');
}

const ended = (reason: string): string => `${reason.replace(/[.\s]+$/, '')}.`;
