import type { Gap, Reply } from '../harness/account.ts';
import type { Asked } from '../harness/asked.ts';
import { jsonReply } from '../harness/replies.ts';

/** A start of a durable function as it was asked for. */
export type Started = { readonly name: string; readonly function: string; readonly payload: unknown };

/**
 * Asynchronous starts of durable functions, by execution name: the same name and payload again starts nothing, another
 * payload is refused; and what became of them (https://docs.aws.amazon.com/lambda/latest/dg/durable-execution-idempotency.html).
 */
export class DurableExecutions implements Gap {
  readonly operations = ['lambda.Invoke', 'lambda.GetDurableExecution', 'lambda.SendDurableExecutionCallbackSuccess'];
  readonly because = 'durable executions by name';
  readonly started = new Map<string, Started>();
  /** How those ended that did; the others run. */
  readonly ended = new Map<string, { readonly Status: string; readonly EndTimestamp: number }>();
  /** Callbacks that were answered, and the ARNs of the executions that waited for them. */
  readonly called = new Map<string, string>();
  readonly #onStart: (started: Started) => void;
  readonly #onCall: (callbackId: string) => Promise<string | undefined>;

  /** `onCall` answers the name of the execution that waits for the callback. */
  constructor(
    onStart: (started: Started) => void,
    onCall: (callbackId: string) => Promise<string | undefined> = async () => undefined,
  ) {
    this.#onStart = onStart;
    this.#onCall = onCall;
  }

  readonly answer = async (asked: Asked): Promise<Reply | undefined> =>
    asked.operation === 'lambda.Invoke'
      ? this.#start(asked)
      : asked.operation === 'lambda.GetDurableExecution'
        ? this.#describe(asked)
        : this.#call(asked);

  /** https://docs.aws.amazon.com/lambda/latest/api/API_SendDurableExecutionCallbackSuccess.html */
  async #call({ path }: Asked): Promise<Reply> {
    const callbackId = decodeURIComponent(/-callbacks\/([^/]+)\/succeed/.exec(path)?.[1] ?? '');
    const started = this.started.get((await this.#onCall(callbackId)) ?? '');
    if (started === undefined) return refused('CallbackTimeoutException', 'Nothing waits for this callback.', 400);
    this.called.set(callbackId, this.#arnOf(started));
    return jsonReply({});
  }

  readonly #arnOf = ({ function: alias, name }: Started): string => `${alias}/durable-execution/${name}/${name}`;

  /** https://docs.aws.amazon.com/lambda/latest/api/API_GetDurableExecution.html */
  #describe({ path }: Asked): Reply {
    const arn = decodeURIComponent(/durable-executions\/([^/?]+)/.exec(path)?.[1] ?? '');
    const name = /\/durable-execution\/([^/]+)\//.exec(arn)?.[1] ?? '';
    if (!this.started.has(name)) return refused('ResourceNotFoundException', `There is no execution ${arn}.`, 404);
    return jsonReply({ DurableExecutionArn: arn, ...(this.ended.get(name) ?? { Status: 'RUNNING' }) });
  }

  #start({ path, headers, raw }: Asked): Reply | undefined {
    const invoked = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(path)?.[1];
    const name = headers['x-amz-durable-execution-name'];
    // No start: somebody else's to answer.
    if (invoked === undefined || typeof name !== 'string' || headers['x-amz-invocation-type'] !== 'Event')
      return undefined;
    if (!/^[A-Za-z0-9_-]{1,64}$/.test(name))
      return refused('InvalidParameterValueException', `"${name}" is no name of an execution.`, 400);
    const start = { name, function: decodeURIComponent(invoked), payload: JSON.parse(raw.toString('utf8')) as unknown };
    const before = this.started.get(name);
    if (before === undefined) {
      this.started.set(name, start);
      this.#onStart(start);
    } else if (JSON.stringify(before) !== JSON.stringify(start)) {
      return refused('DurableExecutionAlreadyStartedException', `${name} was started with another payload.`, 409);
    }
    return { status: 202, headers: { 'x-amz-durable-execution-arn': this.#arnOf(start) }, body: Buffer.alloc(0) };
  }
}

const refused = (type: string, message: string, status: number): Reply =>
  jsonReply({ Type: 'User', Message: message }, status, { 'x-amzn-errortype': type });
