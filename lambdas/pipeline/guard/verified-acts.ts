import type { ActVerified, FleetRecord } from '../../contract/fleet-record.ts';
import type { FleetLimits } from '../../contract/settings.ts';
import { before, type Instant } from '../../contract/time.ts';

/** Results that are kept: far more than decide anything, and few enough for one item. */
const mostKept = 100;

/** The results with one more, newest first. */
export const noted = (verified: readonly ActVerified[], act: ActVerified): readonly ActVerified[] =>
  [act, ...verified].slice(0, mostKept);

/** How many acts were verified within the time of the budget, and how many of them failed. */
export function countedLately(
  verified: readonly ActVerified[],
  { errorBudget }: FleetLimits,
  now: Instant,
): { readonly all: number; readonly failed: number } {
  const lately = verified.filter(({ at }) => at > before(now, errorBudget.within));
  return { all: lately.length, failed: lately.filter(({ failed }) => failed).length };
}

/** Has too much of what was done lately failed? */
export function isSpent(verified: readonly ActVerified[], limits: FleetLimits, now: Instant): boolean {
  const { all, failed } = countedLately(verified, limits, now);
  const { atLeast, share } = limits.errorBudget;
  return all >= atLeast && failed > share * all;
}

/** A person has looked at what failed and lets Paramedic go on: what was is forgotten, and it begins with one act at a time. */
export const pardon = (record: FleetRecord): FleetRecord => ({ ...record, verified: [], pace: 1 });
