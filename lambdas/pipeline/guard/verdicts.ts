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

/** `1 task`, `2 tasks`. */
export const count = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;

/** A length of time in milliseconds as people read it, rounded up: `45 s`, `3 min`. */
export const span = (millis: number): string =>
  millis < 120_000 ? `${Math.ceil(millis / 1000)} s` : `${Math.ceil(millis / 60_000)} min`;
