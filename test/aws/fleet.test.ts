import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { describe, expect, it, vi } from 'vitest';
import { repeatable } from '../../lambdas/aws/clients.ts';
import { awsFleet } from '../../lambdas/aws/fleet.ts';
import { awsFleetSize } from '../../lambdas/aws/fleet-size.ts';
import { Table } from '../../lambdas/aws/table.ts';
import { noPause, useRecordedAccount } from '../recorded/recorded-account.ts';
import { RememberedItems } from '../recorded/remembered-items.ts';

const aws = useRecordedAccount();
const table = (): Table => {
  const items = new RememberedItems();
  aws.answer(items.answers);
  return new Table('ledger', new DynamoDBClient({ ...repeatable, endpoint: aws.endpoint }), noPause());
};

describe('the record of all services', () => {
  it('tells its listener of what was written, and of nothing else', async () => {
    const heard = vi.fn();
    const fleet = awsFleet(table(), heard);
    await fleet.update((record) => ({ record, result: null }));
    expect(heard).not.toHaveBeenCalled();
    await fleet.update((record) => ({ record: { ...record, pace: 2 }, result: null }));
    expect(heard.mock.calls.map(([old, next]) => [old.pace, next.pace])).toEqual([[1, 2]]);
  });
});

describe('the number of services', () => {
  const size = (text: string | undefined) => awsFleetSize('prod', async () => text).services();

  it('is what the pipeline has published', async () => {
    expect(await size('500')).toBe(500);
  });

  it('is not guessed', async () => {
    await expect(size(undefined)).rejects.toThrow('/paramedic/prod/_services/count is not a count: undefined');
    await expect(size('many')).rejects.toThrow('is not a count: many');
  });
});
