import { takesTraffic, targetsOf } from '../../contract/targets.ts';
import type { Standing, TaskFact } from '../../model/facts.ts';

export { healthyFloor, wholeDown, wholeUp } from '../../contract/healthy-floor.ts';

/**
 * Tasks in service: those that have targets, all of them healthy. A task with targets in two groups counts once, and one that
 * is out of either group doesn't count.
 */
export const healthyTasks = ({ tasks, targets }: Standing): readonly TaskFact[] =>
  tasks.filter((task) => {
    const own = targetsOf(task, targets);
    return task.status === 'running' && own.length > 0 && own.every((t) => t.state === 'healthy');
  });

/** Is the task there, but sent no new requests by any target group? */
export const isOut = (task: TaskFact, { targets }: Standing): boolean =>
  !targetsOf(task, targets).some((t) => takesTraffic(t.state));
