import type { Account } from '../../harness/account.ts';
import { apis } from './apis.ts';
import { functions } from './functions.ts';
import { queues, topics } from './messages.ts';
import { alarms, dashboards, keys, logGroups, parameters, rules, tables } from './others.ts';
import { roles } from './roles.ts';

/** Everything in an account but what `cdk bootstrap` made, as text, by kind and name; without dates. */
export type Inventory = Readonly<Record<string, string>>;

export async function inventory(account: Account): Promise<Inventory> {
  const kinds = {
    alarms,
    apis,
    dashboards,
    functions,
    keys,
    logGroups,
    parameters,
    queues,
    roles,
    rules,
    tables,
    topics,
  };
  const listed = await Promise.all(
    Object.entries(kinds).map(async ([kind, list]) =>
      Object.entries(await list(account)).map(([name, thing]) => [`${kind} ${name}`, JSON.stringify(undated(thing))]),
    ),
  );
  return Object.fromEntries(listed.flat().sort());
}

/** What differs between two inventories, by what became of it. */
export function difference(before: Inventory, after: Inventory) {
  const [old, now] = [Object.keys(before), Object.keys(after)];
  return {
    added: now.filter((name) => before[name] === undefined),
    changed: now.filter((name) => before[name] !== undefined && before[name] !== after[name]),
    removed: old.filter((name) => after[name] === undefined),
  };
}

/** Dates, and ids that change whenever something is written. */
const dates =
  /^(LastModified.*|RevisionId|\$metadata|.*Timestamp|CreationDateTime|creationTime|CreationDate|createdTime|createdDate|lastUpdatedDate)$/;

function undated(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(undated);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  const kept = Object.entries(value).filter(([name]) => !dates.test(name));
  return Object.fromEntries(kept.map(([name, part]) => [name, undated(part)]));
}
