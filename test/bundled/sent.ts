import { createRequire } from 'node:module';

type Request = {
  readonly method: string;
  readonly protocol: string;
  readonly hostname: string;
  readonly path: string;
  readonly query: unknown;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
};
type Sdk = Readonly<Record<string, new (given: object) => { send(command: unknown): Promise<unknown> }>>;
export type ClientOptions = {
  readonly region: string;
  readonly useFipsEndpoint?: boolean;
  readonly useDualstackEndpoint?: boolean;
};

/** Headers that tell of the moment, the process or the library, and the signature over them. */
const passing = /^(authorization|x-amz-date|x-amz-user-agent|user-agent|amz-sdk-invocation-id|x-amzn-trace-id)$/;

const require = createRequire(import.meta.url);

/** The SDK's own client, whatever this test run puts in its place. */
export const sdkClient = (service: string): Sdk => require(`@aws-sdk/client-${service}`) as Sdk;

export const bundledClient = async (service: string): Promise<Sdk> =>
  (await import(`../../lambdas/aws/bundled/client-${service}.mjs`)) as Sdk;

/** What a client would send for one operation; nothing is sent. */
export async function sent(sdk: Sdk, operation: string, input: object, options: ClientOptions): Promise<unknown> {
  const Client = Object.entries(sdk).find(([name]) => /^[A-Z].*Client$/.test(name))?.[1];
  const Command = sdk[`${operation}Command`];
  if (Client === undefined || Command === undefined) throw new Error(`There is no ${operation} in this client.`);
  let seen: Request | undefined;
  const requestHandler = {
    handle: (request: Request) => {
      seen = request;
      throw Object.assign(new Error('seen'), { name: 'Seen' });
    },
  };
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', sessionToken: 'token' };
  const client = new Client({ ...options, credentials, requestHandler, maxAttempts: 2 });
  const error = await client.send(new Command(input)).catch((thrown: unknown) => thrown);
  if (seen === undefined) return error instanceof Error ? { refused: error.message } : error;
  const { method, protocol, hostname, path, query, headers, body } = seen;
  const kept = Object.entries(headers).filter(([name]) => !passing.test(name));
  const scope = /Credential=[^/]+\/\d+\/([^,]+)/.exec(headers.authorization ?? '')?.[1];
  const text = body instanceof Uint8Array ? new TextDecoder().decode(body) : body;
  return {
    method,
    url: `${protocol}//${hostname}${path}`,
    query,
    headers: Object.fromEntries(kept),
    scope,
    body: text,
  };
}
