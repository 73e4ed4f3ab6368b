import type { Context } from './need.ts';
import { arnMatches, matches } from './pattern.ts';

/** The `Condition` of a statement: operator → key → values. */
export type Conditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

type Compare = (wanted: string, given: string) => boolean;

const same: Compare = (wanted, given) => wanted === given;
const sameBool: Compare = (wanted, given) => wanted.toLowerCase() === given.toLowerCase();

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const positive: Readonly<Record<string, Compare>> = {
  StringEquals: same,
  StringLike: matches,
  ArnEquals: arnMatches,
  ArnLike: arnMatches,
  Bool: sameBool,
};
/** True where none of the values matches, and where the key is absent. */
const negated: Readonly<Record<string, Compare>> = {
  StringNotEquals: same,
  StringNotLike: matches,
  ArnNotEquals: arnMatches,
  ArnNotLike: arnMatches,
};

/** All of them must hold: operators and keys are joined by AND, the values of one key by OR. */
export function hold(conditions: Conditions, context: Context): boolean {
  const inLowerCase = new Map(Object.entries(context).map(([key, values]) => [key.toLowerCase(), values]));
  return Object.entries(conditions).every(([operator, keys]) =>
    Object.entries(keys).every(([key, wanted]) =>
      holds(operator, [wanted].flat(), inLowerCase.get(key.toLowerCase()), key),
    ),
  );
}

function holds(
  operator: string,
  wanted: readonly string[],
  given: readonly string[] | undefined,
  key: string,
): boolean {
  const [, set, name = '', ifExists] = /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(operator) ?? [];
  if (name === 'Null') return sameBool(wanted[0] ?? '', String(given === undefined));
  const isNegated = name in negated;
  const compare = positive[name] ?? negated[name];
  if (compare === undefined) throw new Error(`The condition operator ${operator} is not evaluated here.`);
  const one = (value: string): boolean => wanted.some((each) => compare(each, value)) !== isNegated;
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
  if (set === 'ForAllValues') return (given ?? []).every(one);
  if (given === undefined) return ifExists !== undefined || (set === undefined && isNegated);
  if (set === 'ForAnyValue') return given.some(one);
  const [value, ...more] = given;
  if (value === undefined || more.length > 0)
    throw new Error(`${operator} on ${key} needs ForAllValues or ForAnyValue: the request has ${given.length} values.`);
  return one(value);
}
