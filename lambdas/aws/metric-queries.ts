import type { Dimension, MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { type MetricName, metricNames } from '../contract/alarms/alarm.ts';
import { isPublished, type MetricSource, metrics } from '../contract/alarms/metrics.ts';
import type { ServiceResources, ServiceSettings } from '../contract/settings.ts';
import { lastPart } from './answers.ts';

/** One metric to ask for; `group` is its target group, null for a metric of the service itself. */
export type PlannedQuery = {
  readonly id: string;
  readonly metric: MetricName;
  readonly group: string | null;
  readonly query: MetricDataQuery;
};

/** Everything CloudWatch publishes of a service that is configured to have it. */
export function metricQueries(settings: ServiceSettings): readonly PlannedQuery[] {
  const { resources } = settings;
  const wanted = metricNames.filter((name) => isPublished(metrics[name], resources));
  const ofService = wanted.filter((name) => metrics[name].dimensions === 'service');
  const ofGroups = wanted.filter((name) => metrics[name].dimensions !== 'service');
  return [
    ...resources.targetGroups.flatMap((group, index) =>
      ofGroups.map((name) => planned(`g${index}_${name}`, name, group, settings)),
    ),
    ...ofService.map((name) => planned(`s_${name}`, name, null, settings)),
  ];
}

function planned(id: string, metric: MetricName, group: string | null, settings: ServiceSettings): PlannedQuery {
  const { namespace, name, statistic, dimensions } = metrics[metric];
  const query: MetricDataQuery = {
    Id: id,
    MetricStat: {
      Metric: {
        Namespace: namespace,
        MetricName: name,
        Dimensions: dimensionsOf(dimensions, group, settings.resources),
      },
      Period: 60,
      Stat: statistic === 'percentile' ? settings.latencyPercentile : statistic,
    },
    ReturnData: true,
  };
  return { id, metric, group, query };
}

function dimensionsOf(
  kind: MetricSource['dimensions'],
  group: string | null,
  resources: ServiceResources,
): Dimension[] {
  const loadBalancer = { Name: 'LoadBalancer', Value: resources.loadBalancer };
  if (kind === 'service')
    return [
      { Name: 'ClusterName', Value: lastPart(resources.cluster) },
      { Name: 'ServiceName', Value: resources.service },
    ];
  return kind === 'load-balancer' || group === null
    ? [loadBalancer]
    : [{ Name: 'TargetGroup', Value: targetGroupDimension(group) }, loadBalancer];
}

/** `targetgroup/name/id`, the end of the ARN (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html). */
function targetGroupDimension(arn: string): string {
  const start = arn.indexOf(':targetgroup/');
  if (start < 0) throw new Error(`"${arn}" is not the ARN of a target group.`);
  return arn.slice(start + 1);
}
