import { breaches } from '../../contract/alarms/evaluate.ts';
import type { WatchedAlarm } from '../../contract/alarms/watched.ts';
import { type Instant, metricMinute } from '../../contract/time.ts';
import type { Symptoms } from '../../model/facts.ts';
import { type Aftermath, isOfRequests, minutesBetween, toldValue } from './minutes.ts';

/** How many minutes before the act make the level it is measured against, and how far back they may lie. */
const minutesBefore = 3;
const lookBack = 10 * metricMinute;
/** Minutes in a row that must be worse, or that make the level after the act. */
const minutesAfter = 2;

/** An alarm's value before an act and in the newest minutes after it, in the alarm's unit. */
export type Level = { readonly alarm: WatchedAlarm; readonly before: number; readonly after: readonly number[] };

/** Levels of the alarms on requests; those that say nothing before or after are left out. */
export function levels(
  alarms: readonly WatchedAlarm[],
  symptoms: Symptoms,
  acted: Instant,
  { minutes }: Aftermath,
): readonly Level[] {
  // The minute of the act is neither before nor after it.
  const earlier = minutesBetween(symptoms, acted - lookBack, acted - metricMinute + 1);
  return alarms.filter(isOfRequests).flatMap((alarm): Level[] => {
    const bad = earlier.filter((minute) => breaches(alarm.spec, alarm.series, minute));
    // The trouble may have begun anywhere in its first minute.
    const wholly = bad.length > 1 ? bad.slice(1) : bad;
    const before = toldValues(alarm, (bad.length > 0 ? wholly : earlier).slice(-minutesBefore));
    const after = toldValues(alarm, minutes.slice(-minutesAfter));
    return before.length === 0 || after.length === 0 ? [] : [{ alarm, before: mean(before), after }];
  });
}

/** Clearly worse than before, and not for one minute only. */
export function isWorse({ alarm, before, after }: Level): boolean {
  const { kind, policy } = alarm.spec;
  if (after.length < minutesAfter) return false;
  return after.every((value) => {
    if (value <= policy.threshold) return false;
    return kind === 'errors' ? value >= 1.5 * before && value >= before + 5 : value >= 2 * before;
  });
}

/**
 * Fell by at least half of what was to go: without the one task of `tasks` that has `share` of the trouble, the others get its
 * requests as well.
 */
export function fellBy({ before, after }: Level, share: number, tasks: number): boolean {
  const toGo = 1 - (1 - share) * (tasks / Math.max(1, tasks - 1));
  return toGo > 0 && mean(after) <= before * (1 - toGo / 2);
}

/** What is left of the trouble when nothing was gained. */
const asBefore = 0.7;

/** About as bad as before. */
export const isAlike = ({ alarm, before, after }: Level): boolean =>
  before > alarm.spec.policy.threshold && mean(after) >= asBefore * before;

/** `errors 12 % before, 0.1 % after`. */
export const levelSays = ({ alarm, before, after }: Level): string =>
  `${alarm.spec.kind} ${withUnit(alarm, before)} before, ${withUnit(alarm, mean(after))} after`;

/** A connection that is refused counts as an error and as unanswered too, so that the alarm's own value may exceed 100 %. */
export const withUnit = ({ spec }: WatchedAlarm, value: number): string =>
  spec.kind === 'errors' ? `${Number(Math.min(100, value).toFixed(1))} %` : `${Number(value.toFixed(2))} s`;

const toldValues = (alarm: WatchedAlarm, minutes: readonly number[]): readonly number[] =>
  minutes.map((minute) => toldValue(alarm, minute)).filter((value) => value !== null);

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
