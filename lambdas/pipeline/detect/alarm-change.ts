import { plainText } from '../../contract/text.ts';
import type { Ignored, Signal } from '../../model/signal.ts';
import { type Fields, fieldsOf, instantOf, quoted, textOf } from './fields.ts';
import { ignore, notUnderstood } from './ignore.ts';
import { addressOf, type Routes } from './routes.ts';
import { triggeringAlarms } from './triggering-alarms.ts';

/** What CloudWatch calls an alarm's states. */
const states = { ALARM: 'firing', OK: 'resolved', INSUFFICIENT_DATA: null } as const;
type StateValue = keyof typeof states;
const isState = (value: string | undefined): value is StateValue => value !== undefined && Object.hasOwn(states, value);

/** The longest sentence of an alarm's own that is passed on. */
const longest = 300;

/**
 * An alarm has changed its state: `detail` of the EventBridge event, `alarmData` of the Lambda alarm action. Single-metric,
 * metric-math and composite alarms look alike here
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html).
 */
export function alarmChange(detail: Fields, routes: Routes): Signal | Ignored {
  const alarm = textOf(detail.alarmName);
  const state = fieldsOf(detail.state);
  const value = textOf(state?.value);
  const at = instantOf(state?.timestamp);
  if (alarm === undefined || alarm.length > 255) return unreadable('has no usable "alarmName"');
  if (!isState(value)) return unreadable('has no state that is ALARM, OK or INSUFFICIENT_DATA');
  if (at === undefined) return unreadable('has no "timestamp" of its state');

  const address = addressOf(alarm, routes);
  if ('ignored' in address) return { ...address, state: states[value] };
  const pointless = whyPointless(alarm, value, detail);
  if (pointless !== undefined) return { ...pointless, ...address, state: states[value] };
  return {
    id: `${alarm}@${at}`,
    service: address.service,
    kind: address.kind,
    alarm,
    state: value === 'ALARM' ? 'firing' : 'resolved',
    at,
    source: 'cloudwatch-alarm',
    says: reasonOf(state),
  };
}

/** A change of one of our alarms that asks for nothing; `undefined` when it does. */
function whyPointless(alarm: string, value: StateValue, detail: Fields): Ignored | undefined {
  const before = fieldsOf(detail.previousState);
  const suppressor = textOf(fieldsOf(detail.state)?.actionsSuppressedBy);
  if (value === 'INSUFFICIENT_DATA') {
    return ignore(
      'insufficient-data',
      `The alarm ${quoted(alarm)} has too little data to tell; nothing follows from that.`,
    );
  }
  // EventBridge delivers muted and suppressed changes all the same. Being right again is worth knowing even then.
  if (value === 'ALARM' && (detail.muteDetail ?? null) !== null) {
    return ignore('muted', `The alarm ${quoted(alarm)} is muted${muteOf(detail)}: nobody wants to be called for it.`);
  }
  if (value === 'ALARM' && suppressor !== undefined) {
    return ignore(
      'actions-suppressed',
      `The actions of the alarm ${quoted(alarm)} are suppressed by ${quoted(suppressor)}.`,
    );
  }
  // When a suppression ends, the alarm goes from ALARM to ALARM: the same state, but nobody has acted on it yet.
  if (before?.value === value && textOf(before.actionsSuppressedBy) === undefined) {
    return ignore('no-change', `The alarm ${quoted(alarm)} was ${value} before and still is.`);
  }
  return undefined;
}

function muteOf(detail: Fields): string {
  const mute = fieldsOf(detail.muteDetail);
  const rule = textOf(mute?.mutedByArn)?.split(':').at(-1);
  const until = instantOf(mute?.muteWindowEnd);
  const by = rule === undefined ? '' : ` by ${quoted(rule)}`;
  return until === undefined ? by : `${by} until ${new Date(until).toISOString()}`;
}

function reasonOf(state: Fields | undefined): string {
  const reason = plainText(textOf(state?.reason) ?? 'The alarm gives no reason.', longest);
  const children = triggeringAlarms(state?.reasonData);
  return children.length === 0 ? reason : plainText(`${reason} Caused by ${children.join(', ')}.`, longest);
}

const unreadable = (what: string): Ignored =>
  notUnderstood('not-an-event', `The alarm event ${what}, so it can't be used.`);
