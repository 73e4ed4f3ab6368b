import { afterAll, afterEach, beforeAll } from 'vitest';
import { awsControls, everythingKey } from '../../../lambdas/aws/controls.ts';
import { awsControlsWriter } from '../../../lambdas/aws/controls-writer.ts';
import { awsOperationLog } from '../../../lambdas/aws/operation-log.ts';
import { describeControlsWriter } from '../../contract/controls-writer-contract.ts';
import { describeOperationLog } from '../../contract/operation-log-contract.ts';
import { transactions } from '../gaps/transactions.ts';
import { Account } from '../harness/account.ts';
import { LedgerTable } from '../harness/ledger-table.ts';

let account: Account;
let made = 0;
beforeAll(async () => {
  account = await Account.open('200000000021', [transactions()]);
});
afterEach(() => account.calm());
afterAll(() => account.close());

const newTable = () => LedgerTable.create(account, `ledger-${++made}`);

describeControlsWriter('DynamoDB in moto', async () => {
  const table = await newTable();
  const seen = table.seenBy('test', { maxAttempts: 2 });
  return {
    at: (now) => ({
      writer: awsControlsWriter(seen, { now: () => now }),
      reader: awsControls(seen, { now: () => now }),
    }),
    lose: () => table.remove(everythingKey),
    fail: () => {
      for (const operation of ['GetItem', 'Query', 'TransactWriteItems'])
        account.strike(`dynamodb.${operation}`, 'unavailable');
    },
  };
});

describeOperationLog('DynamoDB in moto', async () => awsOperationLog((await newTable()).seenBy()));
