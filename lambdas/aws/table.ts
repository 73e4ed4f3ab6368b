import { randomUUID } from 'node:crypto';
import {
  type AttributeValue,
  DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  TransactionCanceledException,
  TransactionConflictException,
  TransactionInProgressException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { repeatable } from './clients.ts';
import { jittered, pause as realPause } from './pause.ts';

export type Item = Readonly<Record<string, AttributeValue>>;
export type Key = { readonly pk: AttributeValue; readonly sk: AttributeValue };

/** Why one write of a cancelled transaction did not go through; `undefined` for a write that would have. */
export type Clash = { readonly item: Item | undefined } | undefined;

/** Conflicts with other transactions on the same item; more than enough for twenty rivals. */
const attempts = 40;

/** One DynamoDB table with `pk` and `sk`. Every read is strongly consistent and none goes through an index. */
export class Table {
  readonly name: string;
  readonly #client: DynamoDBClient;
  readonly #pause: typeof realPause;

  constructor(name: string, client = new DynamoDBClient(repeatable), pause = realPause) {
    this.name = name;
    this.#client = client;
    this.#pause = pause;
  }

  async get(key: Key): Promise<Item | undefined> {
    const request = { TableName: this.name, Key: { ...key }, ConsistentRead: true };
    return (await this.#client.send(new GetItemCommand(request))).Item;
  }

  /** All items of a partition whose sort key begins with `prefix`, from `prefix + from` on; in key order. */
  async query(partition: string, prefix: string, from = ''): Promise<readonly Item[]> {
    const items: Item[] = [];
    let ExclusiveStartKey: Record<string, AttributeValue> | undefined;
    do {
      const answer = await this.#client.send(
        new QueryCommand({
          TableName: this.name,
          ConsistentRead: true,
          KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
          ExpressionAttributeValues: {
            ':pk': { S: partition },
            ':from': { S: prefix + from },
            // Sorts behind every character our keys have.
            ':to': { S: `${prefix}\u{10ffff}` },
          },
          ...(ExclusiveStartKey === undefined ? {} : { ExclusiveStartKey }),
        }),
      );
      items.push(...(answer.Items ?? []));
      ExclusiveStartKey = answer.LastEvaluatedKey;
    } while (ExclusiveStartKey !== undefined);
    return items;
  }

  /**
   * All of the writes or none. Gives `undefined` when they were made, else the clash of each write, in their order. Retries
   * carry the same token, so that a lost answer is not a second write, nor is a request that still runs. Only one that was
   * cancelled since it met another is begun anew (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html).
   */
  async transact(writes: readonly TransactWriteItem[]): Promise<readonly Clash[] | undefined> {
    let token = randomUUID();
    for (let attempt = 1; ; attempt++) {
      try {
        const request = { TransactItems: [...writes], ClientRequestToken: token };
        await this.#client.send(new TransactWriteItemsCommand(request));
        return undefined;
      } catch (error) {
        const wasCancelled = error instanceof TransactionCanceledException;
        const clashes = wasCancelled ? clashesOf(error) : undefined;
        if (clashes !== undefined) return clashes;
        if (attempt === attempts || !metAnother(error)) throw error;
        if (wasCancelled) token = randomUUID();
        await this.breathe(attempt);
      }
    }
  }

  /** A wait before the next attempt at something another writer got in the way of. */
  async breathe(attempt: number): Promise<void> {
    await this.#pause(jittered(attempt, 10, 250));
  }
}

/** The failed conditions; `undefined` when none failed and something else cancelled the transaction. */
function clashesOf({ CancellationReasons = [] }: TransactionCanceledException): readonly Clash[] | undefined {
  const failed = CancellationReasons.some(({ Code }) => Code === 'ConditionalCheckFailed');
  if (!failed) return undefined;
  return CancellationReasons.map(({ Code, Item }) => (Code === 'ConditionalCheckFailed' ? { item: Item } : undefined));
}

function metAnother(error: unknown): boolean {
  if (error instanceof TransactionInProgressException || error instanceof TransactionConflictException) return true;
  return (
    error instanceof TransactionCanceledException &&
    (error.CancellationReasons ?? []).every(({ Code }) => Code === 'None' || passing.has(Code ?? ''))
  );
}

const passing: ReadonlySet<string> = new Set([
  'TransactionConflict',
  'ThrottlingError',
  'ProvisionedThroughputExceeded',
]);
