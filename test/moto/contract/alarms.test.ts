import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CloudWatchClient,
  DeleteAlarmsCommand,
  DescribeAlarmsCommand,
  type MetricAlarm,
  PutCompositeAlarmCommand,
  PutMetricAlarmCommand,
  type PutMetricAlarmCommandInput,
} from '@aws-sdk/client-cloudwatch';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountArn, ofType, recoveryWith, serviceInput, templates } from '../../stacks/synthesized.ts';
import { compositeAlarms } from '../gaps/composite-alarms.ts';
import { metricAlarms } from '../gaps/metric-alarms.ts';
import { Account } from '../harness/account.ts';

type Alarm = PutMetricAlarmCommandInput;

let account: Account;
beforeAll(async () => {
  account = await Account.open('200000000005', [metricAlarms(), compositeAlarms(() => account)]);
});
afterAll(() => account.close());

/** What CloudWatch calls a ValidationError, the SDK calls a ValidationException. */
const refusal = expect.objectContaining({ name: expect.stringMatching(/^Validation/), $fault: 'client' });

const client = (caller = 'test') => new CloudWatchClient({ ...account.client(caller), maxAttempts: 1 });
const put = (alarm: Alarm, caller?: string) => client(caller).send(new PutMetricAlarmCommand(alarm));

const group = (name: string) => accountArn('elasticloadbalancing', `targetgroup/${name}/0123456789abcdef`);
/** Every shape of service whose alarms differ. */
const services = {
  plain: serviceInput('plain'),
  groups: serviceInput('groups', { targetGroups: ['a', 'b', 'c', 'd', 'e'].map(group) }),
  dedicated: serviceInput('dedicated', { dedicatedLoadBalancer: true }),
  insights: serviceInput('insights', { containerInsights: true }),
};

/** The alarms as they are deployed; CloudFormation calls their properties as PutMetricAlarm does. */
const deployed: readonly Alarm[] = [...templates(recoveryWith(services))]
  .filter(([stack]) => stack.includes('-service-'))
  .flatMap(([, template]) => ofType(template, 'AWS::CloudWatch::Alarm'))
  .map(({ Properties }) => Properties as unknown as Alarm);

const latency = deployed.find(({ AlarmName }) => AlarmName === 'paramedic/prod/plain/latency') ?? ({} as Alarm);

const described = async (names: readonly string[]): Promise<readonly MetricAlarm[]> =>
  (await client().send(new DescribeAlarmsCommand({ AlarmNames: [...names] }))).MetricAlarms ?? [];

describe('the alarms of services in CloudWatch', () => {
  it('are those of every shape of service', () => {
    const kinds = new Set(deployed.map(({ AlarmName = '' }) => AlarmName.split('/').at(-1)?.replace(/-\d$/, '')));
    expect(kinds).toEqual(new Set(['latency', 'errors', 'unhealthy-targets', 'no-capacity', 'below-desired']));
    // Three kinds watch each of five target groups by itself.
    expect(deployed).toHaveLength(4 + (3 * 5 + 1) + 4 + 5);
  });

  it.each(deployed.map((alarm) => [String(alarm.AlarmName), alarm] as const))(
    '%s is accepted, and read back as it was meant',
    async (name, alarm) => {
      await put(alarm);
      const [found, ...others] = await described([name]);
      expect(others).toEqual([]);
      expect(found).toMatchObject(alarm as object);
      expect(found?.Metrics).toEqual(alarm.Metrics);
      expect(found).toMatchObject({ AlarmActions: [], OKActions: [], InsufficientDataActions: [] });
    },
  );

  it('changes under its name, and goes away by it', async () => {
    const AlarmName = 'paramedic/prod/changed/latency';
    for (const Threshold of [0.5, 1.5]) await put({ ...latency, AlarmName, Threshold });
    expect((await described([AlarmName])).map(({ Threshold }) => Threshold)).toEqual([1.5]);
    await client().send(new DeleteAlarmsCommand({ AlarmNames: [AlarmName] }));
    expect(await described([AlarmName])).toEqual([]);
  });
});

const withMetrics = (change: (query: NonNullable<Alarm['Metrics']>[number], place: number) => object): Alarm => ({
  ...latency,
  Metrics: latency.Metrics?.map((query, place) => ({ ...query, ...change(query, place) })),
});
const oneMetric: Alarm = {
  AlarmName: 'one',
  ComparisonOperator: 'GreaterThanThreshold',
  EvaluationPeriods: 1,
  Threshold: 1,
  Namespace: 'AWS/SQS',
  MetricName: 'ApproximateNumberOfMessagesVisible',
  Period: 60,
  Statistic: 'Sum',
};
const without = (alarm: Alarm, name: keyof Alarm): Alarm =>
  Object.fromEntries(Object.entries(alarm).filter(([each]) => each !== name)) as Alarm;
const every = ({ MetricStat }: { MetricStat?: object | undefined }, change: object) =>
  MetricStat === undefined ? {} : { MetricStat: { ...MetricStat, ...change } };

