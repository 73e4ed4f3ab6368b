import {
  CloudWatchClient,
  DeleteAlarmsCommand,
  DescribeAlarmsCommand,
  type MetricAlarm,
  PutMetricAlarmCommand,
  type PutMetricAlarmCommandInput,
} from '@aws-sdk/client-cloudwatch';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountArn, ofType, recoveryWith, serviceInput, templates } from '../../stacks/synthesized.ts';
import { metricAlarms } from '../gaps/metric-alarms.ts';
import { Account } from '../harness/account.ts';

type Alarm = PutMetricAlarmCommandInput;

let account: Account;
beforeAll(async () => {
  account = await Account.open('200000000005', [metricAlarms()]);
});
afterAll(() => account.close());

const client = () => new CloudWatchClient({ ...account.client(), maxAttempts: 1 });
const put = (alarm: Alarm) => client().send(new PutMetricAlarmCommand(alarm));

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
