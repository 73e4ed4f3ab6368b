import type { Instant } from '../../../lambdas/contract/time.ts';
import type { Effect } from './conditions.ts';
import { shortOfMemory, underLoad } from './pressure.ts';
import type { Task } from './task.ts';

/** How a task treats its requests in one second. */
export type Manner = {
  /** Share that fails with 500, 0 to 1. */
  readonly errorRate: number;
  /** Logarithm of how many times longer they take. */
  readonly stretch: number;
  /** They are never answered. */
  readonly hung: boolean;
};

/** Everything that bears on a task at once. `load` is the share of its capacity that is asked of it; above 1 too much. */
export function mannerOf(
  task: Task,
  load: number,
  usualErrorRate: number,
  effects: readonly Effect[],
  now: Instant,
): Manner {
  const loaded = underLoad(load);
  const crowded = shortOfMemory(task.memory);
  let fine = (1 - usualErrorRate) * (1 - loaded.errorRate) * (1 - crowded.errorRate);
  let factor = loaded.factor * crowded.factor;
  let hung = false;
  for (const effect of effects) {
    if (!effect.on(task, now)) continue;
    fine *= 1 - effect.errorRate;
    factor *= effect.factor;
    hung ||= effect.hung;
  }
  return { errorRate: 1 - fine, stretch: factor === 1 ? 0 : Math.log(factor), hung };
}
