import { targetsOf } from '../../contract/targets.ts';
import type { Standing, TargetFact, TaskFact } from '../../model/facts.ts';

/** A running task the load balancer sends requests to, with its healthy targets. */
export type ServingTask = { readonly task: TaskFact; readonly targets: readonly TargetFact[] };

/**
 * Running tasks with a healthy target. One that drains or was taken out is no peer any more, though its log lines of the
 * last minutes are still there; an unhealthy one is replaced by the scheduler.
 */
export function servingTasks(standing: Standing): readonly ServingTask[] {
  return standing.tasks
    .filter((task) => task.status === 'running')
    .map((task) => ({
      task,
      targets: targetsOf(task, standing.targets).filter((target) => target.state === 'healthy'),
    }))
    .filter(({ targets }) => targets.length > 0);
}
