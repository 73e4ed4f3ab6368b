import { Duration } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  Metric,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { selfAlarmName } from '../../lambdas/contract/names.ts';
import { ownMetrics } from '../../lambdas/contract/own-metrics.ts';
import type { Install } from '../config/recovery.ts';
import type { Nets } from './nets.ts';

export type SelfAlarmsProps = {
  readonly install: Install;
  readonly topic: ITopic;
  readonly nets: Nets;
  /** Every function of the pipeline by its name. */
  readonly functions: Readonly<Record<string, IFunction>>;
  readonly workflowEnded: IFunction;
  readonly operatorApi: HttpApi;
  readonly messageTopics: readonly string[];
};

/**
 * What ails Paramedic, as a sentence, and the metric that shows it: more than none in five minutes is too many. With `silence`
 * it is the other way round: none, or no data, is too few.
 */
type Ailment = { readonly name: string; readonly says: string; readonly metric: IMetric; readonly silence?: true };

const fiveMinutes = Duration.minutes(5);

/** Alarms on Paramedic's own failures. They go to the topic no function of Paramedic publishes to, and open no incident. */
export class SelfAlarms extends Construct {
  readonly alarms: readonly Alarm[];

  constructor(scope: Construct, id: string, props: SelfAlarmsProps) {
    super(scope, id);
    const ailments = [
      ...netAilments(props),
      ...functionAilments(props),
      apiAilment(props),
      settingsAilment(props),
      heartbeatAilment(props),
      ...fleetAilments(props),
      ...topicAilments(props),
    ];
    this.alarms = ailments.map((ailment) => this.#alarm(ailment, props));
  }

  #alarm({ name, says, metric, silence }: Ailment, { install, topic }: SelfAlarmsProps): Alarm {
    const section =
      install.runbook === null ? 'docs/runbook.md, "Paramedic itself"' : `${install.runbook}#paramedic-itself`;
    const alarm = new Alarm(this, name, {
      alarmName: selfAlarmName(install.name, name),
      alarmDescription: `${says} Runbook: ${section}`,
      metric,
      threshold: 0,
      comparisonOperator: silence
        ? ComparisonOperator.LESS_THAN_OR_EQUAL_TO_THRESHOLD
        : ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: silence ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    });
    const tell = new SnsAction(topic);
    alarm.addAlarmAction(tell);
    alarm.addOkAction(tell);
    return alarm;
  }
}

const depth = (queue: Queue): IMetric =>
  queue.metricApproximateNumberOfMessagesVisible({ period: fiveMinutes, statistic: Stats.MAXIMUM });

const netAilments = ({ nets }: SelfAlarmsProps): readonly Ailment[] => [
  {
    name: 'undelivered-signals',
    says: 'Events could not be delivered to on-signal; they wait in its dead-letter queue.',
    metric: depth(nets.undelivered),
  },
  {
    name: 'failed-signals',
    says: 'on-signal failed on events for good; they wait in its failure queue.',
    metric: depth(nets.failedSignals),
  },
  {
    name: 'failed-workflows',
    says: 'Workflows could not be started or closed; what they were about waits in their queue.',
    metric: depth(nets.failedWorkflows),
  },
];

function functionAilments({ functions, workflowEnded }: SelfAlarmsProps): readonly Ailment[] {
  return [
    ...Object.entries(functions).map(([name, one]) => ({
      name: `${name}-errors`,
      says: `The function ${name} fails.`,
      metric: one.metricErrors({ period: fiveMinutes, statistic: Stats.SUM }),
    })),
    ...throttleAilments(Object.values(functions)),
    {
      name: 'workflow-died',
      says: 'The workflow of an incident ended before its time; the incident was handed over.',
      metric: workflowEnded.metricInvocations({ period: fiveMinutes, statistic: Stats.SUM }),
    },
  ];
}

/** Metrics that one alarm may add up (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-limits.html). */
const mostMetrics = 10;

