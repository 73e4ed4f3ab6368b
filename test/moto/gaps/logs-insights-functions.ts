import { MalformedQuery } from './logs-insights-tokens.ts';

/** What a part of a query stands for; `field` is a field of the log, which may hold anything. */
export type Type = 'number' | 'text' | 'boolean' | 'timestamp' | 'field';
export type Value = number | string | boolean | undefined;

type Signature = {
  readonly takes: readonly Type[];
  readonly gives: Type;
  readonly compute: (given: readonly Value[]) => Value;
};

/**
 * The functions this knows, as the documentation has them
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-operations-functions.html).
 */
const functions: Readonly<Record<string, Signature>> = {
  if: { takes: ['boolean', 'field', 'field'], gives: 'field', compute: ([is, yes, no]) => (is === true ? yes : no) },
  ispresent: { takes: ['field'], gives: 'boolean', compute: ([value]) => value !== undefined },
  tomillis: { takes: ['timestamp'], gives: 'number', compute: ([at]) => at },
  strcontains: {
    takes: ['text', 'text'],
    gives: 'number',
    compute: ([text, part]) => (String(text ?? '').includes(String(part)) ? 1 : 0),
  },
  abs: { takes: ['number'], gives: 'number', compute: ([value]) => Math.abs(Number(value)) },
  floor: { takes: ['number'], gives: 'number', compute: ([value]) => Math.floor(Number(value)) },
  ceil: { takes: ['number'], gives: 'number', compute: ([value]) => Math.ceil(Number(value)) },
};

/** Aggregations of `stats` (https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-Stats.html). */
const aggregations: Readonly<Record<string, Signature>> = {
  count: { takes: ['field'], gives: 'number', compute: (all) => all.filter((value) => value !== undefined).length },
  sum: { takes: ['number'], gives: 'number', compute: (all) => over(all, (one, other) => one + other) },
  max: { takes: ['field'], gives: 'field', compute: (all) => over(all, Math.max) },
  min: { takes: ['field'], gives: 'field', compute: (all) => over(all, Math.min) },
};

export const functionNamed = (name: string): Signature => named(name, functions);
export const aggregationNamed = (name: string): Signature => named(name, aggregations);

/** Throws unless what is given fits what is taken. A Boolean is no number and no field; a field may hold anything else. */
export function check(name: string, { takes }: Signature, given: readonly Type[]): void {
  const fits = takes.length === given.length && takes.every((type, index) => matches(type, given[index]));
  if (!fits) throw new MalformedQuery(`${name} takes (${takes.join(', ')}), not (${given.join(', ')})`);
}

function matches(takes: Type, given: Type | undefined): boolean {
  if (takes === given) return true;
  if (takes === 'field') return given === 'number' || given === 'text' || given === 'timestamp';
  return given === 'field' && (takes === 'number' || takes === 'text');
}

function named(name: string, known: Readonly<Record<string, Signature>>): Signature {
  const signature = known[name.toLowerCase()];
  if (signature === undefined) throw new MalformedQuery(`unknown function ${name}`);
  return signature;
}

/** Over nothing there is no value. */
function over(all: readonly Value[], combine: (one: number, other: number) => number): number | undefined {
  const numbers = all
    .filter((value) => value !== undefined && value !== '')
    .map(Number)
    .filter(Number.isFinite);
  return numbers.length === 0 ? undefined : numbers.reduce((one, other) => combine(one, other));
}
