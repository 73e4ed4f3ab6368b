import type { AlarmSpec, Expression, MetricName } from '../../../lambdas/contract/alarms/alarm.ts';
import { metrics } from '../../../lambdas/contract/alarms/metrics.ts';
import type { ServiceSettings } from '../../../lambdas/contract/settings.ts';
import { targetGroupDimension } from './account.ts';

/** One entry of an alarm event's `configuration.metrics`. */
export type MetricEntry =
  | { readonly id: string; readonly expression: string; readonly label: string; readonly returnData: true }
  | {
      readonly id: string;
      readonly metricStat: {
        readonly metric: {
          readonly namespace: string;
          readonly name: string;
          readonly dimensions: Readonly<Record<string, string>>;
        };
        readonly period: 60;
        readonly stat: string;
      };
      readonly returnData: boolean;
    };

/** What CloudWatch says an alarm computes: one metric, or an expression over several. */
export function metricEntries(spec: AlarmSpec, settings: ServiceSettings, group: number): readonly MetricEntry[] {
  if (spec.expression.op === 'metric') return [metricEntry(spec.expression.metric, settings, group, true)];
  const used = [...new Set(metricsIn(spec.expression))];
  return [
    { id: 'value', expression: rendered(spec.expression), label: spec.means, returnData: true },
    ...used.map((metric) => metricEntry(metric, settings, group, false)),
  ];
}

function metricEntry(metric: MetricName, settings: ServiceSettings, group: number, returnData: boolean): MetricEntry {
  const { namespace, name, statistic } = metrics[metric];
  const stat = statistic === 'percentile' ? settings.latencyPercentile : statistic;
  const dimensions = dimensionsOf(metric, settings, group);
  return { id: metric, metricStat: { metric: { namespace, name, dimensions }, period: 60, stat }, returnData };
}

function dimensionsOf(metric: MetricName, { resources }: ServiceSettings, group: number): Record<string, string> {
  const source = metrics[metric].dimensions;
  if (source === 'service') {
    return { ClusterName: resources.cluster.split('/').at(-1) ?? resources.cluster, ServiceName: resources.service };
  }
  const loadBalancer = { LoadBalancer: resources.loadBalancer };
  if (source === 'load-balancer') return loadBalancer;
  return { ...loadBalancer, TargetGroup: targetGroupDimension(resources.targetGroups[group] ?? '') };
}

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

function rendered(expression: Expression): string {
  switch (expression.op) {
    case 'metric':
      return expression.missing === 0 ? `FILL(${expression.metric}, 0)` : expression.metric;
    case 'sum':
      return `(${expression.of.map(rendered).join(' + ')})`;
    case 'excess': {
      const difference = `${rendered(expression.of)} - ${rendered(expression.over)}`;
      return `IF(${difference} > 0, ${difference}, 0)`;
    }
    case 'percent':
      return `100 * ${rendered(expression.part)} / ${rendered(expression.whole)}`;
    case 'gate':
      return `IF(${rendered(expression.when)} >= ${expression.atLeast}, ${rendered(expression.value)}, 0)`;
  }
}
