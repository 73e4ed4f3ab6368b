import { breaches } from '../../contract/alarms/evaluate.ts';
import { type WatchedAlarm, watchedAlarms } from '../../contract/alarms/watched.ts';
import type { ServiceSettings } from '../../contract/settings.ts';
import { type Instant, metricMinute } from '../../contract/time.ts';
import type { Symptoms } from '../../model/facts.ts';
import type { Signal } from '../../model/signal.ts';

/**
 * Are all alarms of the service OK? An alarm's own definition, evaluated over the newest minutes, counts where its OK event
 * may have been lost; a team's own alarms and composites have none, and only their signal counts. With `after`, minutes that
 * began earlier prove nothing.
 */
export function alarmsQuiet(
  settings: ServiceSettings,
  symptoms: Symptoms,
  after: Instant | null,
  signals: readonly Signal[],
): { readonly quiet: boolean; readonly says: string } {
  const own = watchedAlarms(settings, symptoms);
  const newest = newestOfEach(signals);
  const others = [...newest.values()].filter(({ alarm }) => !own.some(({ name }) => name === alarm));
  const loud = [
    ...own.filter((alarm) => !isQuiet(alarm, newest.get(alarm.name), symptoms, after)).map(({ name }) => name),
    ...others.filter(({ state }) => state === 'firing').map(({ alarm }) => alarm),
  ];
  if (loud.length === 0) return { quiet: true, says: 'All alarms of the service are OK.' };
  return { quiet: false, says: `Not OK: ${loud.join(', ')}.` };
}

/** Of two signals of one instant, the later one in the list. */
function newestOfEach(signals: readonly Signal[]): ReadonlyMap<string, Signal> {
  const newest = new Map<string, Signal>();
  for (const signal of signals) {
    if (signal.at >= (newest.get(signal.alarm)?.at ?? 0)) newest.set(signal.alarm, signal);
  }
  return newest;
}

function isQuiet(
  { spec, series }: WatchedAlarm,
  signal: Signal | undefined,
  symptoms: Symptoms,
  after: Instant | null,
): boolean {
  // Breaching again since its last OK: its next event is on the way, or was lost.
  if (signal?.state !== 'firing') return !breachesSince(signal?.at ?? 0, { spec, series, symptoms });
  // Metrics older than the event say nothing of its end.
  const provenFrom = Math.max(signal.at, (after ?? 0) + metricMinute);
  const { minutes, until } = symptoms;
  return until >= provenFrom && minutes >= spec.policy.of && !mayBreach({ spec, series, symptoms });
}

/**
 * Might the alarm be firing if minutes without any datapoint breach? Late metrics look like a minute without requests, which
 * is no proof of anything; a target group with targets always has a count of healthy ones.
 */
function mayBreach({
  spec,
  series,
  symptoms,
}: Pick<WatchedAlarm, 'spec' | 'series'> & { readonly symptoms: Symptoms }) {
  const minutes = Array.from({ length: spec.policy.of }, (_, i) => symptoms.minutes - 1 - i);
  const unproven = minutes.filter((minute) => !wasMeasured(series, minute) || breaches(spec, series, minute));
  return unproven.length >= spec.policy.breaching;
}

const wasMeasured = (series: WatchedAlarm['series'], minute: number): boolean =>
  Object.values(series).some((values) => (values[minute] ?? null) !== null);

/** Do enough minutes breach that began after the event? */
function breachesSince(
  event: Instant,
  { spec, series, symptoms }: Pick<WatchedAlarm, 'spec' | 'series'> & { readonly symptoms: Symptoms },
): boolean {
  const newestMinutes = Array.from({ length: spec.policy.of }, (_, i) => symptoms.minutes - 1 - i);
  const breaching = newestMinutes.filter(
    (minute) =>
      minute >= 0 &&
      symptoms.until - (symptoms.minutes - minute) * metricMinute >= event &&
      breaches(spec, series, minute),
  );
  return breaching.length >= spec.policy.breaching;
}
