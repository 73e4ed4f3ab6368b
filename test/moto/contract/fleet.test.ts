import { afterAll, beforeAll } from 'vitest';
import { awsFleet } from '../../../lambdas/aws/fleet.ts';
import { awsLedger } from '../../../lambdas/aws/ledger.ts';
import { describeFleet } from '../../contract/fleet-contract.ts';
import { transactions } from '../gaps/transactions.ts';
import { Account } from '../harness/account.ts';
import { LedgerTable } from '../harness/ledger-table.ts';

let account: Account;
beforeAll(async () => {
  account = await Account.open('200000000021', [transactions()]);
});
afterAll(() => account.close());

let made = 0;

describeFleet('DynamoDB in moto', async () => {
  const table = await LedgerTable.create(account, `fleet-${++made}`);
  return { ledger: awsLedger(table.seenBy()), fleet: awsFleet(table.seenBy()) };
});
