import { CloudWatchClient, PutMetricAlarmCommand, SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { awsAlarms } from '../../../lambdas/aws/alarms.ts';
import { reading } from '../../../lambdas/aws/clients.ts';
import { describeAlarms } from '../../contract/alarms-contract.ts';
import { muteRules } from '../gaps/mute-rules.ts';
import { Account } from '../harness/account.ts';

const muted = new Set<string>();
let account: Account;
beforeAll(async () => {
  account = await Account.open('200000000031', [muteRules(muted)]);
});
afterEach(() => account.calm());
afterAll(() => account.close());

let made = 0;
const alarms = () => awsAlarms(new CloudWatchClient({ ...reading, ...account.client() }), async () => {});
const client = () => new CloudWatchClient(account.client());

/** An alarm in a state; gives since when. */
async function alarm(AlarmName: string, StateValue: 'ALARM' | 'OK', ActionsEnabled = true): Promise<number> {
  await client().send(
    new PutMetricAlarmCommand({
      AlarmName,
      ActionsEnabled,
      Namespace: 'Shop',
      MetricName: 'Errors',
      Statistic: 'Sum',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanThreshold',
    }),
  );
  await client().send(new SetAlarmStateCommand({ AlarmName, StateValue, StateReason: 'Threshold Crossed' }));
  return (await alarms().firing({ names: [AlarmName] }))[0]?.since ?? 0;
}

describeAlarms('CloudWatch in moto', async () => {
  const pipeline = `prod-${++made}`;
  const since = await alarm(`paramedic/${pipeline}/checkout/errors`, 'ALARM');
  await alarm(`paramedic/${pipeline}/checkout/latency`, 'OK');
  return { alarms: alarms(), pipeline, since };
});

describe('alarms in CloudWatch', () => {
  it('are silenced while their actions are disabled', async () => {
    await alarm('silenced', 'ALARM', false);
    expect(await alarms().firing({ names: ['silenced'] })).toMatchObject([{ silenced: true }]);
  });

  it('are muted while an active rule names them', async () => {
    expect(await alarms().muted('quiet')).toBe(false);
    muted.add('quiet');
    expect(await alarms().muted('quiet')).toBe(true);
    expect(await alarms().muted('other')).toBe(false);
  });

  it('are read in spite of a throttled call, and are an error while CloudWatch denies it', async () => {
    await alarm('read', 'ALARM');
    account.strike('monitoring.DescribeAlarms', 'throttled', 1);
    expect(await alarms().firing({ names: ['read'] })).toHaveLength(1);
    account.strike('monitoring.DescribeAlarms', 'denied');
    await expect(alarms().firing({ names: ['read'] })).rejects.toThrow();
  });
});
