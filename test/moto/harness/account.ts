import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Asked, askedIn } from './asked.ts';
import { type Fault, refusalOf } from './faults.ts';
import { type AnsweredBy, type Recorded, reasons, recorded } from './recorded.ts';

export type Reply = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
};

/** Sends a request to moto; `body` replaces the one that came. */
export type Forward = (body?: string) => Promise<Reply>;

/**
 * Operations that moto lacks, or answers otherwise than AWS documents. `answer` may ask moto and change what it says;
 * `undefined` leaves the request to moto. That, and what `forward` gave if it is passed on as it is, counts as moto's answer.
 */
export type Gap = {
  readonly operations: readonly string[];
  /** What moto lacks here, in a few words; printed in docs/reference/aws-operations.md. */
  readonly because?: string;
  readonly answer: (asked: Asked, forward: Forward) => Promise<Reply | undefined>;
};

type Struck = { readonly fault: Fault; left: number };

/**
 * One AWS account in moto, behind a proxy: it notes every request, answers for what moto lacks, and breaks what a test
 * wants broken. Accounts share one server and nothing else, so that test files can run side by side.
 */
export class Account {
  readonly id: string;
  readonly region = 'eu-central-1';
  /** The access key that reads moto's own state: past gaps and faults, and unrecorded. */
  static readonly past = 'moto';
  readonly requests: Recorded[] = [];
  readonly #gaps: Gap[];
  readonly #faults = new Map<string, Struck>();
  readonly #server: Server;
  readonly #moto = motoEndpoint();

  private constructor(id: string, gaps: readonly Gap[]) {
    this.id = id;
    this.#gaps = [...gaps];
    this.#server = createServer((request, response) => {
      this.#serve(request, response).catch((error: unknown) => {
        response.writeHead(599).end(String(error));
      });
    });
  }

  /** `id`: twelve digits, another in every test file. */
  static async open(id: string, gaps: readonly Gap[] = []): Promise<Account> {
    const account = new Account(id, gaps);
    await new Promise<void>((resolve) => account.#server.listen(0, '127.0.0.1', resolve));
    return account;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Whoever makes requests is told apart by the id of its access key. */
  environment(caller: string): Readonly<Record<string, string>> {
    return {
      AWS_ENDPOINT_URL: this.endpoint,
      AWS_REGION: this.region,
      AWS_ACCESS_KEY_ID: caller,
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_SESSION_TOKEN: 'token',
    };
  }

  /** For a client of the SDK in this process. */
  client(caller = 'test') {
    const credentials = { accessKeyId: caller, secretAccessKey: 'secret' };
    return { endpoint: this.endpoint, region: this.region, credentials };
  }

  arn(service: string, resource: string): string {
    return `arn:aws:${service}:${this.region}:${this.id}:${resource}`;
  }

  fill(gap: Gap): void {
    this.#gaps.push(gap);
  }

  /** Lets the next `times` requests for the operation meet the fault. */
  strike(operation: string, fault: Fault, times = Number.POSITIVE_INFINITY): void {
    this.#faults.set(operation, { fault, left: times });
  }

  /** Ends all faults. */
  calm(): void {
    this.#faults.clear();
  }

  /** Requests for the operation since the account was opened, or since `requests.length = 0`. */
  asked(operation: string): readonly Recorded[] {
    return this.requests.filter((request) => request.operation === operation);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = await askedIn(incoming);
    if (asked.caller === Account.past) {
      write(response, await this.#forward(asked));
      return;
    }
    const fault = this.#faultFor(asked.operation);
    const note = (answeredBy: Recorded['answeredBy'], status: number) => {
      const request = { ...asked, answeredBy, status };
      this.requests.push(request);
      recorded.push(request);
    };
    if (fault === 'hang' || fault === 'unreachable') {
      note('fault', 0);
      if (fault === 'unreachable') incoming.socket.destroy();
      return;
    }
    if (fault !== undefined && fault !== 'answer-lost') {
      const refusal = refusalOf(fault, asked);
      note('fault', refusal.status);
      write(response, refusal);
      return;
    }
    const { reply, by } = await this.#answer(asked);
    note(fault === undefined ? by : 'fault', reply.status);
    if (fault === 'answer-lost') incoming.socket.destroy();
    else write(response, reply);
  }

  #faultFor(operation: string): Fault | undefined {
    const struck = this.#faults.get(operation);
    if (struck === undefined || struck.left <= 0) return undefined;
    struck.left--;
    return struck.fault;
  }

  async #answer(asked: Asked): Promise<{ readonly reply: Reply; readonly by: AnsweredBy }> {
    let motos: Reply | undefined;
    let forwarded = false;
    const forward: Forward = async (body) => {
      forwarded = true;
      const reply = await this.#forward(asked, body);
      if (body === undefined) motos = reply;
      return reply;
    };
    for (const gap of this.#gaps) {
      if (!gap.operations.includes(asked.operation)) continue;
      const reply = await gap.answer(asked, forward);
      if (reply === undefined) continue;
      if (reply === motos) return { reply, by: 'moto' };
      if (gap.because !== undefined) reasons.set(asked.operation, gap.because);
      return { reply, by: forwarded ? 'amended' : 'gap' };
    }
    return { reply: await forward(), by: 'moto' };
  }

  async #forward({ method, path, headers, raw }: Asked, body?: string): Promise<Reply> {
    const sent: Record<string, string> = { 'x-moto-account-id': this.id };
    for (const [name, value] of Object.entries(headers))
      if (!notForwarded.has(name) && value !== undefined) sent[name] = String(value);
    const payload = body === undefined ? raw : Buffer.from(body);
    const answer = await fetch(`${this.#moto}${path}`, {
      method,
      headers: sent,
      ...(method === 'GET' || method === 'HEAD' ? {} : { body: new Uint8Array(payload) }),
    });
    const kept = [...answer.headers].filter(([name]) => !notForwarded.has(name));
    return {
      status: answer.status,
      headers: Object.fromEntries(kept),
      body: Buffer.from(await answer.arrayBuffer()),
    };
  }
}

/** They speak of one connection, or of the length of a body that may have been changed. */
const notForwarded: ReadonlySet<string> = new Set([
  'connection',
  'content-encoding',
  'content-length',
  'expect',
  'keep-alive',
  'transfer-encoding',
]);

function write(response: ServerResponse, { status, headers, body }: Reply): void {
  response.writeHead(status, { ...headers, 'content-length': String(body.length) });
  response.end(body);
}

function motoEndpoint(): string {
  const endpoint = process.env.MOTO_ENDPOINT;
  if (endpoint === undefined) throw new Error('These tests need a running moto_server: npm run test:aws');
  return endpoint;
}
