import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { awsLedger } from '../../../lambdas/aws/ledger.ts';
import type { Table } from '../../../lambdas/aws/table.ts';
import { serviceControls } from '../../../lambdas/contract/controls-item.ts';
import type { Incident } from '../../../lambdas/model/incident.ts';
import type { Ledger } from '../../../lambdas/ports/ledger.ts';
import {
  checkMade,
  completed,
  condemnedRelease,
  handedOver,
  incidentId,
  order,
  ordered,
  recovered,
  released,
  signal,
  start,
} from '../../contract/ledger-samples.ts';
import { transactions } from '../gaps/transactions.ts';
import { Account } from '../harness/account.ts';
import { LedgerTable } from '../harness/ledger-table.ts';

let account: Account;
let deployed: LedgerTable;
let table: Table;
let ledger: Ledger;
let made = 0;
beforeAll(async () => {
  account = await Account.open('200000000002', [transactions()]);
});
beforeEach(async () => {
  deployed = await LedgerTable.create(account, `ledger-${++made}`);
  table = deployed.seenBy();
  ledger = awsLedger(table);
  account.requests.length = 0;
});
afterAll(() => account.close());

const open = (): Promise<Incident> => ledger.open(signal(1), incidentId(1), start);
/** The sort keys, without what makes them unique, of items that expire; every other item must not. */
async function expiring(): Promise<readonly string[]> {
  const items = (await deployed.items()).filter((item) => item.expiresAt !== undefined);
  expect(items.map((item) => Object.keys(item.expiresAt ?? {}))).toEqual(items.map(() => ['N']));
  return [...new Set(items.map((item) => item.sk?.S?.split('#')[0] ?? '?'))].sort();
}

describe('the ledger’s table', () => {
  it('is as the stack declares it: its keys, its time to live, its encryption and its backups', async () => {
    const client = new DynamoDBClient(account.client());
    const TableName = deployed.name;
    const { Table: described } = await client.send(new DescribeTableCommand({ TableName }));
    expect(described).toMatchObject({
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
      SSEDescription: { Status: 'ENABLED', SSEType: 'KMS' },
      DeletionProtectionEnabled: true,
    });
    const { TimeToLiveDescription } = await client.send(new DescribeTimeToLiveCommand({ TableName }));
    expect(TimeToLiveDescription).toEqual({ AttributeName: 'expiresAt', TimeToLiveStatus: 'ENABLED' });
    const { ContinuousBackupsDescription } = await client.send(new DescribeContinuousBackupsCommand({ TableName }));
    expect(ContinuousBackupsDescription?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus).toBe('ENABLED');
  });

  it('lets only history expire, never what is open, pending, condemned or paused', async () => {
    const incident = await open();
    const given = order(incident);
    await ledger.append([ordered(given), condemnedRelease(incident, 'condemned')]);
    await deployed.pause({ sk: serviceControls('checkout') });
    expect(await expiring()).toEqual(['ENTRY']);
    await ledger.append([completed(given)]);
    expect(await expiring()).toEqual(['ENTRY', 'ORDER']);
    await ledger.close(handedOver(incident), 1);
    expect(await expiring()).toEqual(['ENTRY', 'ORDER']);
    await ledger.release(released(incident), 1);
    expect(await expiring()).toEqual(['ENTRY', 'HEADER', 'INCIDENT', 'OPEN', 'ORDER']);
    const lasting = (await deployed.items()).filter((item) => item.expiresAt === undefined).map((item) => item.sk?.S);
    // The service is named twice: among what people own, and with its newest incident among all services.
    const named = ['SERVICE#checkout', 'SERVICE#checkout'];
    expect(lasting.sort()).toEqual(['EVERYTHING', 'OPEN', `RELEASE#${incident.id}#condemned`, ...named]);
  });

  it('counts the time to live in seconds, as DynamoDB does', async () => {
    const incident = await open();
    await ledger.append([checkMade(incident, 'a')]);
    const entry = (await deployed.items()).find((item) => item.sk?.S === 'ENTRY#a');
    expect(entry?.expiresAt).toEqual({ N: String((start + 60_000) / 1000 + 400 * 86_400) });
  });

  it('leaves nothing behind of a transaction in which one condition fails', async () => {
    const incident = await open();
    await ledger.append([checkMade(incident, 'a')]);
    const before = await deployed.items();
    const put = (sk: string, condition: object = {}) => ({
      Put: { TableName: deployed.name, Item: { pk: { S: 'P' }, sk: { S: sk } }, ...condition },
    });
    const isNew = {
      ConditionExpression: 'attribute_not_exists(pk)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
    };
    const there = { pk: { S: `INCIDENT#${incident.id}` }, sk: { S: 'ENTRY#a' } };
    const clashes = await table.transact([
      put('first'),
      { Put: { TableName: deployed.name, Item: there, ...isNew } },
      put('last', isNew),
    ]);
    expect(clashes).toEqual([undefined, { item: expect.objectContaining(there) }, undefined]);
    expect(await deployed.items()).toEqual(before);
  });

  it('refuses a transaction that touches one item twice, whole', async () => {
    const before = await deployed.items();
    const Item = { pk: { S: 'P' }, sk: { S: 'one' } };
    const put = { Put: { TableName: deployed.name, Item } };
    await expect(table.transact([put, put])).rejects.toThrow('multiple operations on one item');
    expect(await deployed.items()).toEqual(before);
  });

  it('is read page by page where a history has more than one megabyte', async () => {
    const incident = await open();
    for (const id of ['a', 'b', 'c', 'd', 'e', 'f', 'g'])
      await ledger.append([{ ...checkMade(incident, id), says: id.repeat(390_000) }]);
    account.requests.length = 0;
    expect((await ledger.entries(incident.id)).map(({ id }) => id.slice(0, 6))).toEqual([
      'signal',
      ...['a', 'b', 'c', 'd', 'e', 'f', 'g'],
    ]);
    expect(account.asked('dynamodb.Query').length).toBeGreaterThanOrEqual(3);
    await ledger.close(recovered(incident), 1);
    expect(await ledger.recent('checkout', start)).toHaveLength(9);
  });

  it('reads every item strongly consistent, and none through an index', async () => {
    const incident = await open();
    await ledger.markStarted(incident.id);
    await ledger.entries(incident.id);
    await ledger.recent('checkout', start);
    await ledger.condemned('checkout');
    const reads = account.requests.filter(({ operation }) => /GetItem|Query/.test(operation));
    expect(reads.length).toBeGreaterThan(5);
    for (const { body } of reads) {
      expect(body).toMatchObject({ ConsistentRead: true });
      expect(body).not.toHaveProperty('IndexName');
    }
  });

  it('takes an entry just within the limit, and names the one beyond it before it asks DynamoDB', async () => {
    const incident = await open();
    await ledger.append([{ ...checkMade(incident, 'a'), says: 'x'.repeat(404_000) }]);
    account.requests.length = 0;
    const large = { ...checkMade(incident, 'b'), says: 'x'.repeat(410_000) };
    await expect(ledger.append([large])).rejects.toThrow(`INCIDENT#${incident.id} / ENTRY#b has`);
    expect(account.asked('dynamodb.TransactWriteItems')).toEqual([]);
  });
});
