import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { AlarmSpec, MetricName } from '../../lambdas/contract/alarms/alarm.ts';
import { alarmsOf } from '../../lambdas/contract/alarms/alarms.ts';
import { type MetricSource, metrics } from '../../lambdas/contract/alarms/metrics.ts';
import { groupsOfAlarms } from '../../lambdas/contract/alarms/watched.ts';
import { alarmName } from '../../lambdas/contract/names.ts';
import type { ServiceSettings } from '../../lambdas/contract/settings.ts';
import { lastPart, parseArn } from '../config/arn.ts';
import { metricMath } from './metric-math.ts';

export type ServiceAlarmsProps = {
  readonly settings: ServiceSettings;
  /** Where docs/runbook.md is published; null when it is not. */
  readonly runbook: string | null;
};

/**
 * The alarms of one service, as the contract defines them: what is deployed here is what simulator, tuning and verification
 * evaluate. They have no actions: EventBridge hears every change of state, and Paramedic tells people, once.
 */
export class ServiceAlarms extends Construct {
  constructor(scope: Construct, id: string, { settings, runbook }: ServiceAlarmsProps) {
    super(scope, id);
    for (const spec of alarmsOf(settings)) {
      for (const [index, targetGroups] of groupsOfAlarms(spec, settings.resources.targetGroups).entries())
        new CfnAlarm(this, index === 0 ? spec.kind : `${spec.kind}-${index + 1}`, {
          alarmName: alarmName(settings.pipeline, settings.id, spec.kind, index),
          alarmDescription: description(spec, settings, runbook, targetGroups),
          comparisonOperator: spec.breachesWhen === 'above' ? 'GreaterThanThreshold' : 'LessThanThreshold',
          threshold: spec.policy.threshold,
          datapointsToAlarm: spec.policy.breaching,
          evaluationPeriods: spec.policy.of,
          treatMissingData: spec.missingData === 'breaching' ? 'breaching' : 'notBreaching',
          metrics: queries(spec, settings, targetGroups),
        });
    }
  }
}

/**
 * A sentence for whoever finds the alarm in the console, and where to read on: the team's runbook as it is, and, where ours
 * is published, the section on this alarm. At most 1,024 characters.
 */
function description(
  spec: AlarmSpec,
  settings: ServiceSettings,
  runbook: string | null,
  targetGroups: readonly string[],
): string {
  const names = targetGroups.map((arn) => arn.split('/')[1]).join(', ');
  const groups = names === '' ? '' : ` Target group${targetGroups.length > 1 ? 's' : ''}: ${names}.`;
  const section = runbook === null ? '' : ` About this alarm: ${runbook.replace(/#.*$/, '')}#alarm-${spec.kind}`;
  return `${settings.id}: ${spec.means}${groups} Runbook: ${settings.runbook}${section}`;
}

function queries(spec: AlarmSpec, settings: ServiceSettings, targetGroups: readonly string[]) {
  const math = metricMath(spec.expression, targetGroups.length);
  const [first] = math.metrics;
  const bare = math.metrics.length === 1 && first?.id === math.expression;
  const inputs = math.metrics.map(({ id, metric, group }) => query(id, metric, settings, targetGroups[group], bare));
  return bare ? inputs : [{ id: 'value', expression: math.expression, label: spec.kind, returnData: true }, ...inputs];
}

function query(
  id: string,
  metric: MetricName,
  settings: ServiceSettings,
  targetGroup: string | undefined,
  returnData: boolean,
): CfnAlarm.MetricDataQueryProperty {
  const source = metrics[metric];
  return {
    id,
    metricStat: {
      metric: {
        namespace: source.namespace,
        metricName: source.name,
        dimensions: dimensions(source, settings, targetGroup),
      },
      period: 60,
      stat: source.statistic === 'percentile' ? settings.latencyPercentile : source.statistic,
    },
    returnData,
  };
}

function dimensions(source: MetricSource, { resources }: ServiceSettings, targetGroup: string | undefined) {
  const loadBalancer = { name: 'LoadBalancer', value: resources.loadBalancer };
  switch (source.dimensions) {
    case 'load-balancer':
      return [loadBalancer];
    case 'target-group':
      return [loadBalancer, { name: 'TargetGroup', value: parseArn(targetGroup ?? '')?.resource ?? '' }];
    case 'service':
      return [
        { name: 'ClusterName', value: lastPart(resources.cluster) },
        { name: 'ServiceName', value: resources.service },
      ];
  }
}
