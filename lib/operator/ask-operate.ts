import { InvokeCommand, type InvokeCommandOutput, LambdaClient } from '@aws-sdk/client-lambda';
import { operateFunctionName } from '../../lambdas/contract/names.ts';
import type { Instant } from '../../lambdas/contract/time.ts';
import type { Answer, Operation } from '../../lambdas/model/operation.ts';
import { complaintOf } from './complaint-of.ts';
import { type Credentials, type Installed, type SignedOperation, signOperation } from './sign-operation.ts';

/** What `operate` answered, and who it found to ask. */
export type Operated = Answer & { readonly by: string | null };

/** Nothing was answered: what, where, and what to do. */
export class NotAnswered extends Error {}

const timeouts = { connectionTimeout: 5_000, requestTimeout: 40_000, throwOnRequestTimeout: true };

/** Signs with the credentials that AWS's own tools would use. */
export async function signedOperation(operation: Operation, installed: Installed, now: Instant) {
  return (await signed(operation, installed, now)).request;
}

/** Asks `operate` of the installation. A repetition by the SDK carries the same proof, which counts once. */
export async function askOperate(operation: Operation, installed: Installed, now: Instant): Promise<Operated> {
  const { client, request } = await signed(operation, installed, now);
  const FunctionName = operateFunctionName(installed.pipeline);
  try {
    return answerIn(
      await client.send(new InvokeCommand({ FunctionName, Payload: JSON.stringify(request) })),
      installed,
    );
  } catch (error) {
    throw error instanceof NotAnswered ? error : new NotAnswered(complaintOf(error, installed));
  }
}

async function signed(
  operation: Operation,
  installed: Installed,
  now: Instant,
): Promise<{ readonly client: LambdaClient; readonly request: SignedOperation }> {
  const client = new LambdaClient({ region: installed.region, maxAttempts: 3, requestHandler: timeouts });
  let credentials: Credentials;
  try {
    credentials = await client.config.credentials();
  } catch (error) {
    throw new NotAnswered(complaintOf(error, installed));
  }
  return { client, request: await signOperation(operation, installed, credentials, now) };
}

function answerIn({ FunctionError, Payload }: InvokeCommandOutput, { pipeline, region }: Installed): Operated {
  const answer = parsed(Payload === undefined ? '' : new TextDecoder().decode(Payload));
  const name = operateFunctionName(pipeline);
  if (FunctionError !== undefined)
    throw new NotAnswered(
      `${name} in ${region} failed, and whether it was done is not known (${fieldOf(answer, 'errorMessage') ?? FunctionError}). Ask again, and look into its log group if that does not help.`,
    );
  const [kind, says, by] = ['kind', 'says', 'by'].map((field) => fieldOf(answer, field));
  if ((kind !== 'done' && kind !== 'refused') || typeof says !== 'string')
    throw new NotAnswered(`${name} in ${region} answered what this version does not understand: is it as new as this?`);
  return { kind, says, by: typeof by === 'string' ? by : null };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? new Map<string, unknown>(Object.entries(value)).get(name) : undefined;
