import { plainText } from '../../contract/text.ts';
import type { Instant } from '../../contract/time.ts';

/** What came from outside: nothing about it is known until it is asked for. */
export type Fields = Readonly<Record<string, unknown>>;

/** The fields of an object; `undefined` for anything else, lists included. */
export const fieldsOf = (value: unknown): Fields | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;

/** A string that says something; `undefined` for anything else. */
export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** A name out of an event, fit to be shown: one short line, in quotes. */
export const quoted = (name: string): string => `"${plainText(name, 100)}"`;

const timestamp = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:?\d{2})$/;

/** CloudWatch writes `2026-01-01T00:00:00.000+0000`, everybody else `Z`; `undefined` when it is no point in time. */
export function instantOf(value: unknown): Instant | undefined {
  const written = textOf(value);
  if (written === undefined || written.length > 40 || !timestamp.test(written)) return undefined;
  const at = Date.parse(written.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  return Number.isNaN(at) ? undefined : at;
}
