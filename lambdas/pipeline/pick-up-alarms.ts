import { alarmPrefix } from '../contract/names.ts';
import type { Instant } from '../contract/time.ts';
import type { AddressedAlarm, FiringAlarm } from '../model/firing-alarm.ts';
import type { SweepPorts } from '../ports/ports.ts';
import { receive } from './receive.ts';
import { addressed } from './sweep/addressed.ts';
import { queriesFor } from './sweep/alarm-queries.ts';
import { asEvent } from './sweep/as-event.ts';
import { inTurn } from './sweep/in-turn.ts';
import type { SweepLimits } from './sweep/limits.ts';
import { type HeardOf, missedAlarms } from './sweep/missed.ts';
import type { Tries } from './tries.ts';

/**
 * Takes in what fires unheard, as if its event had come: one that was lost, or that came while the alarm was muted. Gives how
 * many alarms were picked up. One that is muted still is left alone, and so is one of which that cannot be told.
 */
export async function pickUpAlarms(
  ports: SweepPorts,
  pipeline: string,
  at: Instant,
  limits: SweepLimits,
  tries: Tries,
): Promise<number> {
  const owned = await ports.ownAlarms.all();
  const firing: FiringAlarm[] = [];
  for (const query of [{ prefix: alarmPrefix(pipeline) }, ...inTurn(queriesFor(owned), limits.ownQueries, at)])
    firing.push(...(await ports.alarms.firing(query)));
  const listed = addressed(firing, pipeline, owned);
  const missed = missedAlarms(listed, await heardOf(ports, listed), at, limits);
  let pickedUp = 0;
  for (const one of inTurn(missed, limits.pickedUp, at)) {
    const opened = await tries.run(`pick up ${one.alarm.name}`, () => pickUp(ports, pipeline, one));
    if (opened === true) pickedUp++;
  }
  return pickedUp;
}

async function heardOf({ ledger }: SweepPorts, listed: readonly AddressedAlarm[]): Promise<HeardOf> {
  const heard = new Map<string, Readonly<Record<string, Instant>>>();
  for (const service of new Set(listed.map((one) => one.service))) heard.set(service, await ledger.heard(service));
  return heard;
}

/** True when the alarm is in an incident now. */
async function pickUp(ports: SweepPorts, pipeline: string, one: AddressedAlarm): Promise<boolean> {
  if (await ports.alarms.muted(one.alarm.name)) return false;
  return !('ignored' in (await receive(asEvent(one), ports, pipeline)));
}
