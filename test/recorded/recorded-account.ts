import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach } from 'vitest';

/** One request as it came over the wire, with the operation it asks for. */
export type RecordedRequest = {
  /** `ecs.DescribeServices`, `elasticloadbalancing.DescribeTargetHealth`, `lambda.Invoke` … */
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** JSON as it came; the parameters of a form as a flat object. */
  readonly body: unknown;
};

/** What is answered. `hang` never answers; `drop` cuts the connection after the request was received. */
export type RecordedAnswer =
  | {
      readonly status?: number;
      readonly json?: unknown;
      readonly xml?: string;
      readonly headers?: Record<string, string>;
    }
  | 'hang'
  | 'drop';

export type Responder = (request: RecordedRequest) => RecordedAnswer | undefined;

/** Answers by operation. A list is used up one by one, and its last answer stays. */
export type Answers = Readonly<Record<string, RecordedAnswer | readonly RecordedAnswer[] | Responder>>;

/**
 * An AWS account of recorded answers, for tests of adapters and of handlers: it notes every request and gives the answers it
 * was given, over HTTP. It knows no rules of AWS; what nobody has given an answer for is refused.
 */
export class RecordedAccount {
  readonly requests: RecordedRequest[] = [];
  readonly #server = createServer((request, response) => void this.#serve(request, response));
  #respond: Responder = () => undefined;

  start(): Promise<void> {
    return new Promise((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Gives the answers, in place of all that were given before. */
  answer(answers: Answers): void {
    const used = new Map<string, number>();
    this.#respond = (request) => {
      const given = answers[request.operation];
      if (typeof given === 'function') return given(request);
      if (!Array.isArray(given)) return given as RecordedAnswer | undefined;
      const place = used.get(request.operation) ?? 0;
      used.set(request.operation, place + 1);
      return given[Math.min(place, given.length - 1)];
    };
  }

  respond(responder: Responder): void {
    this.#respond = responder;
  }

  /** Bodies of the requests for one operation. */
  bodies(operation: string): readonly unknown[] {
    return this.requests.filter((request) => request.operation === operation).map(({ body }) => body);
  }

  operations(): readonly string[] {
    return this.requests.map(({ operation }) => operation);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await read(incoming);
    this.requests.push(request);
    const answer = this.#respond(request) ?? refusal(request.operation);
    if (answer === 'hang') return;
    if (answer === 'drop') {
      incoming.socket.destroy();
      return;
    }
    const [type, text] =
      answer.xml === undefined
        ? ['application/x-amz-json-1.1', JSON.stringify(answer.json ?? {})]
        : ['text/xml', answer.xml];
    response.writeHead(answer.status ?? 200, { 'content-type': type, ...answer.headers });
    response.end(text);
  }
}

/** An account for the tests of one file; what it was asked and told is forgotten before each test. */
export function useRecordedAccount(): RecordedAccount {
  const account = new RecordedAccount();
  beforeAll(() => account.start());
  beforeEach(() => {
    account.requests.length = 0;
    account.answer({});
  });
  afterAll(() => account.stop());
  return account;
}

/** A pause that does not wait, and remembers how long it was asked to. */
export function noPause(): ((millis: number) => Promise<void>) & { readonly waits: number[] } {
  const waits: number[] = [];
  const pause = async (millis: number) => {
    waits.push(millis);
  };
  return Object.assign(pause, { waits });
}

const refusal = (operation: string): RecordedAnswer => ({
  status: 400,
  json: { __type: 'UnknownOperationException', message: `Nobody answers for ${operation}.` },
});

async function read(incoming: IncomingMessage): Promise<RecordedRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  const target = String(incoming.headers['x-amz-target'] ?? '');
  const path = incoming.url ?? '';
  const isForm = String(incoming.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
  const body: unknown = isForm ? Object.fromEntries(new URLSearchParams(text)) : text === '' ? null : JSON.parse(text);
  const { method = '', headers } = incoming;
  return { operation: operationOf(target, serviceOf(headers.authorization), path, body), method, path, headers, body };
}

/** The service a request is signed for: `Credential=AKID/20260101/eu-central-1/ecs/aws4_request`. */
const serviceOf = (authorization = ''): string =>
  /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(authorization)?.[1] ?? '?';

export function operationOf(target: string, service: string, path: string, body: unknown): string {
  if (target !== '') return `${service}.${target.slice(target.lastIndexOf('.') + 1)}`;
  if (typeof body === 'object' && body !== null && 'Action' in body) return `${service}.${String(body.Action)}`;
  if (service === 'lambda' && path.includes('/invocations')) return 'lambda.Invoke';
  if (service === 'lambda' && /\/durable-executions\/[^/?]+(\?|$)/.test(path)) return 'lambda.GetDurableExecution';
  if (service === 'lambda' && /\/durable-executions\/[^/]+\/checkpoint$/.test(path))
    return 'lambda.CheckpointDurableExecution';
  if (service === 'lambda' && /\/durable-executions\/[^/]+\/state(\?|$)/.test(path))
    return 'lambda.GetDurableExecutionState';
  if (service === 'lambda' && /-callbacks\/[^/]+\/succeed$/.test(path))
    return 'lambda.SendDurableExecutionCallbackSuccess';
  return `${service}.${path}`;
}

/** An error of a JSON protocol. */
export const failure = (type: string, message = type, status = 400): RecordedAnswer => ({
  status,
  json: { __type: type, message },
});

/** An error of a query protocol (ELB, SNS). */
export const queryFailure = (code: string, message = code, status = 400): RecordedAnswer => ({
  status,
  xml: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>r</RequestId></ErrorResponse>`,
});

/** A result of a query protocol; `inner` is the result's own XML. */
export const queryResult = (operation: string, inner: string): RecordedAnswer => ({
  xml: `<${operation}Response><${operation}Result>${inner}</${operation}Result><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></${operation}Response>`,
});
