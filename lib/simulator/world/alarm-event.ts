import type { AlarmSpec } from '../../../lambdas/contract/alarms/alarm.ts';
import type { AlarmState } from '../../../lambdas/contract/alarms/evaluate.ts';
import type { ServiceSettings } from '../../../lambdas/contract/settings.ts';
import { type Instant, metricMinute } from '../../../lambdas/contract/time.ts';
import { alarmArn, type Names } from './account.ts';
import { metricEntries } from './alarm-math.ts';

/** Alarms of others may be without data. */
export type OwnAlarmState = AlarmState | 'INSUFFICIENT_DATA';

/** An alarm's state, as CloudWatch keeps it and says it in events. */
export type AlarmStanding<S extends OwnAlarmState = AlarmState> = {
  readonly value: S;
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

/** A state of an alarm of which nobody here knows what it watches. */
export const ownStanding = (value: OwnAlarmState, at: Instant): AlarmStanding<OwnAlarmState> => ({
  value,
  reason:
    value === 'INSUFFICIENT_DATA'
      ? 'Insufficient Data: 1 datapoint was unknown.'
      : `Threshold Crossed: 1 datapoint ${value === 'ALARM' ? 'was' : 'was not'} greater than the threshold.`,
  reasonData: '',
  at,
});

const said = ({ value, reason, reasonData, at }: AlarmStanding<OwnAlarmState>): object => ({
  value,
  reason,
  ...(reasonData === '' ? {} : { reasonData }),
  timestamp: stateTime(at),
});

/** The event of an alarm that the team has made by itself. */
export const ownAlarmEvent = (about: {
  readonly id: string;
  readonly name: string;
  readonly names: Names;
  readonly before: AlarmStanding<OwnAlarmState>;
  readonly after: AlarmStanding<OwnAlarmState>;
}): object => ({
  ...envelope(about.id, about.name, about.names, about.after.at),
  detail: {
    alarmName: about.name,
    configuration: { metrics: [ownMetric] },
    previousState: said(about.before),
    state: said(about.after),
  },
});

/** What a team measures by itself. */
const ownMetric = {
  id: 'm1',
  metricStat: { metric: { namespace: 'Team', name: 'Burn', dimensions: {} }, period: 60, stat: 'Sum' },
  returnData: true,
};

const envelope = (id: string, name: string, names: Names, at: Instant): object => ({
  version: '0',
  id,
  'detail-type': 'CloudWatch Alarm State Change',
  source: 'aws.cloudwatch',
  account: names.account,
  time: eventTime(at),
  region: names.region,
  resources: [alarmArn(names, name)],
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
  ...envelope(about.id, about.name, about.names, about.after.at),
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
