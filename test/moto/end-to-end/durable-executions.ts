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
  readonly operations = ['lambda.Invoke', 'lambda.GetDurableExecution'];
  readonly because = 'durable executions by name';
  readonly started = new Map<string, Started>();
  /** How those ended that did; the others run. */
  readonly ended = new Map<string, { readonly Status: string; readonly EndTimestamp: number }>();
  readonly #onStart: (started: Started) => void;

  constructor(onStart: (started: Started) => void) {
    this.#onStart = onStart;
  }

  readonly answer = async (asked: Asked): Promise<Reply> =>
    asked.operation === 'lambda.Invoke' ? this.#start(asked) : this.#describe(asked);

  /** https://docs.aws.amazon.com/lambda/latest/api/API_GetDurableExecution.html */
  #describe({ path }: Asked): Reply {
    const arn = decodeURIComponent(/durable-executions\/([^/?]+)/.exec(path)?.[1] ?? '');
    const name = /\/durable-execution\/([^/]+)\//.exec(arn)?.[1] ?? '';
    if (!this.started.has(name)) return refused('ResourceNotFoundException', `There is no execution ${arn}.`, 404);
    return jsonReply({ DurableExecutionArn: arn, ...(this.ended.get(name) ?? { Status: 'RUNNING' }) });
  }

  #start({ path, headers, raw }: Asked): Reply {
    const invoked = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(path)?.[1];
    const name = headers['x-amz-durable-execution-name'];
    if (invoked === undefined || typeof name !== 'string' || headers['x-amz-invocation-type'] !== 'Event')
      return refused('InvalidParameterValueException', 'Only asynchronous starts by name are known.', 400);
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
    const arn = `${start.function}/durable-execution/${name}/${name}`;
    return { status: 202, headers: { 'x-amz-durable-execution-arn': arn }, body: Buffer.alloc(0) };
  }
}

const refused = (type: string, message: string, status: number): Reply =>
  jsonReply({ Type: 'User', Message: message }, status, { 'x-amzn-errortype': type });
