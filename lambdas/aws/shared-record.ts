import { n, numberIn, s, textIn } from './items.ts';
import type { Item, Key, Table } from './table.ts';

/** Functions that write at once; each attempt that fails means that another one succeeded. */
const attempts = 40;

/** What a change made of the record, and what it answers. */
export type Changed<R, T> = { readonly record: R; readonly result: T };

/**
 * Changes a record that many functions share, one item with a version, only if nobody else has changed it in between: read,
 * decide, write, and all again when another was faster. The very same object again is not written. Rejects with `complaint`
 * when others were faster every time.
 */
export async function changeRecord<R, T>(
  table: Table,
  key: Key,
  none: R,
  change: (record: R) => Changed<R, T>,
  complaint: string,
): Promise<Changed<R, T> & { readonly before: R }> {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const item = await table.get(key);
    const before = recordIn(item, none);
    const changed = change(before);
    if (changed.record === before || (await write(table, key, changed.record, item))) return { ...changed, before };
    await table.breathe(attempt);
  }
  throw new Error(complaint);
}

export const recordIn = <R>(item: Item | undefined, none: R): R =>
  item === undefined ? none : (JSON.parse(textIn(item, 'record')) as R);

async function write(table: Table, key: Key, record: unknown, before: Item | undefined): Promise<boolean> {
  const version = before === undefined ? 0 : numberIn(before, 'version');
  const condition =
    before === undefined
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : {
          ConditionExpression: '#version = :version',
          ExpressionAttributeNames: { '#version': 'version' },
          ExpressionAttributeValues: { ':version': n(version) },
        };
  const Item = { ...key, version: n(version + 1), record: s(JSON.stringify(record)) };
  return (await table.transact([{ Put: { TableName: table.name, Item, ...condition } }])) === undefined;
}