/** An alarm with one fault, and who refuses it besides our own reading of the documentation. */
const wrong: readonly (readonly [string, 'moto' | 'cfn-lint' | 'both' | 'nobody else', Alarm])[] = [
  ['Statistic and ExtendedStatistic', 'cfn-lint', { ...oneMetric, ExtendedStatistic: 'p95' }],
  ['UnknownExtendedStatistic', 'moto', { ...without(oneMetric, 'Statistic'), ExtendedStatistic: 'q95' }],
  ['UnknownStatistic', 'cfn-lint', { ...oneMetric, Statistic: 'Median' as 'Sum' }],
  ['Period45', 'cfn-lint', { ...oneMetric, Period: 45 }],
  ['Period45InMetrics', 'nobody else', withMetrics((query) => every(query, { Period: 45 }))],
  ['UnknownStatInMetrics', 'nobody else', withMetrics((query) => every(query, { Stat: 'Total' }))],
  ['DuplicateId', 'nobody else', withMetrics((_, place) => ({ Id: place === 0 ? 'value' : 'm1' }))],
  ['IdInCapitals', 'cfn-lint', withMetrics((query, place) => ({ Id: place === 0 ? 'Value' : query.Id }))],
  ['UnknownIdInExpression', 'nobody else', withMetrics((_, place) => (place === 0 ? { Expression: 'm1 + m9' } : {}))],
  ['TwoReturnData', 'nobody else', withMetrics((_, place) => ({ ReturnData: place < 2 }))],
  ['NoReturnData', 'nobody else', withMetrics(() => ({ ReturnData: false }))],
  ['UnknownComparison', 'cfn-lint', { ...latency, ComparisonOperator: 'IsAbove' as 'GreaterThanThreshold' }],
  ['NoComparison', 'nobody else', without(latency, 'ComparisonOperator')],
  ['NoEvaluationPeriods', 'nobody else', without(latency, 'EvaluationPeriods')],
  ['MoreDatapointsThanPeriods', 'nobody else', { ...latency, DatapointsToAlarm: 4 }],
  ['UnknownMissingData', 'cfn-lint', { ...latency, TreatMissingData: 'breach' }],
  ['ThresholdInWords', 'both', { ...latency, Threshold: 'high' as unknown as number }],
  ['MetricNameAndMetrics', 'cfn-lint', { ...latency, MetricName: 'RequestCount', Namespace: 'AWS/ApplicationELB' }],
  ['LongDescription', 'cfn-lint', { ...latency, AlarmDescription: 'x'.repeat(1025) }],
];
const named = wrong.map(([what, by, alarm], place) => {
  const id = what.replaceAll(' ', '');
  return { id, by, alarm: { ...alarm, AlarmName: `wrong-${place}` } };
});

/** The resources cfn-lint complains of. */
function complainedOf(alarms: Readonly<Record<string, Alarm>>): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'alarms-'));
  try {
    const file = join(folder, 'template.json');
    const resources = Object.entries(alarms).map(([id, Properties]) => [
      id,
      { Type: 'AWS::CloudWatch::Alarm', Properties },
    ]);
    writeFileSync(file, JSON.stringify({ Resources: Object.fromEntries(resources) }));
    const { stdout } = spawnSync('cfn-lint', ['-r', 'eu-central-1', '--format', 'json', file], { encoding: 'utf8' });
    const found = JSON.parse(stdout) as readonly { readonly Location: { readonly Path: readonly string[] } }[];
    return [...new Set(found.map(({ Location }) => Location.Path[1] ?? '?'))];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('an alarm with one property wrong', () => {
  it.each(named)('is refused: $id', async ({ alarm }) => {
    await expect(put(alarm)).rejects.toThrow(refusal);
  });

  it.each(named)('is refused by moto itself only where it looks: $id', async ({ alarm, by }) => {
    const refused = await put(alarm, Account.past).then(
      () => false,
      () => true,
    );
    expect(refused).toBe(by === 'moto' || by === 'both');
  });

  it('is found by cfn-lint where the fault is in one property, and not between several', () => {
    const right = Object.fromEntries(deployed.map((alarm, place) => [`Deployed${place}`, alarm]));
    const faulty = Object.fromEntries(named.map(({ id, alarm }) => [id, alarm]));
    const expected = named.filter(({ by }) => by === 'cfn-lint' || by === 'both').map(({ id }) => id);
    expect([...complainedOf({ ...right, ...faulty })].sort()).toEqual([...expected].sort());
  });
});

describe("a team's composite alarm over ours", () => {
  const [one, other] = ['paramedic/prod/plain/errors', 'paramedic/prod/plain/latency'];
  const AlarmName = 'team/plain-in-trouble';
  const AlarmRule = `ALARM("${one}") AND (ALARM("${other}") OR NOT OK(${other}))`;
  const find = async (AlarmNamePrefix: string) =>
    client().send(new DescribeAlarmsCommand({ AlarmNamePrefix, AlarmTypes: ['CompositeAlarm', 'MetricAlarm'] }));

  it('is kept and shown beside the metric alarms, until it is deleted', async () => {
    await client().send(new PutCompositeAlarmCommand({ AlarmName, AlarmRule }));
    const { CompositeAlarms } = await find('team/');
    expect(CompositeAlarms).toEqual([
      {
        AlarmName,
        AlarmRule,
        AlarmArn: account.arn('cloudwatch', `alarm:${AlarmName}`),
        ActionsEnabled: true,
        StateValue: 'INSUFFICIENT_DATA',
      },
    ]);
    const ours = await find('paramedic/prod/plain/');
    expect([ours.CompositeAlarms, ours.MetricAlarms?.length]).toEqual([[], 4]);
    await client().send(new DeleteAlarmsCommand({ AlarmNames: [AlarmName] }));
    expect((await find('team/')).CompositeAlarms).toEqual([]);
  });

  it.each(['', 'ALARM(a) ALARM(b)', 'ALARM(a', 'FIRING(a)', 'ALARM(a) AND', 'NOT'])(
    'is refused with the rule "%s"',
    async (rule) => {
      const refused = client().send(new PutCompositeAlarmCommand({ AlarmName, AlarmRule: rule }));
      await expect(refused).rejects.toThrow(refusal);
    },
  );
});
