import { breaches, value } from '../../contract/alarms/evaluate.ts';
import { type WatchedAlarm, watchedAlarms } from '../../contract/alarms/watched.ts';
import { type Instant, metricMinute } from '../../contract/time.ts';
import type { Symptoms } from '../../model/facts.ts';
import type { VerifyFacts } from './acted.ts';
import { othersSay } from './other-alarms.ts';

/** How far before an act its trouble is looked for. */
const lookBack = 10 * metricMinute;
/** From this share of its threshold on, one minute alone proves nothing. */
const borderline = 0.8;

/** What the alarms say of one whole minute. `untold`: too few requests, or no data, for them to say anything. */
export type MinuteState = 'good' | 'borderline' | 'bad' | 'untold';

/** The minutes after an act, oldest first, as the alarms see them, and how the trouble was before it. */
export type Aftermath = {
  readonly states: readonly MinuteState[];
  /** Places of these minutes in the series. */
  readonly minutes: readonly number[];
  /** Alarms that breached before the act. */
  readonly troubled: readonly WatchedAlarm[];
  /** Names of firing alarms that only their own OK can prove quiet. */
  readonly unproven: readonly string[];
};

/**
 * Judges the whole minutes that begin at or after `since`: a minute that was half over still holds the old trouble.
 * `acted` is when the act was, before which the trouble is looked for.
 */
export function aftermath(facts: VerifyFacts, acted: Instant, since = acted): Aftermath {
  const { settings, symptoms, signals } = facts;
  const alarms = watchedAlarms(settings, symptoms);
  const others = othersSay(alarms, signals, acted);
  const earlier = minutesBetween(symptoms, acted - lookBack, acted);
  const troubled = alarms.filter(({ spec, series }) => earlier.some((minute) => breaches(spec, series, minute)));
  const asked = alarms.filter((alarm) => isOfRequests(alarm) || troubled.includes(alarm));
  const minutes = minutesBetween(symptoms, since, symptoms.until);
  const states = minutes.map((minute) => stateAt(minute, asked, troubled, others.wentQuiet));
  return { minutes, troubled, states, unproven: others.firing };
}

/**
 * Are the newest minutes quiet, and is every alarm that only speaks for itself? One clear minute is enough; a borderline one
 * needs a second.
 */
export function isQuiet({ states, unproven }: Aftermath): boolean {
  if (unproven.length > 0) return false;
  const [newest, second] = states.toReversed();
  if (newest === 'good') return true;
  return newest === 'borderline' && (second === 'good' || second === 'borderline');
}

/** Did any minute say anything at all? */
export const wasTold = ({ states }: Aftermath): boolean => states.some((state) => state !== 'untold');

export const isOfRequests = ({ spec }: WatchedAlarm): boolean => spec.kind === 'errors' || spec.kind === 'latency';

/** An alarm's value at a minute; null where it has none, or too few requests to mean anything. */
export function toldValue({ spec, series }: WatchedAlarm, minute: number): number | null {
  const gated = (series.requests?.[minute] ?? 0) < spec.policy.minimumRequests;
  return gated ? null : value(spec.expression, series, minute);
}

/** Minutes that begin within [from, until), by their place in the series. */
export function minutesBetween(symptoms: Symptoms, from: Instant, until: Instant): readonly number[] {
  const first = symptoms.until - symptoms.minutes * metricMinute;
  return Array.from({ length: symptoms.minutes }, (_, minute) => minute).filter((minute) => {
    const start = first + minute * metricMinute;
    return start >= from && start < until;
  });
}

function stateAt(
  minute: number,
  asked: readonly WatchedAlarm[],
  troubled: readonly WatchedAlarm[],
  othersWentQuiet: boolean,
): MinuteState {
  if (asked.some(({ spec, series }) => breaches(spec, series, minute))) return 'bad';
  // An alarm that is gated by its minimum of requests is quiet, which is no proof that the trouble is over.
  const ofRequests = asked.filter(isOfRequests);
  const needed = troubled.filter(isOfRequests);
  const told = (alarm: WatchedAlarm) => toldValue(alarm, minute) !== null;
  // With nobody to ask, silence proves nothing either.
  const anySays = othersWentQuiet || (ofRequests.length === 0 ? asked.length > 0 : ofRequests.some(told));
  const enough = needed.length > 0 ? needed.every(told) : anySays;
  if (!enough) return 'untold';
  return ofRequests.some((alarm) => isNear(alarm, minute)) ? 'borderline' : 'good';
}

const isNear = (alarm: WatchedAlarm, minute: number): boolean =>
  (toldValue(alarm, minute) ?? 0) > borderline * alarm.spec.policy.threshold;
