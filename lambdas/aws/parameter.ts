import { Sha256 } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';
import { awsDomain } from '../contract/aws-domain.ts';
import { credentialsIn } from './credentials.ts';
import { jittered, pause as realPause } from './pause.ts';
import { type PostAnswer, post } from './post.ts';
import { type Environment, neededVariable } from './variables.ts';

/**
 * Reads one SSM parameter, in plain HTTPS signed by the SDK's own signer, which every bundle has anyway. The SDK's client for
 * Systems Manager would add 70 KB for this one call, and push `recover` beyond what starts fast.
 */
export type ParameterReader = (name: string) => Promise<string | undefined>;

const attempts = 4;
const answersWithin = 5_000;

/** What is worth another attempt, beside 5xx: the token bucket was empty (https://docs.aws.amazon.com/systems-manager/latest/APIReference/CommonErrors.html). */
const passing: ReadonlySet<string> = new Set([
  'ThrottlingException',
  'Throttling',
  'RequestLimitExceeded',
  'RequestTimeout',
]);

/** The value of a parameter, or `undefined` when there is none of that name. Rejects when it could not be read. */
export const awsParameters =
  (env: Environment = process.env, pause = realPause): ParameterReader =>
  async (name) => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await getParameter(env, name);
      } catch (error) {
        if (attempt === attempts || !(error instanceof PassingError)) throw error;
        await pause(jittered(attempt, 200, 2_000));
      }
    }
  };

/** The same request may succeed later. */
class PassingError extends Error {}

async function getParameter(env: Environment, name: string): Promise<string | undefined> {
  const { status, body } = await send(env, JSON.stringify({ Name: name }));
  const answer = parsed(body);
  if (status === 200) return valueIn(answer, name);
  const type = fieldOf(answer, '__type');
  // `com.amazonaws.ssm#ParameterNotFound`
  const error = typeof type === 'string' ? type.slice(type.indexOf('#') + 1) : `HTTP ${status}`;
  if (error === 'ParameterNotFound') return undefined;
  const says =
    `GetParameter ${name}: ${error}. ${fieldOf(answer, 'message') ?? fieldOf(answer, 'Message') ?? ''}`.trim();
  throw status >= 500 || passing.has(error) ? new PassingError(says) : new Error(says);
}

async function send(env: Environment, body: string): Promise<PostAnswer> {
  const region = neededVariable(env, 'AWS_REGION');
  const url = new URL(env.AWS_ENDPOINT_URL_SSM ?? env.AWS_ENDPOINT_URL ?? `https://ssm.${region}.${awsDomain(region)}`);
  const signer = new SignatureV4({ service: 'ssm', region, credentials: credentialsIn(env), sha256: Sha256 });
  const { headers } = await signer.sign({
    method: 'POST',
    protocol: url.protocol,
    hostname: url.hostname,
    path: '/',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      host: url.host,
      'x-amz-target': 'AmazonSSM.GetParameter',
    },
    body,
  });
  try {
    return await post(url, headers, body, answersWithin);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new PassingError(`GetParameter was not answered by ${url.host}: ${why}`);
  }
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

function valueIn(answer: unknown, name: string): string {
  const value = fieldOf(fieldOf(answer, 'Parameter'), 'Value');
  if (typeof value !== 'string' || value === '')
    throw new Error(`GetParameter ${name} answered without Parameter.Value.`);
  return value;
}

const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? new Map<string, unknown>(Object.entries(value)).get(name) : undefined;
