import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { describe, expect, it } from 'vitest';
import { awsAlarms } from '../../lambdas/aws/alarms.ts';
import { reading } from '../../lambdas/aws/clients.ts';
import { failure, noPause, useRecordedAccount } from '../recorded/recorded-account.ts';

const aws = useRecordedAccount();
const describing = 'monitoring.DescribeAlarms';
const alarms = (pause = noPause()) =>
  awsAlarms(new CloudWatchClient({ ...reading, maxAttempts: 1, endpoint: aws.endpoint }), pause);

const described = (AlarmName: string, more: object = {}) => ({
  AlarmName,
  StateValue: 'ALARM',
  StateReason: 'Threshold Crossed',
  StateTransitionedTimestamp: 1767614400.5,
  StateUpdatedTimestamp: 1767614460,
  ActionsEnabled: true,
  ...more,
});

describe('the alarms that fire', () => {
  it('are asked for by prefix and state, of every type, a hundred at a time', async () => {
    aws.answer({ [describing]: { json: { MetricAlarms: [] } } });
    expect(await alarms().firing({ prefix: 'paramedic/prod/' })).toEqual([]);
    expect(aws.bodies(describing)).toEqual([
      {
        AlarmNamePrefix: 'paramedic/prod/',
        StateValue: 'ALARM',
        AlarmTypes: ['MetricAlarm', 'CompositeAlarm', 'LogAlarm'],
        MaxRecords: 100,
      },
    ]);
  });

  it('are read page after page, with a pause between two calls', async () => {
    const pause = noPause();
    aws.answer({
      [describing]: [
        { json: { MetricAlarms: [described('a')], NextToken: 'more' } },
        { json: { CompositeAlarms: [described('b')], LogAlarms: [described('c')] } },
      ],
    });
    const found = await alarms(pause).firing({ names: ['a', 'b', 'c'] });
    expect(found.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
    expect(aws.bodies(describing)).toMatchObject([{ AlarmNames: ['a', 'b', 'c'] }, { NextToken: 'more' }]);
    expect(pause.waits).toEqual([200]);
  });

  it('say since when they fire, why, and whether anybody wants to be called', async () => {
    const { StateTransitionedTimestamp: _, ...older } = described('d');
    aws.answer({
      [describing]: {
        json: {
          MetricAlarms: [
            described('a', { StateReasonData: '{}' }),
            described('b', { ActionsEnabled: false }),
            older,
            described('e', { StateValue: 'OK' }),
          ],
          CompositeAlarms: [described('c', { ActionsSuppressedBy: 'Alarm' })],
        },
      },
    });
    const found = await alarms().firing({ prefix: '' });
    expect(found.map(({ name, silenced }) => [name, silenced])).toEqual([
      ['a', false],
      ['b', true],
      ['d', false],
      ['c', true],
    ]);
    expect(found[0]).toMatchObject({ since: 1767614400500, reason: 'Threshold Crossed', reasonData: '{}' });
    expect(found[2]?.since).toBe(1767614460000);
  });

  it('cannot be read in a loop of pages, nor when CloudWatch refuses', async () => {
    aws.answer({ [describing]: { json: { NextToken: 'again' } } });
    await expect(alarms().firing({ prefix: 'p' })).rejects.toThrow('more than 30 pages');
    aws.answer({ [describing]: failure('AccessDenied') });
    await expect(alarms().firing({ prefix: 'p' })).rejects.toThrow();
  });
});

describe('a mute', () => {
  const listing = 'monitoring.ListAlarmMuteRules';

  it('is there while a rule that names the alarm is active', async () => {
    aws.answer({ [listing]: { json: { AlarmMuteRuleSummaries: [{ Status: 'ACTIVE' }] } } });
    expect(await alarms().muted('a')).toBe(true);
    expect(aws.bodies(listing)).toEqual([{ AlarmName: 'a', Statuses: ['ACTIVE'] }]);
  });

  it('is not there without one, on whichever page', async () => {
    aws.answer({ [listing]: [{ json: { NextToken: 'more' } }, { json: { AlarmMuteRuleSummaries: [] } }] });
    expect(await alarms().muted('a')).toBe(false);
    aws.answer({ [listing]: { json: { AlarmMuteRuleSummaries: [{ Status: 'SCHEDULED' }] } } });
    expect(await alarms().muted('a')).toBe(false);
  });

  it('is not known when it cannot be read', async () => {
    aws.answer({ [listing]: failure('InternalServiceFault', 'down', 500) });
    await expect(alarms().muted('a')).rejects.toThrow();
    aws.answer({ [listing]: { json: { NextToken: 'again' } } });
    await expect(alarms().muted('a')).rejects.toThrow('more than 30 pages');
  });
});
