import type { AlarmSpec, Expression, MetricName } from './alarm.ts';

/** One value per whole minute, oldest first; null where CloudWatch has no datapoint. All metrics are equally long. */
export type Series = Readonly<Partial<Record<MetricName, readonly (number | null)[]>>>;
export type AlarmState = 'OK' | 'ALARM';

/** The value of an expression at one minute of the series; null where it has none. */
export function value(expression: Expression, series: Series, minute: number): number | null {
  switch (expression.op) {
    case 'metric':
      return series[expression.metric]?.[minute] ?? expression.missing ?? null;
    case 'sum':
      return expression.of.reduce<number | null>((sum, part) => {
        const next = value(part, series, minute);
        return sum === null || next === null ? null : sum + next;
      }, 0);
    case 'excess': {
      const [of, over] = [value(expression.of, series, minute), value(expression.over, series, minute)];
      return of === null || over === null ? null : Math.max(0, of - over);
    }
    case 'percent': {
      const [part, whole] = [value(expression.part, series, minute), value(expression.whole, series, minute)];
      return part === null || whole === null || whole === 0 ? null : (100 * part) / whole;
    }
    case 'gate':
      return (value(expression.when, series, minute) ?? 0) >= expression.atLeast
        ? value(expression.value, series, minute)
        : 0;
  }
}

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
