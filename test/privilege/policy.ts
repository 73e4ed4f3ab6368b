/**
 * What IAM is asked about one request: an action on a resource, and the keys that conditions may look at. `*` stands for the
 * resource where the action knows none. A request may need several.
 */
export type Need = { readonly action: string; readonly resource: string; readonly context: Context };

/** Condition keys of one request, each with its values. A key that is not there is absent. */
export type Context = Readonly<Record<string, readonly string[]>>;

export type Conditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** A statement of an identity policy, as JSON has it. */
export type Statement = {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Conditions;
  readonly Sid?: string;
};

/** What a role may do: the statements of all its policies. */
export type Role = readonly Statement[];

/**
 * Would IAM let the role do it? As much of IAM as the templates use, and an error for anything else: within one account, from
 * identity policies alone
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html).
 */
export function allows(role: Role, need: Need): boolean {
  const applying = role.filter((statement) => applies(statement, need));
  return applying.length > 0 && applying.every(({ Effect }) => Effect === 'Allow');
}

const understood: ReadonlySet<string> = new Set(['Effect', 'Action', 'Resource', 'Condition', 'Sid']);

/** Is the statement about this action, this resource and this request? Operators and keys are joined by AND. */
export function applies(statement: Statement, { action, resource, context }: Need): boolean {
  const unknown = Object.keys(statement).find((element) => !understood.has(element));
  if (unknown !== undefined) throw new Error(`The element ${unknown} of a statement is not evaluated here.`);
  return (
    [statement.Action].flat().some((pattern) => matches(pattern.toLowerCase(), action.toLowerCase())) &&
    [statement.Resource].flat().some((pattern) => matches(pattern, resource)) &&
    Object.entries(statement.Condition ?? {}).every(([operator, keys]) =>
      Object.entries(keys).every(([key, wanted]) => holds(operator, [wanted].flat(), context[key])),
    )
  );
}

/**
 * The values of one key are joined by OR; a key that is absent matches nothing, but what says otherwise
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html).
 */
function holds(operator: string, wanted: readonly string[], given: readonly string[] | undefined): boolean {
  switch (operator) {
    case 'StringEquals':
      return given !== undefined && wanted.includes(single(given));
    case 'StringNotEqualsIfExists':
      return given === undefined || !wanted.includes(single(given));
    case 'ArnEquals':
    case 'ArnLike':
      return given !== undefined && wanted.some((pattern) => arnMatches(pattern, single(given)));
    case 'Null':
      return wanted[0] === String(given === undefined);
    case 'ForAllValues:StringEquals':
      return (given ?? []).every((value) => wanted.includes(value));
    default:
      throw new Error(`The condition operator ${operator} is not evaluated here.`);
  }
}

function single(given: readonly string[]): string {
  const [value, ...more] = given;
  if (value === undefined || more.length > 0) throw new Error(`One value is compared, not ${given.length}.`);
  return value;
}

const known = new Map<string, RegExp>();

/** `*` stands for any characters, `?` for one (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html). */
function matches(pattern: string, text: string): boolean {
  if (pattern.includes('${')) throw new Error(`Policy variables are not evaluated here: ${pattern}`);
  const plain = pattern.replace(/[\\^$.+()|[\]{}]/g, '\\$&');
  const made = known.get(pattern) ?? new RegExp(`^${plain.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's');
  known.set(pattern, made);
  return made.test(text);
}

/** Each of the six parts by itself: a wildcard does not reach over a colon into the next. */
function arnMatches(pattern: string, arn: string): boolean {
  const [wanted, given] = [partsOf(pattern), partsOf(arn)];
  return wanted.length === given.length && wanted.every((part, index) => matches(part, given[index] ?? ''));
}

function partsOf(arn: string): readonly string[] {
  const parts = arn.split(':');
  return [...parts.slice(0, 5), parts.slice(5).join(':')];
}

/** The smallest part of a policy: one action on one resource, under its conditions. */
export type Grant = { readonly action: string; readonly resource: string; readonly conditions: Conditions | undefined };

export const grantsOf = (role: Role): readonly Grant[] =>
  role
    .filter(({ Effect }) => Effect === 'Allow')
    .flatMap(({ Action, Resource, Condition }) =>
      [Action]
        .flat()
        .flatMap((action) => [Resource].flat().map((resource) => ({ action, resource, conditions: Condition }))),
    );

/** A grant as a statement of its own. */
export const statementOf = ({ action, resource, conditions }: Grant): Statement => ({
  Effect: 'Allow',
  Action: action,
  Resource: resource,
  ...(conditions === undefined ? {} : { Condition: conditions }),
});

/** The same for all that say the same, in whatever order. */
export const keyOf = ({ action, resource, conditions }: Grant): string =>
  `${action} on ${resource}${conditions === undefined ? '' : ` if ${JSON.stringify(sorted(conditions))}`}`;

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 1 ? sorted(value[0]) : value.map(sorted).sort();
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, one]) => [key, sorted(one)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
