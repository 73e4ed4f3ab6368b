import type { AlarmSpec, Expression, MetricName } from '../../../lambdas/contract/alarms/alarm.ts';
import { metrics } from '../../../lambdas/contract/alarms/metrics.ts';
import { metricsIn } from '../../../lambdas/contract/alarms/metrics-in.ts';
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
export function metricEntries(
  spec: AlarmSpec,
  settings: ServiceSettings,
  groups: readonly number[],
): readonly MetricEntry[] {
  const [group = 0, ...others] = groups;
  if (spec.expression.op === 'metric' && others.length === 0)
    return [metricEntry(spec.expression.metric, spec.expression.metric, settings, group, true)];
  const used = [...new Set(metricsIn(spec.expression))];
  return [
    { id: 'value', expression: rendered(spec.expression, groups), label: spec.means, returnData: true },
    ...used.flatMap((metric) =>
      idsOf(metric, groups).map((id, index) => metricEntry(id, metric, settings, groups[index] ?? 0, false)),
    ),
  ];
}

/** A metric's id for each of the alarm's target groups: its name, and from the second on its place. */
const idsOf = (metric: MetricName, groups: readonly number[]): readonly string[] =>
  metrics[metric].dimensions === 'target-group'
    ? groups.map((_, index) => (index === 0 ? metric : `${metric}${index + 1}`))
    : [metric];

function metricEntry(
  id: string,
  metric: MetricName,
  settings: ServiceSettings,
  group: number,
  returnData: boolean,
): MetricEntry {
  const { namespace, name, statistic } = metrics[metric];
  const stat = statistic === 'percentile' ? settings.latencyPercentile : statistic;
  const dimensions = dimensionsOf(metric, settings, group);
  return { id, metricStat: { metric: { namespace, name, dimensions }, period: 60, stat }, returnData };
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

function rendered(expression: Expression, groups: readonly number[]): string {
  const inner = (one: Expression): string => rendered(one, groups);
  switch (expression.op) {
    case 'metric': {
      const value = acrossGroups(expression.metric, groups);
      return expression.missing === 0 ? `FILL(${value}, 0)` : value;
    }
    case 'sum':
      return `(${expression.of.map(inner).join(' + ')})`;
    case 'excess': {
      const difference = `${inner(expression.of)} - ${inner(expression.over)}`;
      return `IF(${difference} > 0, ${difference}, 0)`;
    }
    case 'percent':
      return `100 * ${inner(expression.part)} / ${inner(expression.whole)}`;
    case 'gate':
      return `IF(${inner(expression.when)} >= ${expression.atLeast}, ${inner(expression.value)}, 0)`;
  }
}

function acrossGroups(metric: MetricName, groups: readonly number[]): string {
  const isSum = metrics[metric].across === 'sum';
  return idsOf(metric, groups).reduce((a, b) => (isSum ? `(${a} + ${b})` : `IF(${a} > ${b}, ${a}, ${b})`));
}
