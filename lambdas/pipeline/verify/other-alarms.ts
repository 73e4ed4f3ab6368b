import type { WatchedAlarm } from '../../contract/alarms/watched.ts';
import type { Instant } from '../../contract/time.ts';
import type { Signal } from '../../model/signal.ts';

/** What alarms say that we have no definition of: a team's own ones and composites. Only their events speak for them. */
export type OtherAlarms = {
  /** Names of those that fire. */
  readonly firing: readonly string[];
  /** One of them has been OK since the act, or every alarm that ever fired is OK. */
  readonly wentQuiet: boolean;
};

/** `signals` are the newest of each alarm. */
export function othersSay(ours: readonly WatchedAlarm[], signals: readonly Signal[], acted: Instant): OtherAlarms {
  const others = signals.filter(({ alarm }) => !ours.some(({ name }) => name === alarm));
  const firing = others.filter(({ state }) => state === 'firing').map(({ alarm }) => alarm);
  const resolvedSince = others.some(({ state, at }) => state === 'resolved' && at >= acted);
  const allResolved = signals.length > 0 && signals.every(({ state }) => state === 'resolved');
  return { firing, wentQuiet: resolvedSince || allResolved };
}
