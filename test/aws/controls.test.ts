import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { repeatable } from '../../lambdas/aws/clients.ts';
import { awsControls } from '../../lambdas/aws/controls.ts';
import { Table } from '../../lambdas/aws/table.ts';
import { controlsAttributes, installedControls } from '../../lambdas/contract/controls-item.ts';
import { minutes, now } from '../pipeline/build.ts';
import type { Attributes } from './dynamodb-conditions.ts';
import { FakeDynamoDb } from './fake-dynamodb.ts';
import { noPause, useWire } from './wire.ts';
import { failure } from './wire-server.ts';

const wire = useWire();
let dynamodb: FakeDynamoDb;
beforeEach(() => {
  dynamodb = new FakeDynamoDb();
  dynamodb.put(controlsAttributes(installedControls));
  wire.server.respond((request) => dynamodb.respond(request));
});
const read = (at = now) => {
  const client = new DynamoDBClient({ ...repeatable, maxAttempts: 2, endpoint: wire.endpoint });
  return awsControls(new Table('ledger', client, noPause()), { now: () => at }).read('checkout');
};
const item = (sk: string, change: Attributes = {}): Attributes => ({
  pk: { S: 'CONTROLS' },
  sk: { S: sk },
  paused: { BOOL: true },
  by: { S: 'ann' },
  why: { S: 'maintenance' },
  ...change,
});
const paused = (scope: string, until: number | null = null) => ({
  kind: 'paused',
  scope,
  by: 'ann',
  why: 'maintenance',
  until,
});

describe('awsControls', () => {
  it('runs as it was installed', async () => {
    expect(await read()).toEqual({ kind: 'running' });
  });

  it('reads both items, strongly consistent', async () => {
    await read();
    expect(wire.server.bodies('dynamodb.GetItem')).toEqual(
      expect.arrayContaining(
        ['EVERYTHING', 'SERVICE#checkout'].map((sk) => ({
          TableName: 'ledger',
          Key: { pk: { S: 'CONTROLS' }, sk: { S: sk } },
          ConsistentRead: true,
        })),
      ),
    );
  });

  it.each([
    ['everything', 'EVERYTHING'],
    ['service', 'SERVICE#checkout'],
  ])('is paused by the item for %s', async (scope, sk) => {
    dynamodb.put(item(sk));
    expect(await read()).toEqual(paused(scope));
  });

  it('does not mind the item of another service', async () => {
    dynamodb.put(item('SERVICE#cart'));
    expect(await read()).toEqual({ kind: 'running' });
  });

  it('ends a pause by the clock, not by the item vanishing', async () => {
    dynamodb.put(item('EVERYTHING', { until: { N: String(now + minutes(1)) } }));
    expect(await read()).toEqual(paused('everything', now + minutes(1)));
    expect(await read(now + minutes(1))).toEqual({ kind: 'running' });
  });

  it('is unreadable when the item for everything is not there', async () => {
    dynamodb.remove({ pk: { S: 'CONTROLS' }, sk: { S: 'EVERYTHING' } });
    expect(await read()).toMatchObject({ kind: 'unreadable' });
  });

  it.each([
    ['paused is a text', { paused: { S: 'true' } }],
    ['until is a text', { until: { S: 'tomorrow' } }],
  ])('is unreadable when %s: what cannot be understood holds', async (_, change) => {
    dynamodb.put(item('SERVICE#checkout', change));
    expect(await read()).toMatchObject({ kind: 'unreadable' });
  });

  it('rejects when the table cannot be read', async () => {
    wire.server.answer({ 'dynamodb.GetItem': failure('AccessDeniedException', 'Not authorized.') });
    await expect(read()).rejects.toThrow('Not authorized.');
  });
});
