import type { Limits } from '../../contract/settings.ts';
import { takesTraffic, targetsOf } from '../../contract/targets.ts';
import type { Standing, TaskFact } from '../../model/facts.ts';

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

/** How many healthy tasks must remain of so many desired ones. */
export const healthyFloor = (limits: Limits, desired: number): number =>
  Math.max(limits.minHealthyTargets.count, wholeUp(limits.minHealthyTargets.share * desired));

/** Rounded up to whole tasks, but not for a rounding error of the product: 0.07 x 100 is 7, not 8. */
export const wholeUp = (tasks: number): number => Math.ceil(tasks - 1e-9);

/** Rounded down to whole tasks, likewise. */
export const wholeDown = (tasks: number): number => Math.floor(tasks + 1e-9);
