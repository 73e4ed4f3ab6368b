import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { describe, expect, it, vi } from 'vitest';
import { repeatable } from '../../lambdas/aws/clients.ts';
import { everythingKey } from '../../lambdas/aws/controls.ts';
import { awsFleet } from '../../lambdas/aws/fleet.ts';
import { awsFleetSize } from '../../lambdas/aws/fleet-size.ts';
import { awsLedger } from '../../lambdas/aws/ledger.ts';
import { Table } from '../../lambdas/aws/table.ts';
import { controlsAttributes, installedControls } from '../../lambdas/contract/controls-item.ts';
import { describeFleet } from '../contract/fleet-contract.ts';
import { FakeDynamoDb } from './fake-dynamodb.ts';
import { noPause, useWire } from './wire.ts';

const wire = useWire();
const table = (): Table => {
  const dynamodb = new FakeDynamoDb();
  wire.server.respond((request) => dynamodb.respond(request));
  dynamodb.put({ ...everythingKey, ...controlsAttributes(installedControls) } as Parameters<typeof dynamodb.put>[0]);
  return new Table('ledger', new DynamoDBClient({ ...repeatable, endpoint: wire.endpoint }), noPause());
};

describeFleet('DynamoDB', async () => {
  const shared = table();
  return { ledger: awsLedger(shared), fleet: awsFleet(shared) };
});

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
