import type { MetricDataQuery, PutMetricAlarmCommandInput } from '@aws-sdk/client-cloudwatch';
import type { Gap } from '../harness/account.ts';
import { jsonReply } from '../harness/replies.ts';

type Alarm = PutMetricAlarmCommandInput;
/** What is wrong with an alarm; `undefined` when nothing is. */
type Rule = (alarm: Alarm) => string | undefined;

/**
 * Refuses in PutMetricAlarm what the documentation rules out; moto takes almost anything, and keeps what is right
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html,
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDataQuery.html).
 */
export const metricAlarms = (): Gap => ({
  operations: ['monitoring.PutMetricAlarm'],
  because: 'validation of metric alarms',
  answer: async ({ body }) => {
    for (const rule of rules) {
      const wrong = rule(body as Alarm);
      if (wrong !== undefined) return jsonReply({ __type: 'ValidationError', message: wrong }, 400);
    }
    return undefined;
  },
});

const operators: readonly string[] = [
  'GreaterThanOrEqualToThreshold',
  'GreaterThanThreshold',
  'LessThanThreshold',
  'LessThanOrEqualToThreshold',
];
const treatments: readonly string[] = ['breaching', 'notBreaching', 'ignore', 'missing'];
const statistic = /^(?:SampleCount|Average|Sum|Minimum|Maximum|IQM|p\d{1,2}(?:\.\d{1,10})?|t[mcs]\d{1,2}|wm\d{1,2})$/;
/** Those of the alarm itself, of which none may stand beside `Metrics`. */
const single = ['Namespace', 'MetricName', 'Dimensions', 'Period', 'Unit', 'Statistic', 'ExtendedStatistic'] as const;

const isPeriod = (seconds: number | undefined): boolean =>
  seconds !== undefined && ([10, 20, 30].includes(seconds) || (seconds > 0 && seconds % 60 === 0));
const unless = (isFine: boolean, wrong: string): string | undefined => (isFine ? undefined : wrong);
const expressions = (metrics: readonly MetricDataQuery[]) =>
  metrics.filter(({ Expression }) => Expression !== undefined);
const idsOf = (metrics: readonly MetricDataQuery[]): readonly string[] => metrics.map(({ Id }) => Id ?? '');

const ofAlarm: readonly Rule[] = [
  ({ AlarmName = '' }) => unless(/^\P{Cc}{1,255}$/u.test(AlarmName), 'AlarmName must have 1 to 255 characters.'),
  ({ AlarmDescription = '' }) => unless(AlarmDescription.length <= 1024, 'AlarmDescription is longer than 1024.'),
  ({ ComparisonOperator = '' }) => unless(operators.includes(ComparisonOperator), 'ComparisonOperator is not valid.'),
  ({ Threshold }) => unless(Number.isFinite(Threshold), 'Threshold must be a number.'),
  ({ EvaluationPeriods = 0 }) => unless(EvaluationPeriods >= 1, 'EvaluationPeriods must be at least 1.'),
  ({ EvaluationPeriods = 0, DatapointsToAlarm = EvaluationPeriods }) =>
    unless(
      DatapointsToAlarm >= 1 && DatapointsToAlarm <= EvaluationPeriods,
      'DatapointsToAlarm must be 1 to EvaluationPeriods.',
    ),
  ({ TreatMissingData = 'missing' }) => unless(treatments.includes(TreatMissingData), 'TreatMissingData is not valid.'),
  ({ Metrics, MetricName }) =>
    unless((Metrics === undefined) !== (MetricName === undefined), 'Either MetricName or Metrics must be given.'),
];

const ofOneMetric: readonly Rule[] = [
  ({ Period }) => unless(isPeriod(Period), 'Period must be 10, 20, 30 or a multiple of 60.'),
  ({ Statistic, ExtendedStatistic }) =>
    unless(
      (Statistic === undefined) !== (ExtendedStatistic === undefined),
      'Statistic or ExtendedStatistic, not both.',
    ),
  ({ Statistic, ExtendedStatistic }) =>
    unless(statistic.test(Statistic ?? ExtendedStatistic ?? ''), 'The statistic is not valid.'),
];

const ofMetrics: readonly Rule[] = [
  (alarm) =>
    unless(
      single.every((name) => alarm[name] === undefined),
      `None of ${single.join(', ')} beside Metrics.`,
    ),
  ({ Metrics = [] }) =>
    unless(
      idsOf(Metrics).every((id) => /^[a-z][A-Za-z0-9_]{0,254}$/.test(id)),
      'An Id is not valid.',
    ),
  ({ Metrics = [] }) => unless(new Set(idsOf(Metrics)).size === Metrics.length, 'Every Id must be there once.'),
  ({ Metrics = [] }) =>
    unless(
      Metrics.every(({ Expression, MetricStat }) => (Expression === undefined) !== (MetricStat === undefined)),
      'Either Expression or MetricStat, not both.',
    ),
  ({ Metrics = [] }) =>
    unless(
      expressions(Metrics).length <= 10 && Metrics.length - expressions(Metrics).length <= 10,
      'At most ten metrics and ten expressions.',
    ),
  ({ Metrics = [] }) =>
    unless(Metrics.filter(({ ReturnData }) => ReturnData !== false).length === 1, 'Exactly one must have ReturnData.'),
  ({ Metrics = [] }) =>
    unless(
      Metrics.every(({ MetricStat }) => MetricStat === undefined || isPeriod(MetricStat.Period)),
      'A Period must be 10, 20, 30 or a multiple of 60.',
    ),
  ({ Metrics = [] }) =>
    unless(
      Metrics.every(({ MetricStat }) => MetricStat === undefined || statistic.test(MetricStat.Stat ?? '')),
      'A Stat is not valid.',
    ),
  ({ Metrics = [] }) =>
    unless(
      expressions(Metrics).every(({ Expression = '' }) => namesNothingElse(Expression, idsOf(Metrics))),
      'An Expression is longer than 2048, or names what is not there.',
    ),
];

const rules: readonly Rule[] = [
  ...ofAlarm,
  ...ofOneMetric.map(
    (rule): Rule =>
      (alarm) =>
        alarm.Metrics === undefined ? rule(alarm) : undefined,
  ),
  ...ofMetrics.map(
    (rule): Rule =>
      (alarm) =>
        alarm.Metrics === undefined ? undefined : rule(alarm),
  ),
];

/** Functions are in capitals, ids begin with a small letter. */
const namesNothingElse = (expression: string, ids: readonly string[]): boolean =>
  expression.length <= 2048 && (expression.match(/\b[a-z]\w*/g) ?? []).every((name) => ids.includes(name));
