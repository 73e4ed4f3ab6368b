import { nameOf } from './items.ts';
import type { Item } from './table.ts';

/** 400 KB, names and values of attributes together (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html). */
const largest = 400 * 1024;

/**
 * The item, unless DynamoDB would not take it. Its own refusal comes as a cancelled transaction that does not say which item
 * it means, so that nobody could tell which entry to blame.
 */
export function ofLegalSize(item: Item): Item {
  const size = sizeOf(item);
  if (size > largest)
    throw new Error(`The ledger's item ${nameOf(item)} has ${size} bytes; DynamoDB takes ${largest} at most.`);
  return item;
}

/** Text in UTF-8; a number takes fewer bytes than it has digits. */
const sizeOf = (item: Item): number =>
  Object.entries(item).reduce(
    (sum, [name, { S, N }]) => sum + Buffer.byteLength(name) + Buffer.byteLength(S ?? N ?? ' '),
    0,
  );
