import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { awsControls, everythingKey } from '../../../lambdas/aws/controls.ts';
import { everythingControls, pauseCommand, serviceControls } from '../../../lambdas/contract/controls-item.ts';
import { describeControls } from '../../contract/controls-contract.ts';
import { Account } from '../harness/account.ts';
import { LedgerTable } from '../harness/ledger-table.ts';

let account: Account;
let made = 0;
beforeAll(async () => {
  account = await Account.open('200000000007');
});
afterEach(() => account.calm());
afterAll(() => account.close());

const newTable = () => LedgerTable.create(account, `ledger-${++made}`);
const reader = (table: LedgerTable, now = 0) =>
  awsControls(table.seenBy('test', { maxAttempts: 2 }), { now: () => now });

describeControls('DynamoDB in moto', async () => {
  const table = await newTable();
  return {
    at: (now) => reader(table, now),
    pause: (service, until) =>
      table.pause({
        sk: service === null ? everythingControls : serviceControls(service),
        ...(until === null ? {} : { until }),
      }),
    lose: () => table.remove(everythingKey),
    fail: () => account.strike('dynamodb.GetItem', 'unavailable'),
  };
});

describe('the pause items in DynamoDB', () => {
  it('are written by the one line a message gives to the person on call, and ended by the same with false', async () => {
    const table = await newTable();
    const command = pauseCommand({ id: 'checkout', ledgerTable: table.name }, account.region);
    const item = /--item '(.*)'$/.exec(command)?.[1] ?? '';
    await table.write(JSON.parse(item));
    expect(await reader(table).read('checkout')).toMatchObject({ kind: 'paused', scope: 'service', by: 'on-call' });
    await table.write(JSON.parse(item.replace('"BOOL":true', '"BOOL":false')));
    expect(await reader(table).read('checkout')).toEqual({ kind: 'running' });
  });

  it('are read again after a passing fault, and never taken for absent or running', async () => {
    const table = await newTable();
    await table.pause({ sk: serviceControls('checkout') });
    for (const fault of ['throttled', 'unavailable', 'unreachable', 'answer-lost'] as const) {
      account.strike('dynamodb.GetItem', fault, 1);
      expect(await reader(table).read('checkout')).toMatchObject({ kind: 'paused' });
    }
    for (const fault of ['denied', 'unreachable'] as const) {
      account.strike('dynamodb.GetItem', fault);
      await expect(reader(table).read('checkout')).rejects.toThrow();
    }
  });
});
