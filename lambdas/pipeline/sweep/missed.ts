import { before, type Instant } from '../../contract/time.ts';
import type { AddressedAlarm } from '../../model/firing-alarm.ts';
import type { SweepLimits } from './limits.ts';

/** When each alarm of a service was last heard to change its state, by service. */
export type HeardOf = ReadonlyMap<string, Readonly<Record<string, Instant>>>;

/**
 * That the event and DescribeAlarms give the same change the same time, to the millisecond, is not documented. No alarm
 * changes its state twice within so many ms.
 */
const sameChange = 1000;

/**
 * Alarms that fire though the ledger never heard that they do: their event was lost, or came while they were muted. Those whose
 * event may still be on its way are left to it. Oldest first, so that the same world is always dealt with alike.
 */
export const missedAlarms = (
  firing: readonly AddressedAlarm[],
  heard: HeardOf,
  at: Instant,
  { hearing }: Pick<SweepLimits, 'hearing'>,
): readonly AddressedAlarm[] =>
  firing
    .filter(({ alarm }) => !alarm.silenced && alarm.since <= before(at, hearing))
    .filter(({ alarm, service }) => {
      const last = heard.get(service)?.[alarm.name];
      return last === undefined || last + sameChange < alarm.since;
    })
    .toSorted((one, other) => one.alarm.since - other.alarm.since || (one.alarm.name < other.alarm.name ? -1 : 1));
