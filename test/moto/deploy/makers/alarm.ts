import {
  CloudWatchClient,
  DeleteAlarmsCommand,
  PutMetricAlarmCommand,
  type PutMetricAlarmCommandInput,
} from '@aws-sdk/client-cloudwatch';
import type { Properties } from '../template.ts';
import { cloudFormation, type Maker, made, type Site, text } from './maker.ts';

/** AWS::CloudWatch::Alarm: its properties are called as the parameters of PutMetricAlarm are. */
async function put(properties: Properties, { account }: Site) {
  const input = properties as unknown as PutMetricAlarmCommandInput;
  await new CloudWatchClient(account.client(cloudFormation)).send(new PutMetricAlarmCommand(input));
  const name = text(properties, 'AlarmName');
  return made(name, { Arn: account.arn('cloudwatch', `alarm:${name}`) });
}

export const alarm: Maker = {
  create: put,
  update: (properties, _, site) => put(properties, site),
  identity: ['AlarmName'],
  delete: async ({ ref }, _, { account }) => {
    await new CloudWatchClient(account.client(cloudFormation)).send(new DeleteAlarmsCommand({ AlarmNames: [ref] }));
  },
};
