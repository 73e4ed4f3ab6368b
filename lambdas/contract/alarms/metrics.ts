import type { ServiceResources } from '../settings.ts';
import type { MetricName } from './alarm.ts';

export type MetricSource = {
  readonly namespace: 'AWS/ApplicationELB' | 'AWS/ECS' | 'ECS/ContainerInsights';
  readonly name: string;
  /** A fixed statistic, or the percentile the service is configured with. */
  readonly statistic: 'Sum' | 'Minimum' | 'Maximum' | 'Average' | 'percentile';
  readonly dimensions: 'target-group' | 'load-balancer' | 'service';
  /** How values of several target groups become one, for alarms over all of them. */
  readonly across: 'sum' | 'max';
};

const perGroup = (name: string): MetricSource => ({
  namespace: 'AWS/ApplicationELB',
  name,
  statistic: 'Sum',
  dimensions: 'target-group',
  across: 'sum',
});

const perService = (namespace: MetricSource['namespace'], name: string): MetricSource => ({
  namespace,
  name,
  statistic: 'Average',
  dimensions: 'service',
  across: 'max',
});

/**
 * What CloudWatch calls our metrics
 * (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html,
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/available-metrics.html).
 */
export const metrics: Readonly<Record<MetricName, MetricSource>> = {
  requests: perGroup('RequestCount'),
  target2xx: perGroup('HTTPCode_Target_2XX_Count'),
  target3xx: perGroup('HTTPCode_Target_3XX_Count'),
  target4xx: perGroup('HTTPCode_Target_4XX_Count'),
  target5xx: perGroup('HTTPCode_Target_5XX_Count'),
  connectionErrors: perGroup('TargetConnectionErrorCount'),
  elb5xx: { ...perGroup('HTTPCode_ELB_5XX_Count'), dimensions: 'load-balancer' },
  latency: { ...perGroup('TargetResponseTime'), statistic: 'percentile', across: 'max' },
  healthyHosts: { ...perGroup('HealthyHostCount'), statistic: 'Minimum', across: 'max' },
  unhealthyHosts: { ...perGroup('UnHealthyHostCount'), statistic: 'Maximum', across: 'max' },
  running: perService('ECS/ContainerInsights', 'RunningTaskCount'),
  desired: perService('ECS/ContainerInsights', 'DesiredTaskCount'),
  memory: perService('AWS/ECS', 'MemoryUtilization'),
  cpu: perService('AWS/ECS', 'CPUUtilization'),
};

/**
 * Does CloudWatch publish it of a service configured like that? HTTPCode_ELB_* speaks of the whole load balancer, and task
 * counts need Container Insights.
 */
export function isPublished(
  { dimensions, namespace }: MetricSource,
  resources: Pick<ServiceResources, 'dedicatedLoadBalancer' | 'containerInsights'>,
): boolean {
  if (dimensions === 'load-balancer') return resources.dedicatedLoadBalancer;
  return namespace !== 'ECS/ContainerInsights' || resources.containerInsights;
}
