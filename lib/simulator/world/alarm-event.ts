import type { AlarmSpec } from '../../../lambdas/contract/alarms/alarm.ts';
import type { AlarmState } from '../../../lambdas/contract/alarms/evaluate.ts';
import type { ServiceSettings } from '../../../lambdas/contract/settings.ts';
import { type Instant, metricMinute } from '../../../lambdas/contract/time.ts';
import { alarmArn, type Names } from './account.ts';
import { metricEntries } from './alarm-math.ts';

/** An alarm's state, as CloudWatch keeps it and says it in events. */
export type AlarmStanding = {
  readonly value: AlarmState;
  readonly reason: string;
  readonly reasonData: string;
  readonly at: Instant;
};

/** The datapoints an alarm was evaluated over, oldest first; `until` is the end of the newest minute. */
export type Evaluated = { readonly values: readonly (number | null)[]; readonly until: Instant };

/** `2026-01-05T00:00:00.000+0000`: alarm states carry no `Z`. */
const stateTime = (at: Instant): string => new Date(at).toISOString().replace('Z', '+0000');
const eventTime = (at: Instant): string => `${new Date(at).toISOString().slice(0, 19)}Z`;

/** `05/01/26 00:07:00`, as reasons write the start of a datapoint. */
function reasonTime(at: Instant): string {
  const iso = new Date(at).toISOString();
  return `${iso.slice(8, 10)}/${iso.slice(5, 7)}/${iso.slice(2, 4)} ${iso.slice(11, 19)}`;
}

/** Why the alarm is in its new state, in CloudWatch's words. */
export function standing(spec: AlarmSpec, value: AlarmState, { values, until }: Evaluated, at: Instant): AlarmStanding {
  const { policy } = spec;
  const points = values
    .map((point, index) => ({ point, start: until - (values.length - index) * metricMinute }))
    .filter((known): known is { point: number; start: Instant } => known.point !== null);
  const shown = points.map(({ point, start }) => `${point} (${reasonTime(start)})`).join(', ');
  const comparison = spec.breachesWhen === 'above' ? 'greater than' : 'less than';
  const was = value === 'ALARM' ? 'was' : 'was not';
  const transition = value === 'ALARM' ? 'OK -> ALARM' : 'ALARM -> OK';
  const missing = spec.missingData === 'breaching' ? 'Breaching' : 'NonBreaching';
  const says =
    points.length === 0
      ? `no datapoints were received for ${values.length} periods and ${values.length} missing datapoints were treated as [${missing}].`
      : `${policy.breaching} out of the last ${policy.of} datapoints [${shown}] ${was} ${comparison} the threshold (${policy.threshold}) (minimum ${policy.breaching} datapoint for ${transition} transition).`;
  return {
    value,
    reason: `Threshold Crossed: ${says}`,
    reasonData: JSON.stringify({
      version: '1.0',
      queryDate: stateTime(at),
      startDate: stateTime(until - values.length * metricMinute),
      period: 60,
      recentDatapoints: points.map(({ point }) => point),
      threshold: policy.threshold,
    }),
    at,
  };
}

const said = ({ value, reason, reasonData, at }: AlarmStanding): object => ({
  value,
  reason,
  ...(reasonData === '' ? {} : { reasonData }),
  timestamp: stateTime(at),
});

/**
 * The EventBridge event of a state change
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html).
 */
export const alarmEvent = (about: {
  readonly id: string;
  readonly name: string;
  readonly names: Names;
  readonly spec: AlarmSpec;
  readonly settings: ServiceSettings;
  /** The places of its target groups among the service's. */
  readonly groups: readonly number[];
  readonly before: AlarmStanding;
  readonly after: AlarmStanding;
  /** The event comes all the same, and says so. */
  readonly muted: boolean;
}): object => ({
  version: '0',
  id: about.id,
  'detail-type': 'CloudWatch Alarm State Change',
  source: 'aws.cloudwatch',
  account: about.names.account,
  time: eventTime(about.after.at),
  region: about.names.region,
  resources: [alarmArn(about.names, about.name)],
  detail: {
    alarmName: about.name,
    configuration: {
      description: about.spec.means,
      metrics: metricEntries(about.spec, about.settings, about.groups),
    },
    previousState: said(about.before),
    state: said(about.after),
    ...(about.muted
      ? { muteDetail: { mutedByArn: alarmArn(about.names, 'mute').replace(':alarm:', ':alarm-mute-rule:') } }
      : {}),
  },
});
