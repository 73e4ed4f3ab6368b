import { type MetricName, metricNames } from '../../../lambdas/contract/alarms/alarm.ts';
import type { Series } from '../../../lambdas/contract/alarms/evaluate.ts';
import { type Instant, metricMinute } from '../../../lambdas/contract/time.ts';

/** Datapoints of one minute; what is absent was not published. */
export type Datapoints = Partial<Record<MetricName, number | null>>;

type StoredMinute = {
  readonly end: Instant;
  /** When its datapoints can be read; null: never. */
  readonly arrives: Instant | null;
};

type Minute = StoredMinute & {
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

/** Datapoints minute by minute, of every metric that ever had one. */
type Columns = Map<MetricName, (number | null)[]>;

/** CloudWatch's memory of one service: one datapoint a minute and metric, readable once it has arrived. */
export class MetricStore {
  readonly #minutes: StoredMinute[] = [];
  readonly #groups: readonly Columns[];
  readonly #service: Columns = new Map();
  /** The newest answers, by length: alarms and functions ask the same until another datapoint comes. */
  readonly #answers = new Map<number, { readonly last: number; readonly arrived: number; readonly window: Window }>();

  constructor(groups: number) {
    this.#groups = Array.from({ length: groups }, () => new Map());
  }

  add({ end, arrives, groups, service }: Minute): void {
    const minute = this.#minutes.push({ end, arrives }) - 1;
    let group = 0;
    for (const columns of this.#groups) put(columns, minute, groups[group++] ?? {});
    put(this.#service, minute, service);
  }

  /** Up to so many minutes, the newest being the one whose datapoints have arrived or have failed to arrive in time. */
  window(minutes: number, now: Instant): Window {
    let last = this.#minutes.length - 1;
    while (last >= 0 && !this.#isDue(last, now)) last--;
    const first = Math.max(0, last + 1 - minutes);
    const missing: number[] = [];
    for (let minute = first; minute <= last; minute++) if (!this.#hasArrived(minute, now)) missing.push(minute - first);
    const arrived = last + 1 - first - missing.length;
    const known = this.#answers.get(minutes);
    if (last >= first && known?.last === last && known.arrived === arrived) return known.window;
    const shown = (columns: Columns): Series => series(columns, first, last + 1, missing);
    const window: Window = {
      until: this.#minutes[last]?.end ?? Math.floor(now / metricMinute) * metricMinute,
      minutes: last + 1 - first,
      groups: this.#groups.map(shown),
      service: shown(this.#service),
    };
    this.#answers.set(minutes, { last, arrived, window });
    return window;
  }

  #hasArrived(index: number, now: Instant): boolean {
    const arrives = this.#minutes[index]?.arrives ?? null;
    return arrives !== null && arrives <= now;
  }

  #isDue(index: number, now: Instant): boolean {
    const minute = this.#minutes[index];
    return minute !== undefined && (now >= minute.end + latestArrival || this.#hasArrived(index, now));
  }
}

function put(columns: Columns, minute: number, points: Datapoints): void {
  for (const name of metricNames) {
    const point = points[name] ?? null;
    const column = columns.get(name);
    if (column !== undefined) column.push(point);
    else if (point !== null) columns.set(name, [...nothing(minute), point]);
  }
}

const nothing = (minutes: number): null[] => new Array<null>(minutes).fill(null);

/** The minutes [from, until); those at the `missing` places have no datapoints. */
function series(columns: Columns, from: number, until: number, missing: readonly number[]): Series {
  const all: Partial<Record<MetricName, readonly (number | null)[]>> = {};
  const never = nothing(until - from);
  for (const name of metricNames) {
    const shown = columns.get(name)?.slice(from, until);
    if (shown !== undefined) for (const place of missing) shown[place] = null;
    all[name] = shown ?? never;
  }
  return all;
}
