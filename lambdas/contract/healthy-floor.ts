import type { Limits } from './settings.ts';

// The guardrail that keeps the floor and the check that looks for it afterwards must not disagree, and neither may import
// the other.

/** How many healthy tasks must remain of so many desired ones. */
export const healthyFloor = (limits: Limits, desired: number): number =>
  Math.max(limits.minHealthyTargets.count, wholeUp(limits.minHealthyTargets.share * desired));

/** Rounded up to whole tasks, but not for a rounding error of the product: 0.07 x 100 is 7, not 8. */
export const wholeUp = (tasks: number): number => Math.ceil(tasks - 1e-9);

/** Rounded down to whole tasks, likewise. */
export const wholeDown = (tasks: number): number => Math.floor(tasks + 1e-9);
