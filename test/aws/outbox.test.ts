import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { repeatable } from '../../lambdas/aws/clients.ts';
import { awsOutbox } from '../../lambdas/aws/outbox.ts';
import { Table } from '../../lambdas/aws/table.ts';
import type { SendRecord } from '../../lambdas/model/message.ts';
import { FakeDynamoDb } from './fake-dynamodb.ts';
import { noPause, useWire } from './wire.ts';

const wire = useWire();
let dynamodb: FakeDynamoDb;
beforeEach(() => {
  dynamodb = new FakeDynamoDb();
  wire.server.respond((request) => dynamodb.respond(request));
});
const outbox = () => {
  const client = new DynamoDBClient({ ...repeatable, endpoint: wire.endpoint });
  return awsOutbox(new Table('ledger', client, noPause()), limit);
};
const limit = { most: 20, window: { minutes: 10 } };
const adding = (id: string) => (record: SendRecord) => ({
  record: { ...record, sent: [...record.sent, { id, at: 1 }] },
  result: record.sent.length,
});

describe('awsOutbox', () => {
  it('begins with an empty record and gives the result of the change', async () => {
    expect(await outbox().update('topic', adding('a'))).toBe(0);
    expect(await outbox().update('topic', adding('b'))).toBe(1);
    expect(await outbox().update('other', adding('a'))).toBe(0);
  });

  it('loses none of twenty changes at once', async () => {
    const before = await Promise.all(Array.from({ length: 20 }, (_, n) => outbox().update('topic', adding(`${n}`))));
    expect([...before].sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, n) => n));
  });

  it('is no history: it has no time to live', async () => {
    await outbox().update('topic', adding('a'));
    expect(dynamodb.all().map((item) => Object.keys(item).sort())).toEqual([['pk', 'record', 'sk', 'version']]);
  });

  it('writes once when the answer to the write was lost', async () => {
    let lost = false;
    wire.server.respond((request) => {
      const answer = dynamodb.respond(request);
      if (request.operation !== 'dynamodb.TransactWriteItems' || lost) return answer;
      lost = true;
      return 'drop';
    });
    expect(await outbox().update('topic', adding('a'))).toBe(0);
    expect(await outbox().update('topic', adding('b'))).toBe(1);
  });
});
