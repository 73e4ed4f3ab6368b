import type { Expression, MetricName } from './alarm.ts';

/** The metrics an expression reads, in the order they appear; one that is read twice is there twice. */
export function metricsIn(expression: Expression): readonly MetricName[] {
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
