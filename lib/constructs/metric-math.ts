import type { Expression, MetricName } from '../../lambdas/contract/alarms/alarm.ts';
import { type MetricSource, metrics as sources } from '../../lambdas/contract/alarms/metrics.ts';
import { metricsIn } from '../../lambdas/contract/alarms/metrics-in.ts';

/** CloudWatch metric math, and the metrics its ids stand for (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html). */
export type MetricMath = {
  readonly expression: string;
  readonly metrics: readonly MetricInput[];
};
/** `group` is the place of its target group among those of the alarm. */
type MetricInput = { readonly id: string; readonly metric: MetricName; readonly group: number };

/**
 * Renders an alarm's expression so that CloudWatch computes what `evaluate` does, over so many target groups. Groups are
 * joined by operators: where one of two series has no value they take it for 0, and where neither has one there is none.
 * FILL would make a 0 of every newest minute whose datapoints are still on their way; what SUM and MAX make of a missing
 * value is not documented.
 */
export function metricMath(expression: Expression, groups = 1): MetricMath {
  const inputs = [...new Set(metricsIn(expression))].flatMap((metric) =>
    Array.from({ length: isOfGroup(metric) ? groups : 1 }, (_, group) => ({ metric, group })),
  );
  const metrics = inputs.map((input, index) => ({ id: `m${index + 1}`, ...input }));
  const across = (metric: MetricName): string =>
    metrics
      .filter((input) => input.metric === metric)
      .map(({ id }) => id)
      .reduce(joined[sources[metric].across]);
  return { expression: render(expression, across), metrics };
}

const joined: Readonly<Record<MetricSource['across'], (a: string, b: string) => string>> = {
  sum: (a, b) => `(${a} + ${b})`,
  max: (a, b) => `IF(${a} > ${b}, ${a}, ${b})`,
};

const isOfGroup = (metric: MetricName): boolean => sources[metric].dimensions === 'target-group';

function render(expression: Expression, inputsOf: (metric: MetricName) => string): string {
  const inner = (one: Expression) => render(one, inputsOf);
  switch (expression.op) {
    case 'metric':
      return expression.missing === undefined
        ? inputsOf(expression.metric)
        : `FILL(${inputsOf(expression.metric)}, ${expression.missing})`;
    case 'sum':
      return expression.of.length === 1
        ? expression.of.map(inner).join('')
        : `(${expression.of.map(inner).join(' + ')})`;
    case 'excess': {
      const [of, over] = [inner(expression.of), inner(expression.over)];
      return `IF(${of} > ${over}, ${of} - ${over}, 0)`;
    }
    case 'percent':
      return `100 * ${inner(expression.part)} / ${inner(expression.whole)}`;
    case 'gate':
      return `IF(${inner(expression.when)} >= ${expression.atLeast}, ${inner(expression.value)}, 0)`;
  }
}
