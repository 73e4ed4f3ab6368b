import type { ReasonCode } from '../../contract/reasons.ts';
import type { Instant } from '../../contract/time.ts';
import type { Verdict } from '../../model/verdict.ts';

export const allow: Verdict = { kind: 'allow' };

/** Not now: look again at `until`. */
export const hold = (reason: ReasonCode, until: Instant, says: string): Verdict => ({
  kind: 'hold',
  reason,
  until,
  says,
});

/** No: waiting does not change it. */
export const deny = (reason: ReasonCode, says: string): Verdict => ({ kind: 'deny', reason, says });
