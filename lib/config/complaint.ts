import type { z } from 'zod';
import { allowedKeys } from './allowed.ts';

/** One thing that is wrong with a document: where, and a sentence with the value got and what is allowed. */
export type Complaint = {
  readonly path: readonly PropertyKey[];
  /** The key itself is wrong, not its value. */
  readonly atKey: boolean;
  readonly says: string;
};

type Issue = z.core.$ZodIssue;

const articles: Readonly<Record<string, string>> = {
  object: 'a mapping',
  record: 'a mapping',
  array: 'a list',
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
};

const oneOf = (values: readonly unknown[]): string => values.map(String).join(', ');

function size(origin: string, bound: string, limit: unknown): string {
  if (origin === 'array') return `a list of ${bound} ${String(limit)}`;
  if (origin === 'string') return `a text of ${bound} ${String(limit)} characters`;
  if (origin === 'object' || origin === 'record' || origin === 'map') return `a mapping of ${bound} ${String(limit)}`;
  return `${bound} ${String(limit)}`;
}

const formats: Readonly<Record<string, string>> = {
  email: 'an e-mail address',
  url: 'an absolute URL that begins with https:// or http://',
};

/** What is allowed, in words, for schemas that bring no words of their own. Given to zod as its error map. */
export const whatIsAllowed: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'invalid_type':
      return articles[issue.expected] ?? issue.expected;
    case 'invalid_value':
      return oneOf(issue.values);
    case 'too_small':
      return size(issue.origin, issue.inclusive === false ? 'more than' : 'at least', issue.minimum);
    case 'too_big':
      return size(issue.origin, issue.inclusive === false ? 'less than' : 'at most', issue.maximum);
    case 'invalid_format':
      return formats[issue.format] ?? `a text of the form ${issue.pattern ?? issue.format}`;
    case 'not_multiple_of':
      return `a multiple of ${issue.divisor}`;
    case 'invalid_union':
      return '';
    default:
      return undefined;
  }
};

/** A value as a person would recognise it, on one short line. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object' && value !== null) return 'a mapping';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 77)}..."` : text;
}

const at = (root: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    root,
  );

/** `services.checkout.targetGroups[1]`; the whole file for an empty path. */
const named = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : `${text}${text && '.'}${String(key)}`),
    '',
  ) || 'the file';

/** The options of a union whose shape fits at least, so that the complaint is about what is inside. */
function inside(issue: Extract<Issue, { code: 'invalid_union' }>): readonly Issue[] | undefined {
  const misfit = (one: Issue) => one.path.length === 0 && (one.code === 'invalid_type' || one.code === 'invalid_value');
  return issue.errors.find((issues) => issues.length > 0 && !issues.some(misfit));
}

function unknownKeys(issue: Extract<Issue, { code: 'unrecognized_keys' }>, root: unknown, schema: z.core.$ZodType) {
  const allowed = allowedKeys(schema, issue.path, at(root, issue.path));
  return issue.keys.map((key) => ({
    path: [...issue.path, key],
    atKey: true,
    says: `${named([...issue.path, key])} is not known; allowed here: ${oneOf(allowed)}.`,
  }));
}

/** Zod's issues as complaints, one per thing that is wrong. */
export function complaintsOf(issue: Issue, root: unknown, schema: z.core.$ZodType): readonly Complaint[] {
  const { path } = issue;
  if (issue.code === 'unrecognized_keys') return unknownKeys(issue, root, schema);
  if (issue.code === 'invalid_union') {
    const within = inside(issue);
    if (within !== undefined)
      return within.flatMap((one) => complaintsOf({ ...one, path: [...path, ...one.path] }, root, schema));
  }
  if (issue.code === 'invalid_key') {
    const key = String(path.at(-1));
    return [
      {
        path,
        atKey: true,
        says: `${named(path)}: the name ${shown(key)} is not allowed; ${issue.issues[0]?.message}.`,
      },
    ];
  }
  if (issue.code === 'custom' && issue.params?.sentence === true)
    return [{ path, atKey: false, says: `${named(path)}: ${issue.message}` }];
  const got = at(root, path);
  const allowed = issue.code === 'invalid_union' ? orElse(issue) : issue.message;
  const missing = got === undefined ? `${named(path)} is missing; give ${allowed}.` : undefined;
  return [{ path, atKey: false, says: missing ?? `${named(path)} is ${shown(got)}; allowed is ${allowed}.` }];
}

function orElse(issue: Extract<Issue, { code: 'invalid_union' }>): string {
  const phrases = issue.errors.flatMap((issues) => issues.slice(0, 1).map((one) => one.message));
  return issue.message || [...new Set(phrases)].join(' or ');
}
