import { incidentIdPattern, serviceIdPattern } from '../contract/names.ts';
import { plainText } from '../contract/text.ts';
import type { Operation, OperationKind } from '../model/operation.ts';

/** What was asked for, or what is wrong with how it was asked, as one sentence. */
export type ReadOperation = { readonly operation: Operation } | { readonly flaw: string };

/** The fields of each operation beside `kind`; every one must be there, and no other may be. */
const fields: Readonly<Record<OperationKind, readonly string[]>> = {
  pause: ['service', 'until', 'why'],
  resume: ['service', 'why'],
  approve: ['incident', 'why'],
  reject: ['incident', 'why'],
  undo: ['incident', 'why'],
};

const longestReason = 200;

/** Controls, line breaks, characters that turn the direction of writing, and halves of characters. */
const unreadable = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/** What each field must be, in words, and whether it is. */
const rules: Readonly<Record<string, { readonly allowed: string; readonly fits: (value: unknown) => boolean }>> = {
  service: {
    allowed: 'null for everything, or the id of a service, such as "checkout"',
    fits: (value) => value === null || (typeof value === 'string' && serviceIdPattern.test(value)),
  },
  incident: {
    allowed: 'the id of an incident, such as "20260105-141500-k3f9x2ab"',
    fits: (value) => typeof value === 'string' && incidentIdPattern.test(value),
  },
  until: {
    allowed: 'null for no end, or milliseconds since 1970',
    fits: (value) => value === null || (Number.isSafeInteger(value) && Number(value) >= 0),
  },
  why: {
    allowed: `one line of 1 to ${longestReason} characters`,
    fits: (value) =>
      typeof value === 'string' && value.trim() !== '' && value.length <= longestReason && !unreadable.test(value),
  },
};

/** Reads what somebody asks for. Nothing is put right: what is not exactly as it should be is refused. */
export function readOperation(input: unknown): ReadOperation {
  if (typeof input !== 'object' || input === null || Array.isArray(input))
    return { flaw: `An operation is an object; got ${shown(input)}.` };
  const given = new Map<string, unknown>(Object.entries(input));
  const kind = given.get('kind');
  if (!isKind(kind)) return { flaw: `kind is ${shown(kind)}; allowed are ${Object.keys(fields).join(', ')}.` };
  const flaw = flawIn(given, fields[kind]);
  return flaw === undefined ? { operation: Object.fromEntries(given) as Operation } : { flaw };
}

function flawIn(given: ReadonlyMap<string, unknown>, wanted: readonly string[]): string | undefined {
  const strange = [...given.keys()].find((name) => name !== 'kind' && !wanted.includes(name));
  if (strange !== undefined) return `${plainText(strange, 40)} is not known; allowed are kind, ${wanted.join(', ')}.`;
  for (const name of wanted) {
    const rule = rules[name];
    if (rule?.fits(given.get(name)) !== true)
      return `${name} is ${shown(given.get(name))}; allowed is ${rule?.allowed}.`;
  }
  return undefined;
}

const isKind = (value: unknown): value is OperationKind => typeof value === 'string' && Object.hasOwn(fields, value);

/** A value that came from outside, short and in one line. */
const shown = (value: unknown): string =>
  value === undefined ? 'missing' : plainText(typeof value === 'string' ? `"${value}"` : JSON.stringify(value), 60);
