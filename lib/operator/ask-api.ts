import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { Sha256 } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';
import { apiParameter } from '../../lambdas/contract/names.ts';
import { inWords } from '../../lambdas/contract/text.ts';
import { addressAllowed, readAddress } from './api-address.ts';
import { expired, failed, notSent, type Outcome, outcomeOf, type Question, sentence, whyNoAddress } from './outcome.ts';
import { post } from './post.ts';

/** How long all of it may take, so that the command ends within 20 s; the function itself has 15. */
export const askedWithin = 19_000;

type Credentials = Awaited<ReturnType<SSMClient['config']['credentials']>>;

/** Why nothing was sent. */
class NotSent extends Error {
  readonly lingers: boolean;

  constructor(says: string, lingers = false) {
    super(says);
    this.lingers = lingers;
  }
}

/** Signs with the credentials that AWS's own tools would use, and asks the API of the installation. */
export async function askApi(question: Question, within = askedWithin): Promise<Outcome> {
  const { region } = question.installed;
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(new Error(`nothing came within ${inWords(within)}`)), within);
  const client = new SSMClient({
    region,
    maxAttempts: 2,
    requestHandler: { connectionTimeout: 2000, requestTimeout: 3000, throwOnRequestTimeout: true },
  });
  try {
    const credentials = await credentialsOf(client, timeout.signal);
    const address = question.address ?? (await publishedAddress(client, question, timeout.signal));
    return await asked(question, address, credentials, timeout.signal);
  } catch (error) {
    if (!(error instanceof NotSent)) throw error;
    return { ...notSent(error.message), ...(error.lingers ? { lingers: true } : {}) };
  } finally {
    clearTimeout(timer);
    client.destroy();
  }
}

/** Programs and servers that give credentials may hang; they are not ours to stop. */
async function credentialsOf(client: SSMClient, signal: AbortSignal): Promise<Credentials> {
  const late = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new NotSent('Your AWS credentials took too long to get.', true)));
  });
  try {
    const credentials = await Promise.race([client.config.credentials(), late]);
    if ((credentials.expiration?.getTime() ?? Number.POSITIVE_INFINITY) <= Date.now()) throw new NotSent(expired);
    return credentials;
  } catch (error) {
    if (error instanceof NotSent) throw error;
    const why = sentence(error);
    throw new NotSent(
      /expired/i.test(why)
        ? expired
        : `No AWS credentials were found (${why}): log in, or set AWS_PROFILE to a profile that works.`,
    );
  }
}

async function publishedAddress(
  client: SSMClient,
  { route, installed }: Question,
  signal: AbortSignal,
): Promise<string> {
  const { pipeline, region } = installed;
  const Name = apiParameter(pipeline);
  let text = '';
  try {
    const { Parameter } = await client.send(new GetParameterCommand({ Name }), { abortSignal: signal });
    text = Parameter?.Value ?? '';
  } catch (error) {
    throw new NotSent(whyNoAddress(error, route, installed));
  }
  const address = readAddress(text, region);
  if (address !== undefined) return address;
  throw new NotSent(`The parameter ${Name} in ${region} does not hold ${addressAllowed(region)}.`);
}

/** Waits between attempts at a route that is throttled: then it was certainly not done. */
const pauses = [500, 1000, 2000] as const;

async function asked(
  question: Question,
  address: string,
  credentials: Credentials,
  signal: AbortSignal,
): Promise<Outcome> {
  const url = new URL(`${address}/${question.route}`);
  const body = JSON.stringify(question.body);
  for (let attempt = 0; ; attempt++) {
    const headers = await signedHeaders(url, body, question.installed.region, credentials);
    const answer = await post(url, headers, body, signal);
    if ('error' in answer) return failed(answer, url, question);
    const wait = pauses[attempt];
    if (answer.status !== 429 || wait === undefined) return outcomeOf(answer, url, question);
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control-iam.html */
async function signedHeaders(url: URL, body: string, region: string, credentials: Credentials) {
  const signer = new SignatureV4({ service: 'execute-api', region, credentials, sha256: Sha256 });
  const { headers } = await signer.sign({
    method: 'POST',
    protocol: url.protocol,
    hostname: url.hostname,
    path: url.pathname,
    headers: { host: url.host, 'content-type': 'application/json' },
    body,
  });
  return headers;
}
