import { controlsPartition } from '../../lambdas/contract/controls-item.ts';
import { type Attributes, holds, parseCondition, refuseUnused, type Value } from './dynamodb-conditions.ts';
import { failure, type WireAnswer, type WireRequest } from './wire-server.ts';

type Item = Attributes;
type Write = {
  readonly Item?: Item;
  readonly Key?: Item;
  readonly ConditionExpression?: string;
  readonly UpdateExpression?: string;
  readonly ExpressionAttributeNames?: Record<string, string>;
  readonly ExpressionAttributeValues?: Record<string, Value>;
  readonly ReturnValuesOnConditionCheckFailure?: string;
};
type Transaction = { readonly TransactItems: readonly Record<string, Write>[]; readonly ClientRequestToken: string };

/** How many items one page of a query holds; small, so that every test pages. */
const pageSize = 3;

/**
 * As much of DynamoDB as the ledger uses, over the wire: GetItem, Query, and TransactWriteItems with conditions, tokens that
 * make a repetition harmless, cancellation reasons, and conflicts on demand. It refuses what DynamoDB refuses.
 */
export class FakeDynamoDb {
  readonly #items = new Map<string, Item>();
  readonly #tokens = new Set<string>();
  /** True for the one function through which people write what they own. */
  peopleWrite = false;
  /** So many of the next transactions meet another one. */
  conflicts = 0;

