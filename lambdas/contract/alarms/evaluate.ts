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
  const at = (one: Expression) => value(one, series, minute);
  switch (expression.op) {
    case 'metric':
      return series[expression.metric]?.[minute] ?? expression.missing ?? null;
    case 'sum':
      return expression.of.map(at).reduce((sum, next) => ofBoth(sum, next, (a, b) => a + b), null);
    case 'excess':
      return ofBoth(at(expression.of), at(expression.over), (of, over) => Math.max(0, of - over));
    case 'percent':
      return ofBoth(at(expression.part), at(expression.whole), (part, whole) =>
        whole === 0 ? null : (100 * part) / whole,
      );
    case 'gate':
      return (at(expression.when) ?? 0) >= expression.atLeast ? (at(expression.value) ?? 0) : 0;
  }
}

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
