import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { repeatable } from '../../lambdas/aws/clients.ts';
import { awsControls } from '../../lambdas/aws/controls.ts';
import { Table } from '../../lambdas/aws/table.ts';
import { controlsAttributes, installedControls } from '../../lambdas/contract/controls-item.ts';
import { minutes, now } from '../pipeline/build.ts';
import { failure, useRecordedAccount } from '../recorded/recorded-account.ts';
import { type Item, RememberedItems } from '../recorded/remembered-items.ts';

const aws = useRecordedAccount();
const item = (sk: string, change: Item = {}): Item => ({
  ...controlsAttributes({ ...installedControls, sk, paused: true, by: 'ann', why: 'maintenance' }),
  ...change,
});
const read = (given: readonly Item[], at = now) => {
  const items = new RememberedItems();
  for (const each of given) items.put(each);
  aws.answer(items.answers);
  return reader(at).read('checkout');
};
const reader = (at: number) => {
  const client = new DynamoDBClient({ ...repeatable, maxAttempts: 2, endpoint: aws.endpoint });
  return awsControls(new Table('ledger', client), { now: () => at });
};
const installed = controlsAttributes(installedControls);

describe('awsControls', () => {
  it('tells who has paused what, why and until when, and minds no other service', async () => {
    expect(await read([installed, item('SERVICE#cart')])).toEqual({ kind: 'running' });
    const pause = { kind: 'paused', by: 'ann', why: 'maintenance' };
    expect(await read([item('EVERYTHING')])).toEqual({ ...pause, scope: 'everything', until: null });
    const until = { until: { N: String(now + minutes(1)) } };
    const own = [installed, item('SERVICE#checkout', until)];
    expect(await read(own)).toEqual({ ...pause, scope: 'service', until: now + minutes(1) });
    expect(await read(own, now + minutes(1))).toEqual({ kind: 'running' });
  });

  it.each<[string, readonly Item[]]>([
    ['the item for everything is not there', [item('SERVICE#checkout')]],
    ['paused is a text', [installed, item('SERVICE#checkout', { paused: { S: 'true' } })]],
    ['until is a text', [installed, item('SERVICE#checkout', { until: { S: 'tomorrow' } })]],
  ])('is unreadable when %s: what cannot be understood holds', async (_, items) => {
    expect(await read(items)).toMatchObject({ kind: 'unreadable' });
  });

  it('rejects when the table cannot be read', async () => {
    aws.answer({ 'dynamodb.GetItem': failure('AccessDeniedException', 'Not authorized.') });
    await expect(reader(now).read('checkout')).rejects.toThrow('Not authorized.');
  });
});
