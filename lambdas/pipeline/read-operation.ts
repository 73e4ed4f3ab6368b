import { incidentIdPattern, requestIdPattern, serviceIdPattern } from '../contract/names.ts';
import { pauseLength, pauseLengthAllowed, requestUuidPattern } from '../contract/operation-api.ts';
import { plainText } from '../contract/text.ts';
import type { Operation, OperationKind } from '../model/operation.ts';

/** What was asked for and its id, or what is wrong with how it was asked, as one sentence. */
export type ReadOperation = { readonly id: string; readonly operation: Operation } | { readonly flaw: string };

/** A body by its fields, of which the missing ones were allowed to be. */
type Fields = ReadonlyMap<string, string>;

const longestReason = 200;

/** Controls, line breaks, characters that turn the direction of writing, and halves of characters. */
const unreadable = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/** What each field must be, in words, and whether a text is that. */
const rules: Readonly<Record<string, { readonly allowed: string; readonly fits: (text: string) => boolean }>> = {
  id: {
    allowed: 'a UUID, a new one for each request',
    fits: (text) => requestUuidPattern.test(text),
  },
  service: {
    allowed: 'the id of a service, such as "checkout" (leave it out for everything)',
    fits: (text) => serviceIdPattern.test(text),
  },
  for: {
    allowed: `${pauseLengthAllowed} (leave it out for no end)`,
    fits: (text) => pauseLength(text) !== undefined,
  },
  incident: {
    allowed: 'the id of an incident, such as "20260105-141500-k3f9x2ab"',
    fits: (text) => incidentIdPattern.test(text),
  },
  request: {
    allowed: 'the number of the proposal, as its message names it, such as "3"',
    fits: (text) => requestIdPattern.test(text),
  },
  why: {
    allowed: `one line of 1 to ${longestReason} characters`,
    fits: (text) => text.trim() !== '' && text.length <= longestReason && !unreadable.test(text),
  },
};

type Form = {
  /** Fields that must be there, and fields that may be left out. No other may be there. */
  readonly needed: readonly string[];
  readonly optional: readonly string[];
  readonly operation: (fields: Fields) => Operation;
};

const text = (fields: Fields, name: string): string => fields.get(name) ?? '';
const why = (fields: Fields) => ({ why: text(fields, 'why') });
const answer = (kind: 'approve' | 'reject'): Form => ({
  needed: ['id', 'incident', 'request', 'why'],
  optional: [],
  operation: (fields) => ({
    kind,
    incident: text(fields, 'incident'),
    request: text(fields, 'request'),
    ...why(fields),
  }),
});

const forms: Readonly<Record<OperationKind, Form>> = {
  pause: {
    needed: ['id', 'why'],
    optional: ['service', 'for'],
    operation: (fields) => ({
      kind: 'pause',
      service: fields.get('service') ?? null,
      for: pauseLength(text(fields, 'for')) ?? null,
      ...why(fields),
    }),
  },
  resume: {
    needed: ['id', 'why'],
    optional: ['service'],
    operation: (fields) => ({ kind: 'resume', service: fields.get('service') ?? null, ...why(fields) }),
  },
  approve: answer('approve'),
  reject: answer('reject'),
  undo: {
    needed: ['id', 'incident', 'why'],
    optional: [],
    operation: (fields) => ({ kind: 'undo', incident: text(fields, 'incident'), ...why(fields) }),
  },
};

/** Reads the body of a request. Nothing is put right: what is not exactly as it should be is refused. */
export function readOperation(kind: OperationKind, body: unknown): ReadOperation {
  const { needed, optional, operation } = forms[kind];
  const allowed = [...needed, ...optional];
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    return { flaw: `The body of ${kind} is an object with ${allowed.join(', ')}; got ${shown(body)}.` };
  const given = new Map<string, unknown>(Object.entries(body));
  const strange = [...given.keys()].find((name) => !allowed.includes(name));
  if (strange !== undefined)
    return {
      flaw: `${plainText(strange, 40) || 'A field without a name'} is not known to ${kind}; allowed are ${allowed.join(', ')}.`,
    };
  const fields = new Map<string, string>();
  for (const name of allowed) {
    if (!given.has(name) && optional.includes(name)) continue;
    const value = given.get(name);
    const rule = rules[name];
    if (typeof value !== 'string' || rule?.fits(value) !== true)
      return { flaw: `${name} is ${shown(value)}; allowed is ${rule?.allowed}.` };
    fields.set(name, value);
  }
  return { id: text(fields, 'id').toLowerCase(), operation: operation(fields) };
}

/** A value that came from outside, short and in one line. */
const shown = (value: unknown): string =>
  value === undefined ? 'missing' : plainText(typeof value === 'string' ? `"${value}"` : JSON.stringify(value), 60);
