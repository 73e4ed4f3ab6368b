import { gunzipSync, gzipSync } from 'node:zlib';
import { environment } from '../contract/environment.ts';
import type { MessageLimit } from '../contract/settings.ts';
import type { SendRecord } from '../model/message.ts';
import type { Outbox } from '../ports/notifier.ts';
import { textIn } from './items.ts';
import { outboxKey, outboxPartition, prefixes } from './ledger-keys.ts';
import { duration, object, positive } from './shape.ts';
import { changeRecord, recordIn } from './shared-record.ts';
import type { Table } from './table.ts';
import { type Environment, jsonIn, neededVariable } from './variables.ts';

const flawIn = object({ most: positive, window: duration });

export const messageLimitIn = (env: Environment): MessageLimit =>
  jsonIn<MessageLimit>(neededVariable(env, environment.messageLimit), environment.messageLimit, flawIn);

/**
 * What each topic was sent, one record per topic. An item holds 400 KB: compressed, that is many thousand incidents
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-use-s3-too.html).
 */
export const awsOutbox = (table: Table, limit: MessageLimit): Outbox => ({
  limit,
  update: async (topic, change) => {
    const complaint = `The record of what was sent to ${topic} kept changing under our hands.`;
    const changePacked = (packed: string) => {
      const before = unpacked(packed);
      const { record, result } = change(before);
      return { record: record === before ? packed : gzipSync(JSON.stringify(record)).toString('base64'), result };
    };
    return (await changeRecord(table, outboxKey(topic), nothingSent, changePacked, complaint)).result;
  },
  waiting: async () => {
    const items = await table.query(outboxPartition, prefixes.topic);
    const waits = items.filter((item) => unpacked(recordIn(item, nothingSent)).pending.length > 0);
    return waits.map((item) => textIn(item, 'sk').slice(prefixes.topic.length));
  },
});

const nothingSent = '';

const unpacked = (packed: string): SendRecord =>
  packed === nothingSent ? { sent: [], pending: [] } : JSON.parse(gunzipSync(Buffer.from(packed, 'base64')).toString());
