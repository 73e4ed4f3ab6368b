import type { AddressedAlarm } from '../../model/firing-alarm.ts';

/**
 * The event that the alarm's change would have brought, as its rule would have handed it on: it becomes the same signal, so
 * that an event that comes after all is a duplicate.
 */
export function asEvent({ alarm, service, kind }: AddressedAlarm): object {
  const { name, since, reason, reasonData } = alarm;
  const event = {
    source: 'aws.cloudwatch',
    'detail-type': 'CloudWatch Alarm State Change',
    detail: {
      alarmName: name,
      state: {
        value: 'ALARM',
        reason,
        ...(reasonData === null ? {} : { reasonData }),
        timestamp: new Date(since).toISOString(),
      },
    },
  };
  return kind === null ? event : { paramedic: { service, kind }, event };
}
