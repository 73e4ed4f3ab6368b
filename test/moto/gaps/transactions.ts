import type { Forward, Gap, Reply } from '../harness/account.ts';
import type { Asked } from '../harness/asked.ts';
import { jsonReply } from '../harness/replies.ts';

/**
 * moto makes the writes of a transaction one by one, each to be seen by others, and puts the whole table back when one fails;
 * it forgets the token of a request. Here transactions are isolated, meet each other, and are made once, as
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html says. The conditions, the
 * writes and the reasons of a cancellation are moto's own.
 */
export function transactions(): Gap {
  const lock = new Lock();
  const tokens = new Tokens();
  let ongoing: ReadonlySet<string> = new Set();
  return {
    operations: [writing, ...others],
    because: 'isolation of transactions, and tokens that make a repetition harmless',
    answer: async (asked, forward) => {
      if (asked.operation !== writing) return lock.run(() => forward());
      const known = tokens.answerFor(asked);
      if (known !== undefined) return known;
      const items = itemsIn(asked);
      if (items.some((item) => ongoing.has(item))) return conflict(items.map((item) => ongoing.has(item)));
      const make = async () => {
        ongoing = new Set(items);
        return forward();
      };
      const done = () => {
        ongoing = new Set();
      };
      return tokens.during(asked, () => lock.run(() => make().finally(done)));
    },
  };
}

const writing = 'dynamodb.TransactWriteItems';
/** They see a transaction whole or not at all. */
const others = ['GetItem', 'PutItem', 'DeleteItem', 'UpdateItem', 'Query', 'Scan'].map((name) => `dynamodb.${name}`);

type Transaction = {
  readonly ClientRequestToken?: string;
  readonly TransactItems: readonly Readonly<Record<string, Write>>[];
};
type Write = { readonly TableName: string; readonly Item?: Attributes; readonly Key?: Attributes };
type Attributes = Readonly<Record<string, unknown>>;

/** Each item a transaction touches, by table and key. */
const itemsIn = ({ body }: Asked): readonly string[] =>
  (body as Transaction).TransactItems.flatMap((item) =>
    Object.values(item).map(({ TableName, Item, Key }) => {
      const { pk, sk } = Key ?? Item ?? {};
      return JSON.stringify([TableName, pk, sk]);
    }),
  );

/** A token is good for ten minutes, longer than any test. */
class Tokens {
  readonly #states = new Map<string, { readonly request: string; made: boolean }>();

  /** What is answered to a token that was used before; `undefined` for a new one. */
  answerFor({ body }: Asked): Reply | undefined {
    const token = (body as Transaction).ClientRequestToken;
    const state = token === undefined ? undefined : this.#states.get(token);
    if (state === undefined) return undefined;
    if (state.request !== JSON.stringify(body)) return refusal('IdempotentParameterMismatchException');
    return state.made ? jsonReply({}) : refusal('TransactionInProgressException');
  }

  /** Remembers the token when the transaction was made. One that was cancelled may be tried again. */
  async during({ body }: Asked, make: () => ReturnType<Forward>): Promise<Reply> {
    const token = (body as Transaction).ClientRequestToken;
    if (token === undefined) return make();
    const state = { request: JSON.stringify(body), made: false };
    this.#states.set(token, state);
    try {
      const reply = await make();
      state.made = reply.status === 200;
      return reply;
    } finally {
      if (!state.made) this.#states.delete(token);
    }
  }
}

const typed = (name: string) => `com.amazonaws.dynamodb.v20120810#${name}`;

const refusal = (name: string): Reply => jsonReply({ __type: typed(name), message: name }, 400);

function conflict(meets: readonly boolean[]): Reply {
  const reasons = meets.map((met) =>
    met ? { Code: 'TransactionConflict', Message: 'Transaction is ongoing for the item' } : { Code: 'None' },
  );
  const codes = reasons.map(({ Code }) => Code).join(', ');
  const Message = `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`;
  return jsonReply({ __type: typed('TransactionCanceledException'), Message, CancellationReasons: reasons }, 400);
}

/** Runs what is given to it one after the other, in the order it came. */
class Lock {
  #last: Promise<unknown> = Promise.resolve();

  run<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }
}
