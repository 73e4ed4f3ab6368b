import type { Expression, MetricName } from '../../lambdas/contract/alarms/alarm.ts';

/** CloudWatch metric math, and the metrics its ids stand for (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html). */
export type MetricMath = {
  readonly expression: string;
  readonly metrics: readonly { readonly id: string; readonly metric: MetricName }[];
};

/** The metrics an expression reads, each once, in the order they appear. */
function metricsIn(expression: Expression): readonly MetricName[] {
  switch (expression.op) {
    case 'metric':
      return [expression.metric];
    case 'sum':
      return expression.of.flatMap(metricsIn);
    case 'excess':
      return [...metricsIn(expression.of), ...metricsIn(expression.over)];
    case 'percent':
      return [...metricsIn(expression.part), ...metricsIn(expression.whole)];
    case 'gate':
      return [...metricsIn(expression.when), ...metricsIn(expression.value)];
  }
}

/** Renders an alarm's expression so that CloudWatch computes what `evaluate` does. */
export function metricMath(expression: Expression): MetricMath {
  const metrics = [...new Set(metricsIn(expression))].map((metric, index) => ({ id: `m${index + 1}`, metric }));
  const ids = new Map(metrics.map(({ id, metric }) => [metric, id]));
  return { expression: render(expression, (metric) => ids.get(metric) ?? metric), metrics };
}

function render(expression: Expression, idOf: (metric: MetricName) => string): string {
  const inner = (one: Expression) => render(one, idOf);
  switch (expression.op) {
    case 'metric':
      return expression.missing === undefined
        ? idOf(expression.metric)
        : `FILL(${idOf(expression.metric)}, ${expression.missing})`;
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
