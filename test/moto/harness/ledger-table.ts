import {
  type AttributeValue,
  CreateTableCommand,
  DeleteItemCommand,
  DynamoDBClient,
  type DynamoDBClientConfig,
  PutItemCommand,
  paginateScan,
  UpdateContinuousBackupsCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { repeatable } from '../../../lambdas/aws/clients.ts';
import { pause } from '../../../lambdas/aws/pause.ts';
import type { Item, Key } from '../../../lambdas/aws/table.ts';
import { Table } from '../../../lambdas/aws/table.ts';
import { type ControlsItem, controlsAttributes, installedControls } from '../../../lambdas/contract/controls-item.ts';
import { manyServices, ofType, pipelineTemplate } from '../../stacks/synthesized.ts';
import type { Account } from './account.ts';

/** moto takes so many times as long as DynamoDB for a transaction; rivals who meet must wait as much longer. */
const slower = 4;

/** The ledger's table as the stack declares it, with the pause item the installation writes. */
export class LedgerTable {
  readonly name: string;
  readonly #account: Account;
  readonly #client: DynamoDBClient;

  private constructor(name: string, account: Account) {
    this.name = name;
    this.#account = account;
    this.#client = new DynamoDBClient(account.client('harness'));
  }

  static async create(account: Account, name: string): Promise<LedgerTable> {
    const table = new LedgerTable(name, account);
    await createAsDeclared(table.#client, name, account.arn('kms', 'key/ledger'));
    await table.write(controlsAttributes(installedControls));
    return table;
  }

  /** The table as a function sees it; `change` is for clients that give up sooner than the deployed ones. */
  seenBy(caller = 'test', change: DynamoDBClientConfig = {}): Table {
    const client = new DynamoDBClient({ ...repeatable, ...this.#account.client(caller), ...change });
    return new Table(this.name, client, (millis) => pause(slower * millis));
  }

  async write(item: Readonly<Record<string, AttributeValue>>): Promise<void> {
    await this.#client.send(new PutItemCommand({ TableName: this.name, Item: { ...item } }));
  }

  async remove(key: Key): Promise<void> {
    await this.#client.send(new DeleteItemCommand({ TableName: this.name, Key: { ...key } }));
  }

  /** A pause as a person writes it. */
  pause(change: Pick<ControlsItem, 'sk' | 'until'>): Promise<void> {
    return this.write(controlsAttributes({ ...installedControls, paused: true, by: 'ann', why: 'a test', ...change }));
  }

  async items(): Promise<readonly Item[]> {
    const items: Item[] = [];
    for await (const page of paginateScan({ client: this.#client }, { TableName: this.name, ConsistentRead: true }))
      items.push(...(page.Items ?? []));
    return items;
  }
}

/** What CloudFormation does with the table of the synthesized template, its key in place of the stack's. */
async function createAsDeclared(client: DynamoDBClient, name: string, keyArn: string): Promise<void> {
  const { SSESpecification, PointInTimeRecoverySpecification, TimeToLiveSpecification, ...declared } = properties();
  await client.send(
    new CreateTableCommand({
      ...declared,
      TableName: name,
      SSESpecification: {
        Enabled: SSESpecification.SSEEnabled,
        SSEType: SSESpecification.SSEType,
        KMSMasterKeyId: keyArn,
      },
    }),
  );
  await client.send(new UpdateTimeToLiveCommand({ TableName: name, TimeToLiveSpecification }));
  await client.send(new UpdateContinuousBackupsCommand({ TableName: name, PointInTimeRecoverySpecification }));
}

type Declared = Pick<
  ConstructorParameters<typeof CreateTableCommand>[0],
  'AttributeDefinitions' | 'KeySchema' | 'BillingMode' | 'DeletionProtectionEnabled'
> & {
  readonly SSESpecification: { readonly SSEEnabled: boolean; readonly SSEType: 'KMS' };
  readonly PointInTimeRecoverySpecification: { readonly PointInTimeRecoveryEnabled: boolean };
  readonly TimeToLiveSpecification: { readonly AttributeName: string; readonly Enabled: boolean };
};

let synthesized: Declared | undefined;

function properties(): Declared {
  if (synthesized === undefined) {
    const [table, ...more] = ofType(pipelineTemplate(manyServices(1)), 'AWS::DynamoDB::Table');
    if (table === undefined || more.length > 0) throw new Error('The pipeline stack declares one table, the ledger.');
    const { TableName: _, ...rest } = table.Properties;
    synthesized = rest as Declared;
  }
  return synthesized;
}
