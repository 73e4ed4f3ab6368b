import type { SendRecord } from '../model/message.ts';
import type { Outbox } from '../ports/notifier.ts';
import { s } from './items.ts';
import { changeRecord } from './shared-record.ts';
import type { Key, Table } from './table.ts';

const keyOf = (topic: string): Key => ({ pk: s(`TOPIC#${topic}`), sk: s('OUTBOX') });
const nothingSent: SendRecord = { sent: [], pending: [] };

/** What each topic was sent, one record per topic. */
export const awsOutbox = (table: Table): Outbox => ({
  update: async (topic, change) => {
    const complaint = `The record of what was sent to ${topic} kept changing under our hands.`;
    return (await changeRecord(table, keyOf(topic), nothingSent, change, complaint)).result;
  },
});
