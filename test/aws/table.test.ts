import { gzipSync } from 'node:zlib';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { repeatable } from '../../lambdas/aws/clients.ts';
import { awsOutbox } from '../../lambdas/aws/outbox.ts';
import { Table } from '../../lambdas/aws/table.ts';
import type { SendRecord } from '../../lambdas/model/message.ts';
import { failure, noPause, type RecordedAnswer, useRecordedAccount } from '../recorded/recorded-account.ts';
import { cancelled } from '../recorded/remembered-items.ts';

// What becomes of conditions, rivals and lost answers in the table itself is shown on moto: test/moto/contract.

const aws = useRecordedAccount();
const [getting, querying, writing] = ['GetItem', 'Query', 'TransactWriteItems'].map((name) => `dynamodb.${name}`) as [
  string,
  string,
  string,
];
const table = (maxAttempts = 5) =>
  new Table('ledger', new DynamoDBClient({ ...repeatable, maxAttempts, endpoint: aws.endpoint }), noPause());
const key = { pk: { S: 'INCIDENT#1' }, sk: { S: 'HEADER' } };
const put = { Put: { TableName: 'ledger', Item: key } };
const tokens = () => aws.bodies(writing).map((body) => (body as { ClientRequestToken: string }).ClientRequestToken);
const made: RecordedAnswer = { json: {} };

describe('a read of the table', () => {
  it('is strongly consistent', async () => {
    aws.answer({ [getting]: { json: { Item: key } } });
    expect(await table().get(key)).toEqual(key);
    expect(aws.bodies(getting)).toEqual([{ TableName: 'ledger', Key: key, ConsistentRead: true }]);
  });

  it('of a part of a partition takes every page, and goes through no index', async () => {
    const [first, second] = ['ENTRY#a', 'ENTRY#b'].map((sk) => ({ pk: key.pk, sk: { S: sk } }));
    aws.answer({ [querying]: [{ json: { Items: [first], LastEvaluatedKey: first } }, { json: { Items: [second] } }] });
    expect(await table().query('INCIDENT#1', 'ENTRY#', 'a')).toEqual([first, second]);
    const asked = {
      TableName: 'ledger',
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: {
        ':pk': { S: 'INCIDENT#1' },
        ':from': { S: 'ENTRY#a' },
        ':to': { S: 'ENTRY#\u{10ffff}' },
      },
    };
    expect(aws.bodies(querying)).toEqual([asked, { ...asked, ExclusiveStartKey: first }]);
  });
});

describe('a transaction', () => {
  it('is all of its writes in one request', async () => {
    aws.answer({ [writing]: made });
    expect(await table().transact([put])).toBeUndefined();
    expect(aws.bodies(writing)).toEqual([{ TransactItems: [put], ClientRequestToken: expect.any(String) }]);
  });

  it.each([
    ['was cut off', 'drop', 5],
    ['met an error of the service', failure('InternalServerError', 'Oops.', 500), 5],
    // Also when the client has given up.
    ['is still under way', failure('com.amazonaws.dynamodb.v20120810#TransactionInProgressException'), 1],
  ] as const)('that %s is asked for again by the same token, so that it is made once', async (_, first, attempts) => {
    aws.answer({ [writing]: [first, first, made] });
    expect(await table(attempts).transact([put])).toBeUndefined();
    expect(tokens()).toHaveLength(3);
    expect(new Set(tokens()).size).toBe(1);
  });

  it('that met another one is begun anew, by another token', async () => {
    aws.answer({ [writing]: [cancelled('TransactionConflict', 'None'), made] });
    expect(await table().transact([put, put])).toBeUndefined();
    expect(new Set(tokens()).size).toBe(2);
  });

  it('that meets others for ever is an error after forty attempts', async () => {
    aws.answer({ [writing]: cancelled('TransactionConflict') });
    await expect(table().transact([put])).rejects.toMatchObject({ name: 'TransactionCanceledException' });
    expect(tokens()).toHaveLength(40);
  });

  it('that a condition forbids tells the clash of each write, with the item as it is, and is not repeated', async () => {
    aws.answer({ [writing]: cancelled('None', { Code: 'ConditionalCheckFailed', Item: key }, 'TransactionConflict') });
    expect(await table().transact([put, put, put])).toEqual([undefined, { item: key }, undefined]);
    expect(tokens()).toHaveLength(1);
  });

  it('that cannot be settled is an error, not an answer', async () => {
    aws.answer({ [writing]: 'drop' });
    await expect(table(2).transact([put])).rejects.toThrow();
    expect(tokens()).toHaveLength(2);
  });

  it.each([
    ['is denied', failure('AccessDeniedException', 'Not authorized.'), 'Not authorized.'],
    [
      'is cancelled for another reason',
      cancelled('ItemCollectionSizeLimitExceeded'),
      'ItemCollectionSizeLimitExceeded',
    ],
  ])('that %s is an error at once', async (_, answer, says) => {
    aws.answer({ [writing]: answer });
    await expect(table().transact([put])).rejects.toThrow(says);
    expect(tokens()).toHaveLength(1);
  });
});

describe('a record that functions share', () => {
  const outbox = () => awsOutbox(table(), { most: 20, window: { minutes: 10 } });
  const adding = (record: SendRecord) => ({
    record: { ...record, sent: [...record.sent, { id: 'a', at: 1 }] },
    result: record.sent.length,
  });
  const packed = (unpacked: object) => gzipSync(JSON.stringify(unpacked)).toString('base64');
  const record = (version: string, sent: readonly object[]) => ({
    json: { Item: { version: { N: version }, record: { S: JSON.stringify(packed({ sent, pending: [] })) } } },
  });

  it('is read and changed again when another was faster', async () => {
    aws.answer({
      [getting]: [made, record('7', [{}, {}])],
      [writing]: [cancelled('ConditionalCheckFailed'), made],
    });
    expect(await outbox().update('topic', adding)).toBe(2);
    expect(aws.bodies(writing)).toMatchObject([
      { TransactItems: [{ Put: { Item: { version: { N: '1' } }, ConditionExpression: 'attribute_not_exists(pk)' } }] },
      { TransactItems: [{ Put: { Item: { version: { N: '8' } }, ConditionExpression: '#version = :version' } }] },
    ]);
  });

  it('is not written when it stays as it is', async () => {
    aws.answer({ [getting]: made });
    expect(await outbox().update('topic', (same) => ({ record: same, result: 'nothing' }))).toBe('nothing');
    expect(aws.operations()).toEqual([getting]);
  });

  it('is an error when others are faster every time', async () => {
    aws.answer({ [getting]: made, [writing]: cancelled('ConditionalCheckFailed') });
    await expect(outbox().update('topic', adding)).rejects.toThrow(
      'The record of what was sent to topic kept changing under our hands.',
    );
  });
});
