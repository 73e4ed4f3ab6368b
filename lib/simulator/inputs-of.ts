import { alarmPrefix } from '../../lambdas/contract/names.ts';
import type { ListedOwnAlarm } from '../../lambdas/contract/own-alarm-list.ts';

/**
 * What on-signal is given of an alarm's event: the event itself of Paramedic's own alarms; of a team's alarm, for each service
 * and kind it stands for, the event beside these, as the rules of `OwnAlarmRules` put it.
 */
export function inputsOf(event: unknown, pipeline: string, owned: readonly ListedOwnAlarm[]): readonly unknown[] {
  const { alarmName } = (event as { readonly detail: { readonly alarmName: string } }).detail;
  if (alarmName.startsWith(alarmPrefix(pipeline))) return [event];
  const stands = owned.filter(({ alarm, match }) =>
    match === 'exact' ? alarm === alarmName : alarmName.startsWith(alarm),
  );
  const kinds = new Map(stands.map(({ service, kind }) => [`${service} ${kind}`, { service, kind }]));
  return [...kinds.values()].map((paramedic) => ({ paramedic, event }));
}
