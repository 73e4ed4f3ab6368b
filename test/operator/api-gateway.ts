import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { Sha256 } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';
import { apiStage, type RouteName, routeNames } from '../../lambdas/contract/operation-api.ts';
import { type HttpApiEvent, httpApiEvent, iamOf } from './http-api-event.ts';

export type Key = { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string };

/** Whom AWS knows by a key, and what IAM lets them invoke: ARNs of routes without wildcards. */
export type Caller = { readonly key: Key; readonly arn: string; readonly may: readonly string[] };

/** What the function behind a route answers, or what becomes of the connection instead. */
export type Reply =
  | { readonly statusCode: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }
  | 'nothing'
  | 'drop';

export type Integration = (event: HttpApiEvent) => Reply | Promise<Reply>;

type Asked = {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
};

/** How far a request's time may be from AWS's. */
const mostSkew = 300_000;

/**
 * A stand-in for an HTTP API whose routes IAM authorizes: it signs what it received once more with the SDK's signer, and
 * compares; asks what the caller may; and hands the function what API Gateway would. Everything else is told no more than that
 * it is forbidden (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control-iam.html).
 */
export class ApiGateway {
  readonly account: string;
  readonly region = 'eu-central-1';
  readonly apiId: string;
  /** What came in, refused requests included. */
  readonly asked: Asked[] = [];
  /** Its own time. */
  now: () => number;
  integration: Integration = () => ({ statusCode: 500, body: '{"message":"Internal Server Error"}' });
  /** Requests that are throttled before anything else is looked at. */
  throttled = 0;
  readonly #callers = new Map<string, Caller>();
  readonly #server: Server;

  private constructor(account: string, apiId: string, now: () => number) {
    this.account = account;
    this.apiId = apiId;
    this.now = now;
    this.#server = createServer((incoming, response) => {
      this.#serve(incoming, response).catch((error: unknown) => response.writeHead(599).end(String(error)));
    });
  }

  static async open(account: string, apiId = 'a1b2c3d4e5', now: () => number = Date.now): Promise<ApiGateway> {
    const gateway = new ApiGateway(account, apiId, now);
    await new Promise<void>((resolve) => gateway.#server.listen(0, '127.0.0.1', resolve));
    return gateway;
  }

  /** As a stage's address is published: without a slash at the end. */
  get address(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/${apiStage}`;
  }

  arnOf(route: RouteName): string {
    return `arn:aws:execute-api:${this.region}:${this.account}:${this.apiId}/${apiStage}/POST/${route}`;
  }

  know(caller: Caller): void {
    this.#callers.set(caller.key.accessKeyId, caller);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const { method = '', url: path = '', headers } = incoming;
    const raw = Buffer.concat(chunks);
    const asked = { method, path, headers, body: raw.toString('utf8') };
    this.asked.push(asked);
    const reply = await this.#answer(asked, raw);
    if (reply === 'nothing') return;
    if (reply === 'drop') {
      incoming.socket.destroy();
      return;
    }
    const date = new Date(this.now()).toUTCString();
    response.writeHead(reply.statusCode, { 'content-type': 'application/json', ...reply.headers, date });
    response.end(reply.body);
  }

  async #answer(asked: Asked, raw: Buffer): Promise<Reply> {
    const route = routeNames.find((name) => asked.path === `/${apiStage}/${name}`);
    if (route === undefined || asked.method !== 'POST') return message(404, 'Not Found');
    if (this.throttled > 0) {
      this.throttled--;
      return message(429, 'Too Many Requests');
    }
    const caller = await this.#authorized(asked, route);
    if (caller === undefined) return message(403, 'Forbidden');
    // Anything but text and JSON counts as binary.
    const isText = /^(text\/|application\/(json|javascript|xml)\b)/.test(asked.headers['content-type'] ?? '');
    const event = httpApiEvent(route, asked.body, { iam: iamOf(caller.arn) });
    return this.integration(isText ? event : { ...event, body: raw.toString('base64'), isBase64Encoded: true });
  }

  async #authorized(asked: Asked, route: RouteName): Promise<Caller | undefined> {
    const [, id = '', day = '', region = '', signed = ''] =
      /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/execute-api\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=/.exec(
        asked.headers.authorization ?? '',
      ) ?? [];
    const caller = this.#callers.get(id);
    const date = String(asked.headers['x-amz-date']);
    const at = Date.parse(date.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z'));
    const isTimely = date.startsWith(day) && Math.abs(at - this.now()) <= mostSkew;
    const hasToken = asked.headers['x-amz-security-token'] === caller?.key.sessionToken;
    if (caller === undefined || region !== this.region || !isTimely || !hasToken) return undefined;
    if (!(await isSignedWith(caller.key, asked, signed.split(';'), region, new Date(at)))) return undefined;
    // Another account can't be let in: HTTP APIs have no resource policies.
    const isOurs = caller.arn.split(':')[4] === this.account;
    return isOurs && caller.may.includes(this.arnOf(route)) ? caller : undefined;
  }
}

const message = (statusCode: number, says: string): Reply => ({ statusCode, body: JSON.stringify({ message: says }) });

async function isSignedWith(
  credentials: Key,
  { method, path, headers, body }: Asked,
  signed: readonly string[],
  region: string,
  signingDate: Date,
): Promise<boolean> {
  if (!signed.includes('host') || !signed.includes('x-amz-date')) return false;
  const unsigned = Object.keys(headers).filter((name) => name.startsWith('x-amz-') && !signed.includes(name));
  if (unsigned.length > 0) return false;
  const { sessionToken: _, ...keys } = credentials;
  const signer = new SignatureV4({
    service: 'execute-api',
    region,
    credentials: keys,
    sha256: Sha256,
    applyChecksum: false,
  });
  const { headers: again } = await signer.sign(
    {
      method,
      protocol: 'https:',
      hostname: String(headers.host),
      path,
      headers: Object.fromEntries(signed.map((name) => [name, String(headers[name])])),
      body,
    },
    { signingDate },
  );
  return again.authorization?.split('Signature=')[1] === headers.authorization?.split('Signature=')[1];
}
