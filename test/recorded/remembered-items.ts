import { failure, type RecordedAnswer, type RecordedRequest } from './recorded-account.ts';

type Value = { readonly S?: string; readonly N?: string; readonly BOOL?: boolean };
export type Item = Readonly<Record<string, Value>>;
type Write = {
  readonly Item?: Item;
  readonly Key?: Item;
  readonly ConditionExpression?: string;
  readonly UpdateExpression?: string;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues?: Readonly<Record<string, Value>>;
};

/**
 * The items that were written, so that a function finds what it wrote. Of conditions it knows one, that an item is new; all
 * others are taken to hold. That they do, and what becomes of those that don't, is shown on moto; here a refusal is an answer
 * that a test gives.
 */
export class RememberedItems {
  readonly #items = new Map<string, Item>();

  put(item: Item): void {
    this.#items.set(keyOf(item), item);
  }

  all(): readonly Item[] {
    return [...this.#items.values()];
  }

  readonly answers = {
    'dynamodb.GetItem': ({ body }: RecordedRequest) => {
      const found = this.#items.get(keyOf((body as { Key: Item }).Key));
      return { json: found === undefined ? {} : { Item: found } };
    },
    'dynamodb.Query': ({ body }: RecordedRequest) =>
      this.#query(body as { ExpressionAttributeValues: Record<string, Value> }),
    'dynamodb.TransactWriteItems': ({ body }: RecordedRequest) => {
      const { TransactItems } = body as { TransactItems: readonly Record<string, Write>[] };
      const writes = TransactItems.flatMap((one) => Object.entries(one));
      const reasons = writes.map(([, write]) => (this.#isTaken(write) ? 'ConditionalCheckFailed' : 'None'));
      if (reasons.some((reason) => reason !== 'None')) return cancelled(...reasons);
      for (const [kind, write] of writes) this.#make(kind, write);
      return { json: {} };
    },
  };

  /** The one kind of query that the table's adapter makes. */
  #query({ ExpressionAttributeValues: values }: { ExpressionAttributeValues: Record<string, Value> }): RecordedAnswer {
    const [pk, from, to] = [':pk', ':from', ':to'].map((name) => values[name]?.S);
    if (pk === undefined || from === undefined || to === undefined)
      return failure('ValidationException', 'A query of another kind than the table makes.');
    const found = this.all()
      .filter((item) => item.pk?.S === pk && before(from, item) && !before(to, item, true))
      .sort((a, b) => (before(a.sk?.S ?? '', b) ? -1 : 1));
    return { json: { Items: found } };
  }

  #isTaken = ({ Item = {}, ConditionExpression }: Write): boolean =>
    ConditionExpression === 'attribute_not_exists(pk)' && this.#items.has(keyOf(Item));

  #make(kind: string, { Item, Key, ...update }: Write): void {
    if (kind === 'Put' && Item !== undefined) this.put(Item);
    if (kind === 'Delete' && Key !== undefined) this.#items.delete(keyOf(Key));
    if (kind === 'Update' && Key !== undefined) this.put(updated({ ...this.#items.get(keyOf(Key)), ...Key }, update));
  }
}

const keyOf = (item: Item): string => JSON.stringify([item.pk?.S, item.sk?.S]);

/** Sort keys are ordered by their bytes. */
const before = (text: string, { sk }: Item, strictly = false): boolean =>
  Buffer.compare(Buffer.from(text), Buffer.from(sk?.S ?? '')) < (strictly ? 0 : 1);

/** `SET #a = :x, #b = :y REMOVE #c`, as the adapters write it. */
function updated(item: Item, { UpdateExpression = '', ...placeholders }: Write): Item {
  const { ExpressionAttributeNames: names = {}, ExpressionAttributeValues: values = {} } = placeholders;
  const [set = '', remove] = UpdateExpression.replace(/^SET /, '').split(' REMOVE ');
  const next: Record<string, Value> = { ...item };
  for (const assignment of set.split(', ')) {
    const [name = '', value = ''] = assignment.split(' = ');
    next[names[name] ?? name] = values[value] ?? {};
  }
  for (const name of remove?.split(', ') ?? []) delete next[names[name] ?? name];
  return next;
}

/** Why each write of a transaction was not made, in their order; `None` for one that would have been. */
export type Reasons = readonly (string | { readonly Code: string; readonly Item?: Item })[];

/**
 * A transaction that was not made, with the reason of each of its writes
 * (https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html).
 */
export function cancelled(...given: Reasons): RecordedAnswer {
  const reasons = given.map((one) => (typeof one === 'string' ? { Code: one } : one));
  const codes = reasons.map(({ Code }) => Code).join(', ');
  return {
    status: 400,
    json: {
      __type: 'com.amazonaws.dynamodb.v20120810#TransactionCanceledException',
      Message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
      CancellationReasons: reasons,
    },
  };
}
