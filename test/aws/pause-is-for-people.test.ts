import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { repeatable } from '../../lambdas/aws/clients.ts';
import { everythingKey, serviceKey } from '../../lambdas/aws/controls.ts';
import { Table } from '../../lambdas/aws/table.ts';
import { controlsAttributes, installedControls } from '../../lambdas/contract/controls-item.ts';
import { root, sources } from '../architecture/tree.ts';
import { FakeDynamoDb } from './fake-dynamodb.ts';
import { noPause, useWire } from './wire.ts';

const wire = useWire();
let dynamodb: FakeDynamoDb;
beforeEach(() => {
  dynamodb = new FakeDynamoDb();
  dynamodb.put(controlsAttributes(installedControls));
  wire.server.respond((request) => dynamodb.respond(request));
});
const table = () => new Table('ledger', new DynamoDBClient({ ...repeatable, endpoint: wire.endpoint }), noPause());

const adapters = sources('lambdas/aws').map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
/** The adapters whose text has this. */
const having = (pattern: RegExp): string[] =>
  adapters
    .filter(({ text }) => pattern.test(text))
    .map(({ path }) => path.slice('lambdas/aws/'.length))
    .toSorted();

describe('what people own, the pause', () => {
  it.each([everythingKey, serviceKey('checkout')])(
    'is written by no test of an adapter: the table of the tests refuses it (%j)',
    async (key) => {
      const put = { Put: { TableName: 'ledger', Item: { ...key, paused: { BOOL: true } } } };
      const update = {
        Update: {
          TableName: 'ledger',
          Key: { ...key },
          UpdateExpression: 'SET #paused = :paused',
          ExpressionAttributeNames: { '#paused': 'paused' },
          ExpressionAttributeValues: { ':paused': { BOOL: true } },
        },
      };
      await expect(table().transact([put])).rejects.toThrow('Put of a pause item');
      await expect(table().transact([update])).rejects.toThrow('Update of a pause item');
      expect(dynamodb.all()).toEqual([controlsAttributes(installedControls)]);
    },
  );

  it('has its keys in the adapter that reads, in the one that lets a claim check it, and in those of stop and operate alone', () => {
    expect(having(/controlsPartition|['"`]CONTROLS/)).toEqual([
      'controls-writer.ts',
      'controls.ts',
      'operation-log.ts',
    ]);
    expect(having(/\beverythingKey\b|\bserviceKey\b/)).toEqual([
      'controls-writer.ts',
      'controls.ts',
      'ledger-orders.ts',
    ]);
    expect(having(/awsControlsWriter|awsOperationLog/)).toEqual([
      'controls-writer.ts',
      'operation-log.ts',
      'operator-ports.ts',
      'stop-ports.ts',
    ]);
    expect(having(/awsControlsWriter/)).toEqual(['controls-writer.ts', 'stop-ports.ts']);
    const text = (name: string) => adapters.find(({ path }) => path.endsWith(`/${name}`))?.text ?? '';
    expect(text('controls.ts')).not.toMatch(/\b(Put|Update|Delete)\b|transact/);
  });

  it('can be reached by no other way of writing than a transaction of the table', () => {
    const writing =
      /\b(PutItem|UpdateItem|DeleteItem|BatchWriteItem|ExecuteStatement|ExecuteTransaction|BatchExecuteStatement)Command/;
    expect(having(writing)).toEqual([]);
    expect(having(/TransactWriteItemsCommand/)).toEqual(['table.ts']);
  });
});