  respond(request: WireRequest): WireAnswer | undefined {
    try {
      switch (request.operation) {
        case 'dynamodb.GetItem':
          return { json: this.#get(request.body as { Key: Item; ConsistentRead?: boolean }) };
        case 'dynamodb.Query':
          return { json: this.#query(request.body as QueryRequest) };
        case 'dynamodb.TransactWriteItems':
          return this.#transact(request.body as Transaction);
        default:
          return undefined;
      }
    } catch (error) {
      return failure('com.amazon.coral.validate#ValidationException', String(error));
    }
  }

  put(item: Item): void {
    this.#items.set(keyOf(item), item);
  }

  remove(key: Item): void {
    this.#items.delete(keyOf(key));
  }

  all(): readonly Item[] {
    return [...this.#items.values()];
  }

  #get({ Key, ConsistentRead }: { Key: Item; ConsistentRead?: boolean }) {
    if (ConsistentRead !== true) throw new Error('A read that is not strongly consistent.');
    const Item = this.#items.get(keyOf(Key));
    return Item === undefined ? {} : { Item };
  }

  #query(request: QueryRequest) {
    if (request.ConsistentRead !== true || request.IndexName !== undefined)
      throw new Error('A read that is not strongly consistent, or goes through an index.');
    const condition = parseCondition(request.KeyConditionExpression, {}, request.ExpressionAttributeValues);
    const found = [...this.#items.values()].filter((item) => holds(condition, item)).sort(byKey);
    const after = request.ExclusiveStartKey;
    const rest = after === undefined ? found : found.filter((item) => byKey(item, after) > 0);
    const page = rest.slice(0, pageSize);
    const last = page.at(-1);
    return {
      Items: page,
      ...(rest.length > pageSize && last ? { LastEvaluatedKey: { pk: last.pk, sk: last.sk } } : {}),
    };
  }

  #transact({ TransactItems, ClientRequestToken }: Transaction): WireAnswer {
    if (this.#tokens.has(ClientRequestToken)) return { json: {} };
    if (TransactItems.length > 100) throw new Error('Member must have length less than or equal to 100');
    const writes = TransactItems.map((item) => Object.entries(item)[0] as [string, Write]);
    for (const [, write] of writes) checkPlaceholders(write);
    if (!this.peopleWrite) for (const [kind, write] of writes) checkPause(kind, write);
    const keys = writes.map(([, write]) => keyOf(write.Item ?? write.Key ?? {}));
    if (new Set(keys).size < keys.length)
      throw new Error('Transaction request cannot include multiple operations on one item');
    if (this.conflicts-- > 0) return cancelled(writes.map(() => ({ Code: 'TransactionConflict' })));
    const reasons = writes.map(([, write], index) => this.#reasonAgainst(write, keys[index] ?? ''));
    if (reasons.some(({ Code }) => Code !== 'None')) return cancelled(reasons);
    for (const [kind, write] of writes) this.#make(kind, write);
    this.#tokens.add(ClientRequestToken);
    return { json: {} };
  }

  #reasonAgainst(write: Write, key: string): { readonly Code: string; readonly Item?: Item } {
    if (write.ConditionExpression === undefined) return { Code: 'None' };
    const before = this.#items.get(key);
    const condition = parseCondition(
      write.ConditionExpression,
      write.ExpressionAttributeNames ?? {},
      write.ExpressionAttributeValues ?? {},
    );
    if (holds(condition, before ?? {})) return { Code: 'None' };
    const shows = write.ReturnValuesOnConditionCheckFailure === 'ALL_OLD' && before !== undefined;
    return { Code: 'ConditionalCheckFailed', ...(shows ? { Item: before } : {}) };
  }

  #make(kind: string, write: Write): void {
    if (kind === 'Put' && write.Item) this.put(write.Item);
    if (kind === 'Update' && write.Key)
      this.put(without(removed(write), { ...this.#items.get(keyOf(write.Key)), ...write.Key, ...assigned(write) }));
    if (kind === 'Delete' && write.Key) this.remove(write.Key);
  }
}

type QueryRequest = {
  readonly KeyConditionExpression: string;
  readonly ExpressionAttributeValues: Record<string, Value>;
  readonly ConsistentRead?: boolean;
  readonly IndexName?: string;
  readonly ExclusiveStartKey?: Item;
};

/** Functions look at what people own and never write it. Tests do, with `put`. */
function checkPause(kind: string, { Item, Key }: Write): void {
  if (kind !== 'ConditionCheck' && (Item ?? Key)?.pk?.S === controlsPartition)
    throw new Error(`${kind} of a pause item: only people write those.`);
}

const keyOf = (item: Item): string => JSON.stringify([item.pk?.S, item.sk?.S]);

const byKey = (a: Item, b: Item): number =>
  Buffer.compare(Buffer.from(a.pk?.S ?? ''), Buffer.from(b.pk?.S ?? '')) ||
  Buffer.compare(Buffer.from(a.sk?.S ?? ''), Buffer.from(b.sk?.S ?? ''));

function checkPlaceholders(write: Write): void {
  const {
    ConditionExpression = '',
    UpdateExpression = '',
    ExpressionAttributeNames,
    ExpressionAttributeValues,
  } = write;
  const given = [...Object.keys(ExpressionAttributeNames ?? {}), ...Object.keys(ExpressionAttributeValues ?? {})];
  refuseUnused(`${ConditionExpression} ${UpdateExpression}`, given);
}

/** The names behind ` REMOVE `. */
const removed = ({ UpdateExpression = '', ExpressionAttributeNames = {} }: Write): readonly string[] =>
  (UpdateExpression.split(' REMOVE ')[1]?.split(', ') ?? []).map((name) => ExpressionAttributeNames[name] ?? name);

const without = (names: readonly string[], item: Item): Item =>
  Object.fromEntries(Object.entries(item).filter(([name]) => !names.includes(name)));

/** `SET #a = :x, #b = :y`, before a `REMOVE` where there is one, and nothing else. */
function assigned({
  UpdateExpression = '',
  ExpressionAttributeNames = {},
  ExpressionAttributeValues = {},
}: Write): Item {
  const assignments = (UpdateExpression.split(' REMOVE ')[0] ?? '').replace(/^SET /, '').split(', ');
  return Object.fromEntries(
    assignments.map((assignment) => {
      const [, name = '', value = ''] = /^(#\w+) = (:\w+)$/.exec(assignment) ?? [];
      const [attribute, given] = [ExpressionAttributeNames[name], ExpressionAttributeValues[value]];
      if (attribute === undefined || given === undefined)
        throw new Error(`Invalid UpdateExpression: ${UpdateExpression}`);
      return [attribute, given];
    }),
  );
}

const cancelled = (reasons: readonly { readonly Code: string }[]): WireAnswer => ({
  status: 400,
  json: {
    __type: 'com.amazonaws.dynamodb.v20120810#TransactionCanceledException',
    Message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${reasons.map(({ Code }) => Code).join(', ')}]`,
    CancellationReasons: reasons,
  },
});
