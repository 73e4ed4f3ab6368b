import type { SendRecord } from '../model/message.ts';
import type { Outbox } from '../ports/notifier.ts';
import { n, numberIn, s, textIn } from './items.ts';
import type { Item, Key, Table } from './table.ts';

/** Incidents of one owner that write at once; each attempt that fails means that another one succeeded. */
const attempts = 40;

const keyOf = (topic: string): Key => ({ pk: s(`TOPIC#${topic}`), sk: s('OUTBOX') });

/** What each topic was sent, one item per topic, changed only if nobody else has changed it in between. */
export const awsOutbox = (table: Table): Outbox => ({
  update: async (topic, change) => {
    for (let attempt = 1; attempt <= attempts; attempt++) {
      const item = await table.get(keyOf(topic));
      const { record, result } = change(item === undefined ? { sent: [], pending: [] } : recordIn(item));
      if (await write(table, topic, record, item)) return result;
      await table.breathe(attempt);
    }
    throw new Error(`The record of what was sent to ${topic} kept changing under our hands.`);
  },
});

const recordIn = (item: Item): SendRecord => JSON.parse(textIn(item, 'record')) as SendRecord;

async function write(table: Table, topic: string, record: SendRecord, before: Item | undefined): Promise<boolean> {
  const version = before === undefined ? 0 : numberIn(before, 'version');
  const condition =
    before === undefined
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : {
          ConditionExpression: '#version = :version',
          ExpressionAttributeNames: { '#version': 'version' },
          ExpressionAttributeValues: { ':version': n(version) },
        };
  const Item = { ...keyOf(topic), version: n(version + 1), record: s(JSON.stringify(record)) };
  return (await table.transact([{ Put: { TableName: table.name, Item, ...condition } }])) === undefined;
}
