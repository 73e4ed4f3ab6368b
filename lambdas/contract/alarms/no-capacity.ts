import type { AlarmDefinition } from './alarm.ts';

/**
 * Too few targets are healthy, in the target group that has most of them: the idle group of a blue/green pair has none, and
 * HealthyHostCount is reported only while targets are registered
 * (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html). Missing data
 * breaches: with no target at all none of the other alarms speaks, since RequestCount needs a chosen target and 503s carry
 * no target group.
 */
export const noCapacity: AlarmDefinition = ({ alarms }) =>
  alarms['no-capacity'] === null
    ? undefined
    : {
        kind: 'no-capacity',
        means: 'Too few targets are healthy to serve at all.',
        expression: { op: 'metric', metric: 'healthyHosts' },
        breachesWhen: 'below',
        missingData: 'breaching',
        scope: 'all-groups',
        policy: alarms['no-capacity'],
      };
