import { type MetricName, metricNames } from '../../../lambdas/contract/alarms/alarm.ts';
import type { Series } from '../../../lambdas/contract/alarms/evaluate.ts';
import { type Instant, metricMinute } from '../../../lambdas/contract/time.ts';

/** Datapoints of one minute; what is absent was not published. */
export type Datapoints = Partial<Record<MetricName, number | null>>;

type StoredMinute = {
  readonly end: Instant;
  /** When its datapoints can be read; null: never. */
  readonly arrives: Instant | null;
  /** One per target group of the service. */
  readonly groups: readonly Datapoints[];
  /** Of the service itself: memory, cpu, running, desired. */
  readonly service: Datapoints;
};

/** A datapoint comes this long after its minute ended, at the latest; then it counts as missing. */
const latestArrival = 75_000;

type Window = {
  /** The end of its newest minute. */
  readonly until: Instant;
  readonly minutes: number;
  readonly groups: readonly Series[];
  readonly service: Series;
};

/** CloudWatch's memory of one service: one datapoint a minute and metric, readable once it has arrived. */
export class MetricStore {
  readonly #groups: number;
  readonly #minutes: StoredMinute[] = [];
  /** The newest answers, by length: alarms and functions ask the same until another datapoint comes. */
  readonly #answers = new Map<number, { readonly last: number; readonly arrived: number; readonly window: Window }>();

  constructor(groups: number) {
    this.#groups = groups;
  }

  add(minute: StoredMinute): void {
    this.#minutes.push(minute);
  }

  /** Up to so many minutes, the newest being the one whose datapoints have arrived or have failed to arrive in time. */
  window(minutes: number, now: Instant): Window {
    let last = this.#minutes.length - 1;
    while (last >= 0 && !this.#isDue(last, now)) last--;
    const shown = this.#minutes.slice(Math.max(0, last + 1 - minutes), last + 1);
    let arrived = 0;
    for (const minute of shown) if (minute.arrives !== null && minute.arrives <= now) arrived++;
    const known = this.#answers.get(minutes);
    if (shown.length > 0 && known?.last === last && known.arrived === arrived) return known.window;
    const visible = shown.map((minute) => (minute.arrives !== null && minute.arrives <= now ? minute : undefined));
    const window: Window = {
      until: shown.at(-1)?.end ?? Math.floor(now / metricMinute) * metricMinute,
      minutes: shown.length,
      groups: Array.from({ length: this.#groups }, (_, group) =>
        series(visible.map((minute) => minute?.groups[group])),
      ),
      service: series(visible.map((minute) => minute?.service)),
    };
    this.#answers.set(minutes, { last, arrived, window });
    return window;
  }

  #isDue(index: number, now: Instant): boolean {
    const minute = this.#minutes[index];
    if (minute === undefined) return false;
    return now >= minute.end + latestArrival || (minute.arrives !== null && now >= minute.arrives);
  }
}

function series(minutes: readonly (Datapoints | undefined)[]): Series {
  const all: Partial<Record<MetricName, readonly (number | null)[]>> = {};
  for (const name of metricNames) all[name] = minutes.map((minute) => minute?.[name] ?? null);
  return all;
}
