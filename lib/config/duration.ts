import { z } from 'zod';
import { type Duration, inMillis } from '../../lambdas/contract/time.ts';

const millisPerUnit = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
type Unit = keyof typeof millisPerUnit;

/** What people write: a number and its unit, such as `5m`. Negative only where a moment in the past is meant. */
const written = /^(-?\d+(?:\.\d+)?)(ms|s|m|h|d)$/;

/** Milliseconds of `5m`, `45s`, `-7d`, `24h` or `800ms`; `undefined` for anything else. */
export function millisOf(text: string): number | undefined {
  const [, amount, unit] = written.exec(text) ?? [];
  if (amount === undefined || unit === undefined) return undefined;
  return Math.round(Number(amount) * millisPerUnit[unit as Unit]);
}

/** The duration as people write it in YAML: the largest unit that keeps it whole. */
export function writeDuration(duration: Duration): string {
  if ('days' in duration) return `${duration.days}d`;
  if ('hours' in duration) return `${duration.hours}h`;
  if ('minutes' in duration) return `${duration.minutes}m`;
  return `${duration.seconds}s`;
}

function parts(text: string): Duration {
  const amount = Number.parseInt(text, 10);
  if (text.endsWith('d')) return { days: amount };
  if (text.endsWith('h')) return { hours: amount };
  if (text.endsWith('m')) return { minutes: amount };
  return { seconds: amount };
}

const lengthAllowed = 'a whole number of s, m, h or d, such as 45s or 5m';

/** A length of time above zero, in whole seconds, minutes, hours or days: `5m` becomes `{ minutes: 5 }`. */
export const duration = z
  .string({ error: lengthAllowed })
  .regex(/^0*[1-9]\d{0,5}[smhd]$/, lengthAllowed)
  .transform(parts);

/** A duration of at least this long, and at most that long where it is given; itself written as `5m`. */
export const durationFrom = (shortest: string, longest?: string) =>
  duration.refine(
    (value) =>
      inMillis(value) >= (millisOf(shortest) ?? 0) &&
      (longest === undefined || inMillis(value) <= (millisOf(longest) ?? 0)),
    { error: longest === undefined ? `at least ${shortest}` : `from ${shortest} to ${longest}` },
  );

const sweepAllowed = 'whole minutes from 1m to 30m';

/** A rate of EventBridge: whole minutes, one at least (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html). */
export const sweepInterval = z
  .string({ error: sweepAllowed })
  .regex(/^([1-9]|[12]\d|30)m$/, sweepAllowed)
  .transform((text) => ({ minutes: Number.parseInt(text, 10) }));

const momentAllowed = 'a time with ms, s, m, h or d, such as 5m or -7d';

/** A moment relative to a start, in milliseconds: `5m` after it, `-7d` before it. */
export const moment = z
  .string({ error: momentAllowed })
  .regex(written, momentAllowed)
  .transform((text) => millisOf(text) ?? 0);

const timeTakenAllowed = 'a time above zero with ms or s, such as 800ms or 1.5s';

/** How long something takes, in seconds above zero: `800ms` becomes 0.8. */
export const secondsTaken = z
  .string({ error: timeTakenAllowed })
  .regex(/^(?=.*[1-9])\d{1,9}(\.\d+)?(ms|s|m)$/, timeTakenAllowed)
  .transform((text) => (text.endsWith('ms') ? Number.parseFloat(text) / 1000 : (millisOf(text) ?? 0) / 1000));
