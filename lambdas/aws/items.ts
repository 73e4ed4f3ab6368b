import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Item } from './table.ts';

export const s = (value: string): AttributeValue => ({ S: value });
export const n = (value: number): AttributeValue => ({ N: String(value) });
export const bool = (value: boolean): AttributeValue => ({ BOOL: value });

/** A text of an item. An item that is not as we wrote it is an error that names it, never a blank. */
export function textIn(item: Item, name: string): string {
  const value = item[name]?.S;
  if (value === undefined) throw new Error(`The ledger's item ${nameOf(item)} has no text "${name}".`);
  return value;
}

export function numberIn(item: Item, name: string): number {
  const value = Number(item[name]?.N ?? Number.NaN);
  if (!Number.isFinite(value)) throw new Error(`The ledger's item ${nameOf(item)} has no number "${name}".`);
  return value;
}

export const nameOf = (item: Item): string => `${item.pk?.S ?? '?'} / ${item.sk?.S ?? '?'}`;