/** `throttled`, and a further one for each ten functions more. */
function throttleAilments(functions: readonly IFunction[]): readonly Ailment[] {
  const tens = Array.from({ length: Math.ceil(functions.length / mostMetrics) }, (_, ten) =>
    functions.slice(ten * mostMetrics, (ten + 1) * mostMetrics),
  );
  return tens.map((some, ten) => ({
    name: ten === 0 ? 'throttled' : `throttled-${ten + 1}`,
    says: 'Functions of Paramedic are throttled.',
    metric: new MathExpression({
      expression: 'SUM(METRICS())',
      usingMetrics: Object.fromEntries(
        some.map((one, n) => [`m${n + 1}`, one.metricThrottles({ period: fiveMinutes, statistic: Stats.SUM })]),
      ),
      period: fiveMinutes,
      label: 'throttles',
    }),
  }));
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html */
const apiAilment = ({ operatorApi }: SelfAlarmsProps): Ailment => ({
  name: 'api-failures',
  says: 'People who asked Paramedic for something got no answer: the API, or the function behind it, failed.',
  metric: operatorApi.metricServerError({ period: fiveMinutes, statistic: Stats.SUM }),
});

const ownCount = ({ install }: SelfAlarmsProps, metricName: string): IMetric =>
  new Metric({
    namespace: ownMetrics.namespace,
    metricName,
    dimensionsMap: { [ownMetrics.dimension]: install.name },
    period: fiveMinutes,
    statistic: Stats.SUM,
  });

const settingsAilment = (props: SelfAlarmsProps): Ailment => ({
  name: 'settings-unusable',
  says: 'The configuration of a service in trouble is missing or invalid: nothing was done for it, and its owner may not know.',
  metric: ownCount(props, ownMetrics.settingsUnusable),
});

/** Sweeps that may fail in a row before people are told. */
const sweepsMissed = 5;

/** The heart beats with every sweep that did all it had to: with the schedule, the function, the ledger and CloudWatch well. */
const heartbeatAilment = ({ install }: SelfAlarmsProps): Ailment => ({
  name: 'heartbeat',
  says: 'Paramedic may have stopped: no sweep has done all its parts for a while, so that what no event tells of goes unseen.',
  metric: new Metric({
    namespace: ownMetrics.namespace,
    metricName: ownMetrics.heartbeat,
    dimensionsMap: { [ownMetrics.dimension]: install.name },
    period: Duration.minutes(sweepsMissed * install.sweepEvery.minutes),
    statistic: Stats.SUM,
  }),
  silence: true,
});

const fleetAilments = (props: SelfAlarmsProps): readonly Ailment[] => [
  {
    name: 'velocity-reset',
    says: 'What was done to a service did not help: Paramedic treats one service at a time again.',
    metric: ownCount(props, ownMetrics.velocityReset),
  },
  {
    name: 'error-budget-spent',
    says: 'What Paramedic did lately failed too often: it only observes, until a person resumes it or that is a while ago.',
    metric: ownCount(props, ownMetrics.demoted),
  },
];

/**
 * A message was published and nobody got it. SNS counts no subscriptions, but it counts deliveries
 * (https://docs.aws.amazon.com/sns/latest/dg/sns-monitoring-using-cloudwatch.html).
 */
function topicAilments({ messageTopics }: SelfAlarmsProps): readonly Ailment[] {
  return messageTopics.map((arn): Ailment => {
    const topic = arn.slice(arn.lastIndexOf(':') + 1);
    const count = (metricName: string) =>
      new Metric({
        namespace: 'AWS/SNS',
        metricName,
        dimensionsMap: { TopicName: topic },
        period: fiveMinutes,
        statistic: Stats.SUM,
      });
    return {
      name: `nobody-told-${topic}`,
      says: `Messages to ${topic} reach nobody: no subscription is confirmed, so Paramedic changes nothing on its services.`,
      metric: new MathExpression({
        // Published and not delivered. A topic without a subscription has never delivered anything, and what FILL makes of a
        // metric that was never there is not documented; operators take it for 0 where there is another one.
        expression: 'IF(published > published * delivered, 1, 0)',
        usingMetrics: {
          published: count('NumberOfMessagesPublished'),
          delivered: count('NumberOfNotificationsDelivered'),
        },
        period: fiveMinutes,
        label: 'told nobody',
      }),
    };
  });
}
