import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request as it came over the wire, with the operation it asks for. */
export type WireRequest = {
  /** `ecs.DescribeServices`, `elasticloadbalancing.DescribeTargetHealth`, `lambda.Invoke` … */
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** JSON as it came; the parameters of a form as a flat object. */
  readonly body: unknown;
};

/** What is answered. `hang` never answers; `drop` cuts the connection after the request was received. */
export type WireAnswer =
  | {
      readonly status?: number;
      readonly json?: unknown;
      readonly xml?: string;
      readonly headers?: Record<string, string>;
    }
  | 'hang'
  | 'drop';

export type Responder = (request: WireRequest) => WireAnswer | undefined;

/** A small AWS: it notes every request and answers as it was told. An operation nobody answers for is refused. */
export class WireServer {
  readonly requests: WireRequest[] = [];
  readonly #server: Server;
  #respond: Responder = () => undefined;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<WireServer> {
    const http = createServer((request, response) => {
      void server.#serve(request, response);
    });
    const server = new WireServer(http);
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Answers operations by name; a list is used up one by one, its last answer stays. */
  answer(answers: Readonly<Record<string, WireAnswer | readonly WireAnswer[] | Responder>>): void {
    const used = new Map<string, number>();
    this.#respond = (request) => {
      const given = answers[request.operation];
      if (typeof given === 'function') return given(request);
      if (!Array.isArray(given)) return given as WireAnswer | undefined;
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

const refusal = (operation: string): WireAnswer => ({
  status: 400,
  json: { __type: 'UnknownOperationException', message: `Nobody answers for ${operation}.` },
});

async function read(incoming: IncomingMessage): Promise<WireRequest> {
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
  if (service === 'lambda' && /-callbacks\/[^/]+\/succeed$/.test(path))
    return 'lambda.SendDurableExecutionCallbackSuccess';
  return `${service}.${path}`;
}

/** An error of a JSON protocol. */
export const failure = (type: string, message = type, status = 400): WireAnswer => ({
  status,
  json: { __type: type, message },
});

/** An error of a query protocol (ELB, SNS). */
export const queryFailure = (code: string, message = code, status = 400): WireAnswer => ({
  status,
  xml: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>r</RequestId></ErrorResponse>`,
});

/** A result of a query protocol; `inner` is the result's own XML. */
export const queryResult = (operation: string, inner: string): WireAnswer => ({
  xml: `<${operation}Response><${operation}Result>${inner}</${operation}Result><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></${operation}Response>`,
});
