import type { OwnAlarm } from './settings.ts';

/** A team's own alarm beside the service it is a signal of. */
export type ListedOwnAlarm = OwnAlarm & { readonly service: string };

/** Bytes a standard parameter may hold (https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html). */
const standard = 4096;

/**
 * The teams' own alarms as texts that each fit into a standard parameter: a line per alarm, with its service, kind, match and
 * name. Rules bring their events; whoever looks for alarms that fire unheard has to know them by name.
 */
export function ownAlarmLists(alarms: readonly ListedOwnAlarm[]): readonly string[] {
  const lists: string[] = [];
  for (const { service, kind, match, alarm } of alarms) {
    const line = inAscii(JSON.stringify([service, kind, match, alarm]));
    const last = lists.at(-1);
    if (last !== undefined && last.length + 1 + line.length <= standard) lists[lists.length - 1] = `${last}\n${line}`;
    else lists.push(line);
  }
  return lists;
}

/** What is in the text of one list. Throws where it is none: a line that cannot be read must not hide an alarm. */
export const ownAlarmsIn = (text: string): readonly ListedOwnAlarm[] =>
  text.split('\n').map((line) => {
    const [service, kind, match, alarm] = JSON.parse(line) as [string, OwnAlarm['kind'], OwnAlarm['match'], string];
    return { service, kind, match, alarm };
  });

/** A character is then a byte. */
const inAscii = (json: string): string =>
  json.replace(/[^\x20-\x7e]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
