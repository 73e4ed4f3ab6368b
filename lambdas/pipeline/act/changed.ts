import type { ReasonCode } from '../../contract/reasons.ts';
import type { Recheck } from '../../model/proposal.ts';

/** What was to be done is no longer right; one sentence says why. */
export const changed = (because: string, reason: ReasonCode = 'world.changed'): Recheck => ({
  kind: 'changed',
  reason,
  because,
});
