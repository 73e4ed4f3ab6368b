import { Sha256 } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';
import { awsDomain } from '../contract/aws-domain.ts';
import { credentialsIn } from './credentials.ts';
import { jittered, pause as realPause } from './pause.ts';
import { type PostAnswer, post } from './post.ts';
import { type Environment, neededVariable } from './variables.ts';

/**
 * One read of AWS in plain HTTPS, signed by the SDK's own signer, which every bundle has anyway: where a client of the SDK
 * would be there for one call, and push `recover` beyond what starts fast.
 */
export type SignedCall = {
  /** As it is signed and as its host is called: `ssm`. */
  readonly service: string;
  /** The variable that names another endpoint (https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html). */
  readonly endpoint: string;
  /** As complaints call it. */
  readonly name: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

const attempts = 4;
const answersWithin = 5_000;

/** What is worth another attempt, beside 5xx: the token bucket was empty. */
const passing: ReadonlySet<string> = new Set([
  'ThrottlingException',
  'Throttling',
  'RequestLimitExceeded',
  'RequestTimeout',
]);

/** The same request may succeed later. */
class PassingError extends Error {}

/** What `read` makes of the answer, which may throw a `refusal`. Rejects when there was none. */
export async function askSigned<T>(
  call: SignedCall,
  read: (answer: PostAnswer) => T,
  env: Environment,
  pause = realPause,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return read(await send(call, env));
    } catch (error) {
      if (attempt === attempts || !(error instanceof PassingError)) throw error;
      await pause(jittered(attempt, 200, 2_000));
    }
  }
}

/** An answer that is none: a code of AWS, and what it says. */
export function refusal(name: string, status: number, code: string, message: string): Error {
  const says = `${name}: ${code}. ${message}`.trim();
  return status >= 500 || passing.has(code) ? new PassingError(says) : new Error(says);
}

async function send({ service, endpoint, name, headers: given, body }: SignedCall, env: Environment) {
  const region = neededVariable(env, 'AWS_REGION');
  const url = new URL(env[endpoint] ?? env.AWS_ENDPOINT_URL ?? `https://${service}.${region}.${awsDomain(region)}`);
  const signer = new SignatureV4({ service, region, credentials: credentialsIn(env), sha256: Sha256 });
  const { headers } = await signer.sign({
    method: 'POST',
    protocol: url.protocol,
    hostname: url.hostname,
    path: '/',
    headers: { ...given, host: url.host },
    body,
  });
  try {
    return await post(url, headers, body, answersWithin);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new PassingError(`${name} was not answered by ${url.host}: ${why}`);
  }
}
