import type { AlarmSpec, Expression, MetricName } from './alarm.ts';

/** One value per whole minute, oldest first; null where CloudWatch has no datapoint. All metrics are equally long. */
export type Series = Readonly<Partial<Record<MetricName, readonly (number | null)[]>>>;
export type AlarmState = 'OK' | 'ALARM';

/**
 * The value of an expression at one minute of the series; null where it has none. As in CloudWatch, what is missing counts as
 * 0 beside something that is there, and as a value that was chosen; a division by zero has no value
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html).
 */
export function value(expression: Expression, series: Series, minute: number): number | null {
  switch (expression.op) {
    case 'metric':
      return series[expression.metric]?.[minute] ?? expression.missing ?? null;
    case 'sum':
      return sumOf(expression.of, series, minute);
    case 'excess':
      return ofBoth(value(expression.of, series, minute), value(expression.over, series, minute), excess);
    case 'percent':
      return ofBoth(value(expression.part, series, minute), value(expression.whole, series, minute), percent);
    case 'gate': {
      const opens = (value(expression.when, series, minute) ?? 0) >= expression.atLeast;
      return opens ? (value(expression.value, series, minute) ?? 0) : 0;
    }
  }
}

// No closures: alarms are evaluated over hours and in simulations by the million.

function sumOf(all: readonly Expression[], series: Series, minute: number): number | null {
  let sum: number | null = null;
  for (const each of all) sum = ofBoth(sum, value(each, series, minute), plus);
  return sum;
}

const plus = (a: number, b: number): number => a + b;
const excess = (of: number, over: number): number => Math.max(0, of - over);
const percent = (part: number, whole: number): number | null => (whole === 0 ? null : (100 * part) / whole);

const ofBoth = (a: number | null, b: number | null, compute: (a: number, b: number) => number | null): number | null =>
  a === null && b === null ? null : compute(a ?? 0, b ?? 0);

/** Does one minute breach the alarm's threshold? Missing data counts as the alarm says. */
export function breaches(alarm: AlarmSpec, series: Series, minute: number): boolean {
  const at = value(alarm.expression, series, minute);
  if (at === null) return alarm.missingData === 'breaching';
  return alarm.breachesWhen === 'above' ? at > alarm.policy.threshold : at < alarm.policy.threshold;
}

/** M of the last N minutes up to and including minute `last`. */
export function evaluate(alarm: AlarmSpec, series: Series, last: number): AlarmState {
  let breaching = 0;
  for (let minute = last - alarm.policy.of + 1; minute <= last; minute++) {
    if (minute >= 0 && breaches(alarm, series, minute)) breaching++;
  }
  return breaching >= alarm.policy.breaching ? 'ALARM' : 'OK';
}
