import type { ListedOwnAlarm } from '../../contract/own-alarm-list.ts';
import type { AlarmQuery } from '../../model/firing-alarm.ts';

/** DescribeAlarms takes a hundred names (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html). */
const namesAtOnce = 100;

/** The fewest questions that ask for all of these alarms by name. */
export function queriesByName(names: readonly string[]): readonly AlarmQuery[] {
  const each = [...new Set(names)].sort();
  return Array.from({ length: Math.ceil(each.length / namesAtOnce) }, (_, index) => ({
    names: each.slice(index * namesAtOnce, (index + 1) * namesAtOnce),
  }));
}

/** The questions that ask for all of the teams' own alarms. */
export function queriesFor(owned: readonly ListedOwnAlarm[]): readonly AlarmQuery[] {
  const named = (match: ListedOwnAlarm['match']) =>
    owned.filter((each) => each.match === match).map(({ alarm }) => alarm);
  const prefixes = [...new Set(named('prefix'))].sort().map((prefix) => ({ prefix }));
  return [...queriesByName(named('exact')), ...prefixes];
}
