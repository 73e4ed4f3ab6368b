import type { Gap } from '../harness/account.ts';
import { jsonReply } from '../harness/replies.ts';

/**
 * The mute rules of an account, which moto does not know: active ones, by the alarms they name
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_ListAlarmMuteRules.html).
 */
export const muteRules = (active: ReadonlySet<string>): Gap => ({
  operations: ['monitoring.ListAlarmMuteRules'],
  because: 'mute rules of alarms',
  answer: async ({ body }) => {
    const { AlarmName, Statuses } = body as { readonly AlarmName?: string; readonly Statuses?: readonly string[] };
    if (AlarmName === undefined || !(Statuses ?? ['ACTIVE']).includes('ACTIVE'))
      return jsonReply({ AlarmMuteRuleSummaries: [] });
    const rule = { AlarmMuteRuleArn: `arn:aws:cloudwatch:eu-central-1:1:alarm-mute-rule:${AlarmName}` };
    return jsonReply({ AlarmMuteRuleSummaries: active.has(AlarmName) ? [{ ...rule, Status: 'ACTIVE' }] : [] });
  },
});
