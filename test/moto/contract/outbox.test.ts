import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { awsOutbox } from '../../../lambdas/aws/outbox.ts';
import { adding, describeOutbox } from '../../contract/outbox-contract.ts';
import { transactions } from '../gaps/transactions.ts';
import { Account } from '../harness/account.ts';
import { LedgerTable } from '../harness/ledger-table.ts';

const writing = 'dynamodb.TransactWriteItems';

let account: Account;
let made = 0;
beforeAll(async () => {
  account = await Account.open('200000000004', [transactions()]);
});
afterEach(() => account.calm());
afterAll(() => account.close());

const newTable = () => LedgerTable.create(account, `ledger-${++made}`);

const outboxOn = (table: LedgerTable, change: object = {}) =>
  awsOutbox(table.seenBy('test', change), { most: 20, window: { minutes: 10 } });

describeOutbox('DynamoDB in moto', async () => outboxOn(await newTable()));

describe('the outbox in DynamoDB', () => {
  it('is no history: nothing of it expires', async () => {
    const table = await newTable();
    await outboxOn(table).update('topic', adding('a'));
    const item = (await table.items()).find(({ sk }) => sk?.S === 'TOPIC#topic');
    expect(Object.keys(item ?? {}).sort()).toEqual(['pk', 'record', 'sk', 'version']);
  });

  it.each(['answer-lost', 'throttled', 'unavailable', 'unreachable'] as const)(
    'writes a change once when its first request is met by: %s',
    async (fault) => {
      const outbox = outboxOn(await newTable());
      account.strike(writing, fault, 1);
      expect(await outbox.update('topic', adding('a'))).toEqual([]);
      expect(await outbox.update('topic', adding('b'))).toEqual(['a']);
    },
  );

  it('is an error, and changes nothing, when the write is denied or its record cannot be read', async () => {
    const outbox = outboxOn(await newTable());
    for (const operation of [writing, 'dynamodb.GetItem']) {
      account.strike(operation, 'denied');
      await expect(outbox.update('topic', adding('a'))).rejects.toMatchObject({ name: 'AccessDeniedException' });
      account.calm();
    }
    expect(await outbox.update('topic', adding('b'))).toEqual([]);
  });

  it('shows a change whose every answer was lost to whoever makes the next', async () => {
    const outbox = outboxOn(await newTable(), { maxAttempts: 2 });
    account.strike(writing, 'answer-lost');
    await expect(outbox.update('topic', adding('a'))).rejects.toThrow();
    account.calm();
    expect(await outbox.update('topic', adding('b'))).toEqual(['a']);
  });
});
