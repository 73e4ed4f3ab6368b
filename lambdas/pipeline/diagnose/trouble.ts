import { breaches, evaluate } from '../../contract/alarms/evaluate.ts';
import { type WatchedAlarm, watchedAlarms } from '../../contract/alarms/watched.ts';
import type { SignalKind } from '../../contract/names.ts';
import type { ServiceSettings } from '../../contract/settings.ts';
import { counted } from '../../contract/text.ts';
import { type Instant, metricMinute } from '../../contract/time.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { Symptoms } from '../../model/facts.ts';
import type { Case } from './hypothesis.ts';
import { timeOfDay } from './wording.ts';

/** Quiet minutes within one run of breaching ones: a rate near its threshold crosses it now and then. */
const longestGap = 2;
/** A run that ended longer ago than this, in minutes, is not the present one. */
const presentWithin = 10;

/** What is wrong with the service as a whole, by its own alarms, and since when. */
export type Trouble = {
  /** What fires or breaches now. */
  readonly kinds: ReadonlySet<SignalKind>;
  /** Start of the first breaching minute of the present run; the trouble may have begun anywhere in it. */
  readonly began: Instant | null;
  readonly because: readonly Evidence[];
};

export function troubleOf({ settings, symptoms, signals }: Case): Trouble {
  const firing = signals.filter((signal) => signal.state === 'firing');
  const breaching = watchedAlarms(settings, symptoms).filter(
    ({ spec, series }) => symptoms.minutes > 0 && evaluate(spec, series, symptoms.minutes - 1) === 'ALARM',
  );
  const began = troubleBegan(settings, symptoms) ?? firing.map((signal) => signal.at).sort((a, b) => a - b)[0] ?? null;
  return {
    kinds: new Set<SignalKind>([...firing.map((signal) => signal.kind), ...breaching.map(({ spec }) => spec.kind)]),
    began,
    because: [
      ...firing.map(
        (signal): Evidence => ({
          kind: 'AlarmFiring',
          source: 'alarm',
          at: signal.at,
          alarm: signal.kind,
          says: `The ${signal.kind} alarm has been firing since ${timeOfDay(signal.at)}.`,
        }),
      ),
      ...(began === null ? [] : [troubleBeganAt(began, symptoms)]),
    ],
  };
}

/**
 * When the present trouble began by the service's own alarms; null when no minute of late breaches one. Errors and latency
 * decide: a target that has been unhealthy for days says nothing of when requests began to fail.
 */
export function troubleBegan(settings: ServiceSettings, symptoms: Symptoms): Instant | null {
  const alarms = watchedAlarms(settings, symptoms);
  const felt = alarms.filter(({ spec }) => spec.kind === 'errors' || spec.kind === 'latency');
  return earliest(felt, symptoms) ?? earliest(alarms, symptoms);
}

function earliest(alarms: readonly WatchedAlarm[], symptoms: Symptoms): Instant | null {
  const starts = alarms
    .map((alarm) => firstOfPresentRun(alarm, symptoms.minutes))
    .filter((minute) => minute !== null)
    .sort((a, b) => a - b);
  return starts[0] === undefined ? null : minuteStart(symptoms, starts[0]);
}

function firstOfPresentRun({ spec, series }: WatchedAlarm, minutes: number): number | null {
  let first: number | null = null;
  for (let minute = minutes - 1; minute >= 0; minute--) {
    const quietFor = first === null ? minutes - 1 - minute : first - 1 - minute;
    if (quietFor > (first === null ? presentWithin : longestGap)) break;
    if (breaches(spec, series, minute)) first = minute;
  }
  return first;
}

/** When a minute of the series began. */
export const minuteStart = (symptoms: Symptoms, minute: number): Instant =>
  symptoms.until - (symptoms.minutes - minute) * metricMinute;

/** Minutes that begin within [from, until), by their place in the series. */
export const minutesBetween = (symptoms: Symptoms, from: Instant, until: Instant): readonly number[] =>
  Array.from({ length: symptoms.minutes }, (_, minute) => minute).filter((minute) => {
    const start = minuteStart(symptoms, minute);
    return start >= from && start < until;
  });

/** Minutes that lie in a window of log lines, wholly or in part. */
export const minutesWithin = (symptoms: Symptoms, window: { readonly from: Instant; readonly until: Instant }) =>
  minutesBetween(symptoms, window.from - metricMinute + 1, window.until);

function troubleBeganAt(began: Instant, symptoms: Symptoms): Evidence {
  const ago = Math.round((symptoms.until - began) / metricMinute);
  const says = `The trouble began at ${timeOfDay(began)}, ${counted(Math.max(0, ago), 'minute')} before the newest metrics.`;
  return { kind: 'TroubleBegan', source: 'metrics', at: symptoms.until, began, says };
}
