import { plainText } from '../../contract/text.ts';
import { fieldsOf, textOf } from './fields.ts';

/** JSON longer than this is not looked into: it is only told to people. */
const longest = 20_000;
const most = 5;

/**
 * The alarms that made a composite alarm change its state, by name, from its `reasonData`: a string of JSON. Empty for any
 * other alarm, and when it can't be read.
 */
export function triggeringAlarms(reasonData: unknown): readonly string[] {
  const json = textOf(reasonData);
  if (json === undefined || json.length > longest) return [];
  const listed = fieldsOf(parsed(json))?.triggeringAlarms;
  if (!Array.isArray(listed)) return [];
  const firing = listed.map(fieldsOf).filter((each) => fieldsOf(each?.state)?.value === 'ALARM');
  return firing.slice(0, most).flatMap((each) => nameIn(each?.arn) ?? []);
}

/** `arn:aws:cloudwatch:region:account:alarm:NAME`; the name may hold colons. */
function nameIn(arn: unknown): string | undefined {
  const name = textOf(arn)?.split(':').slice(6).join(':');
  return name === undefined || name === '' ? undefined : plainText(name, 80);
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
