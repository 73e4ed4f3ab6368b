import { parseAlarmName } from '../../contract/names.ts';
import type { ListedOwnAlarm } from '../../contract/own-alarm-list.ts';
import type { AddressedAlarm, FiringAlarm } from '../../model/firing-alarm.ts';

/**
 * Each firing alarm beside every service it is a signal of: our own names speak for themselves, and a team's own alarm counts
 * for all services that list it, since each of them has a rule of its own. An alarm that was found twice counts once.
 */
export function addressed(
  firing: readonly FiringAlarm[],
  pipeline: string,
  owned: readonly ListedOwnAlarm[],
): readonly AddressedAlarm[] {
  const found = new Map<string, AddressedAlarm>();
  for (const alarm of firing)
    for (const one of servicesOf(alarm, pipeline, owned)) found.set(`${one.service} ${alarm.name}`, one);
  return [...found.values()];
}

function servicesOf(alarm: FiringAlarm, pipeline: string, owned: readonly ListedOwnAlarm[]): readonly AddressedAlarm[] {
  const ours = parseAlarmName(alarm.name);
  if (ours?.pipeline === pipeline) return [{ alarm, service: ours.service, kind: null }];
  return owned
    .filter((each) => (each.match === 'exact' ? each.alarm === alarm.name : alarm.name.startsWith(each.alarm)))
    .map(({ service, kind }) => ({ alarm, service, kind }));
}
