import type { MetricName } from './alarm.ts';
import type { Series } from './evaluate.ts';
import { type MetricSource, metrics } from './metrics.ts';

const joined: Readonly<Record<MetricSource['across'], (a: number, b: number) => number>> = {
  sum: (a, b) => a + b,
  max: Math.max,
};

/**
 * The series of several target groups as one. A group without a datapoint does not count, as the idle one of a blue/green
 * pair; a minute in which no group has one has none.
 */
export function acrossGroups(groups: readonly Series[]): Series {
  const [first = {}, ...others] = groups;
  return others.reduce(both, first);
}

function both(a: Series, b: Series): Series {
  const names = new Set([...Object.keys(a), ...Object.keys(b)] as MetricName[]);
  return Object.fromEntries(
    [...names].map((name) => [name, minutes(metrics[name].across, a[name] ?? [], b[name] ?? [])]),
  );
}

function minutes(
  across: MetricSource['across'],
  a: readonly (number | null)[],
  b: readonly (number | null)[],
): readonly (number | null)[] {
  const join = joined[across];
  const longer = a.length < b.length ? b : a;
  return longer.map((_, minute) => {
    const [one = null, other = null] = [a[minute], b[minute]];
    return one === null || other === null ? (one ?? other) : join(one, other);
  });
}
