import {
  CloudWatchClient,
  type CompositeAlarm,
  DescribeAlarmsCommand,
  type DescribeAlarmsCommandInput,
  ListAlarmMuteRulesCommand,
  type LogAlarm,
  type MetricAlarm,
} from '@aws-sdk/client-cloudwatch';
import type { AlarmQuery, FiringAlarm } from '../model/firing-alarm.ts';
import type { Alarms } from '../ports/sweep.ts';
import { instant, needed } from './answers.ts';
import { reading } from './clients.ts';
import { pause as realPause } from './pause.ts';

const call = 'DescribeAlarms';

/** 3,000 alarms that fire at once, or a loop in the answers. */
const mostPages = 30;

/**
 * Between two calls, in ms. An account may make nine a second in a Region, whoever makes them
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html).
 */
const breath = 200;

/** Alarms and their mute rules as CloudWatch has them. Composite alarms are only shown to those who may read all alarms. */
export const awsAlarms = (client = new CloudWatchClient(reading), pause = realPause): Alarms => {
  let asked = false;
  /** One call after the other, never in a burst. */
  const breathe = async (): Promise<void> => {
    if (asked) await pause(breath);
    asked = true;
  };
  return {
    firing: async (query) => {
      const found: FiringAlarm[] = [];
      let NextToken: string | undefined;
      for (let page = 1; page <= mostPages; page++) {
        await breathe();
        const answer = await client.send(new DescribeAlarmsCommand(request(query, NextToken)));
        const { MetricAlarms = [], CompositeAlarms = [], LogAlarms = [] } = answer;
        found.push(...[...MetricAlarms, ...CompositeAlarms, ...LogAlarms].filter(fires).map(firingAlarm));
        NextToken = answer.NextToken;
        if (NextToken === undefined) return found;
      }
      throw new Error(`${call} answered more than ${mostPages} pages.`);
    },

    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/viewing-managing-muted-alarms.html
    muted: async (AlarmName) => {
      let NextToken: string | undefined;
      for (let page = 1; page <= mostPages; page++) {
        const asked = { AlarmName, Statuses: ['ACTIVE' as const] };
        const answer = await client.send(
          new ListAlarmMuteRulesCommand(NextToken === undefined ? asked : { ...asked, NextToken }),
        );
        if ((answer.AlarmMuteRuleSummaries ?? []).some(({ Status }) => Status === 'ACTIVE')) return true;
        NextToken = answer.NextToken;
        if (NextToken === undefined) return false;
      }
      throw new Error(`ListAlarmMuteRules answered more than ${mostPages} pages.`);
    },
  };
};

const request = (query: AlarmQuery, NextToken: string | undefined): DescribeAlarmsCommandInput => ({
  ...('prefix' in query ? { AlarmNamePrefix: query.prefix } : { AlarmNames: [...query.names] }),
  StateValue: 'ALARM',
  AlarmTypes: ['MetricAlarm', 'CompositeAlarm', 'LogAlarm'],
  MaxRecords: 100,
  ...(NextToken === undefined ? {} : { NextToken }),
});

type Described = Pick<
  MetricAlarm & CompositeAlarm & LogAlarm,
  | 'AlarmName'
  | 'StateValue'
  | 'StateReason'
  | 'StateReasonData'
  | 'StateTransitionedTimestamp'
  | 'StateUpdatedTimestamp'
  | 'ActionsEnabled'
> &
  Pick<CompositeAlarm, 'ActionsSuppressedBy'>;

const fires = ({ StateValue }: Described): boolean => StateValue === 'ALARM';

const firingAlarm = (alarm: Described): FiringAlarm => ({
  name: needed(alarm.AlarmName, call, 'AlarmName'),
  // When the state was last written about may be later than when it changed.
  since: instant(alarm.StateTransitionedTimestamp ?? alarm.StateUpdatedTimestamp, call, 'StateTransitionedTimestamp'),
  reason: alarm.StateReason ?? '',
  reasonData: alarm.StateReasonData ?? null,
  silenced: alarm.ActionsEnabled === false || alarm.ActionsSuppressedBy !== undefined,
});
