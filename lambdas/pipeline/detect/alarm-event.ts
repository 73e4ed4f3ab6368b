import type { Ignored, Signal } from '../../model/signal.ts';
import { alarmChange } from './alarm-change.ts';
import type { EventFamily } from './event-family.ts';
import { fieldsOf, quoted, textOf } from './fields.ts';
import { ignore, notUnderstood } from './ignore.ts';
import type { Routes } from './routes.ts';

/** EventBridge events of CloudWatch, source `aws.cloudwatch`. */
export const alarmEvent: EventFamily = ({ source, type, detail }, routes) => {
  if (source !== 'aws.cloudwatch') return undefined;
  switch (type) {
    case 'CloudWatch Alarm State Change':
      return alarmChange(detail, routes);
    case 'CloudWatch Alarm Configuration Change':
      return ignore('informational', `${somebody(detail.operation)} the alarm ${nameOf(detail.alarmName)}.`);
    // One group of a GROUP BY alarm; the alarm itself sends a state change of its own.
    case 'CloudWatch Alarm Contributor State Change':
      return ignore('informational', `A contributor of the alarm ${nameOf(detail.alarmName)} changed its state.`);
    default:
      return notUnderstood('other-detail-type', `Paramedic knows no CloudWatch event of the type ${quoted(type)}.`);
  }
};

/**
 * What CloudWatch hands to a Lambda function that is an action of an alarm
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-actions-Lambda.html). `undefined` for anything
 * else.
 */
export function alarmAction(event: unknown, routes: Routes): Signal | Ignored | undefined {
  const alarmData = fieldsOf(fieldsOf(event)?.alarmData);
  if (alarmData === undefined || fieldsOf(event)?.source !== 'aws.cloudwatch') return undefined;
  return alarmChange(alarmData, routes);
}

const nameOf = (alarmName: unknown): string => quoted(textOf(alarmName) ?? 'without a name');

function somebody(operation: unknown): string {
  if (operation === 'create') return 'Somebody created';
  if (operation === 'delete') return 'Somebody deleted';
  return 'Somebody changed';
}
