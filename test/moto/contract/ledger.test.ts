import { afterAll, beforeAll } from 'vitest';
import { everythingKey } from '../../../lambdas/aws/controls.ts';
import { awsLedger } from '../../../lambdas/aws/ledger.ts';
import { awsOpenIncidents } from '../../../lambdas/aws/open-incidents.ts';
import { everythingControls, serviceControls } from '../../../lambdas/contract/controls-item.ts';
import { describeLedger } from '../../contract/ledger-contract.ts';
import { transactions } from '../gaps/transactions.ts';
import { Account } from '../harness/account.ts';
import { LedgerTable } from '../harness/ledger-table.ts';

let account: Account;
beforeAll(async () => {
  account = await Account.open('200000000001', [transactions()]);
});
afterAll(() => account.close());

let made = 0;

describeLedger('DynamoDB in moto', async () => {
  const table = await LedgerTable.create(account, `ledger-${++made}`);
  return {
    ledger: awsLedger(table.seenBy()),
    openIncidents: awsOpenIncidents(table.seenBy()),
    pause: (service, until) =>
      table.pause({
        sk: service === null ? everythingControls : serviceControls(service),
        ...(until === null ? {} : { until }),
      }),
    losePauseItem: () => table.remove(everythingKey),
  };
});
