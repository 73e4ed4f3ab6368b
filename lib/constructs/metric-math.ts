import type { Expression, MetricName } from '../../lambdas/contract/alarms/alarm.ts';
import { metrics as sources } from '../../lambdas/contract/alarms/metrics.ts';
import { metricsIn } from '../../lambdas/contract/alarms/metrics-in.ts';

/** CloudWatch metric math, and the metrics its ids stand for (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html). */
export type MetricMath = {
  readonly expression: string;
  readonly metrics: readonly MetricInput[];
};
/** `group` is the place of its target group among those of the alarm. */
type MetricInput = { readonly id: string; readonly metric: MetricName; readonly group: number };

/**
 * Renders an alarm's expression so that CloudWatch computes what `evaluate` does, over so many target groups. A group that
 * publishes nothing is filled with 0, since a value that is missing makes the whole expression missing.
 */
export function metricMath(expression: Expression, groups = 1): MetricMath {
  const inputs = [...new Set(metricsIn(expression))].flatMap((metric) =>
    Array.from({ length: isOfGroup(metric) ? groups : 1 }, (_, group) => ({ metric, group })),
  );
  const metrics = inputs.map((input, index) => ({ id: `m${index + 1}`, ...input }));
  const across = (metric: MetricName): string => {
    const [first = '', ...others] = metrics.filter((input) => input.metric === metric).map(({ id }) => id);
    if (others.length === 0) return first;
    return `${sources[metric].across.toUpperCase()}([${[first, ...others].map((id) => `FILL(${id}, 0)`).join(', ')}])`;
  };
  return { expression: render(expression, across), metrics };
}

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
