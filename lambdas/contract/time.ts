/** Milliseconds since the epoch. Survives JSON; never a Date. */
export type Instant = number;

/** A length of time, in one unit. Never a bare number. */
export type Duration =
  | { readonly days: number }
  | { readonly hours: number }
  | { readonly minutes: number }
  | { readonly seconds: number };

/** A duration in milliseconds. */
export function inMillis(duration: Duration): number {
  if ('days' in duration) return duration.days * 86_400_000;
  if ('hours' in duration) return duration.hours * 3_600_000;
  if ('minutes' in duration) return duration.minutes * 60_000;
  return duration.seconds * 1000;
}

/** The instant one duration later. */
export const after = (at: Instant, duration: Duration): Instant => at + inMillis(duration);

/** The instant one duration earlier. */
export const before = (at: Instant, duration: Duration): Instant => at - inMillis(duration);

/** One metric period: ALB metrics come once a minute (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html). */
export const metricMinute = 60_000;

/** The start of the first whole minute that begins at or after `at`. */
export const nextWholeMinute = (at: Instant): Instant => Math.ceil(at / metricMinute) * metricMinute;
