import { CloudWatchClient, type Dimension, type MetricDatum, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import type { ServiceResources } from '../../../lambdas/contract/settings.ts';
import type { Account } from '../harness/account.ts';
import type { Minute } from './minute.ts';

/** Seconds: what a request takes. */
const responseTime = 0.05;

/**
 * What ALB and ECS publish of a service in a minute
 * (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html,
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/available-metrics.html). A count of nothing is not published.
 */
export class PublishedMetrics {
  readonly #client: CloudWatchClient;
  readonly #resources: ServiceResources;

  constructor(account: Account, resources: ServiceResources) {
    this.#client = new CloudWatchClient(account.client('service'));
    this.#resources = resources;
  }

  async publish(minutes: readonly Minute[]): Promise<void> {
    if (minutes.length === 0) return;
    const put = (Namespace: string, of: (minute: Minute) => readonly MetricDatum[]) =>
      this.#client.send(new PutMetricDataCommand({ Namespace, MetricData: minutes.flatMap(of) }));
    await put('AWS/ApplicationELB', (minute) => this.#ofTargetGroups(minute));
    await put('AWS/ECS', (minute) => this.#ofService(minute));
  }

  #ofTargetGroups(minute: Minute): readonly MetricDatum[] {
    const { requests, errors, healthy } = minute;
    return this.#resources.targetGroups.flatMap((group) => {
      const dimensions = [
        { Name: 'TargetGroup', Value: group.slice(group.indexOf('targetgroup/')) },
        { Name: 'LoadBalancer', Value: this.#resources.loadBalancer },
      ];
      return [
        ...(requests > 0 ? [datum(minute, 'RequestCount', requests, dimensions)] : []),
        ...(requests > errors ? [datum(minute, 'HTTPCode_Target_2XX_Count', requests - errors, dimensions)] : []),
        ...(errors > 0 ? [datum(minute, 'HTTPCode_Target_5XX_Count', errors, dimensions)] : []),
        ...(requests > 0 ? [datum(minute, 'TargetResponseTime', responseTime, dimensions)] : []),
        datum(minute, 'HealthyHostCount', healthy, dimensions),
        datum(minute, 'UnHealthyHostCount', 0, dimensions),
      ];
    });
  }

  #ofService(minute: Minute): readonly MetricDatum[] {
    const { cluster, service } = this.#resources;
    const dimensions = [
      { Name: 'ClusterName', Value: cluster.slice(cluster.lastIndexOf('/') + 1) },
      { Name: 'ServiceName', Value: service },
    ];
    return [
      datum(minute, 'MemoryUtilization', minute.memory, dimensions),
      datum(minute, 'CPUUtilization', 20, dimensions),
    ];
  }
}

const datum = ({ start }: Minute, MetricName: string, Value: number, Dimensions: Dimension[]): MetricDatum => ({
  MetricName,
  Value,
  Dimensions,
  Timestamp: new Date(start),
});
