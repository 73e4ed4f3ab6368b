import type { OperationProof } from '../../lambdas/contract/operation-proof.ts';
import type { Instant } from '../../lambdas/contract/time.ts';
import type { Operation } from '../../lambdas/model/operation.ts';
import { type Credentials, type SignedOperation, signOperation } from '../../lib/operator/sign-operation.ts';

export const installed = { pipeline: 'prod', region: 'eu-central-1' };
export const account = '123456789012';
export const ann = `arn:aws:sts::${account}:assumed-role/on-call/ann`;
export const annsKeys: Credentials = { accessKeyId: 'ASIAANN', secretAccessKey: 'secret', sessionToken: 'token' };
export const pauseCheckout: Operation = { kind: 'pause', service: 'checkout', until: null, why: 'Größe "M"' };

export const signed = (operation: Operation, now: Instant, keys = annsKeys, of = installed): Promise<SignedOperation> =>
  signOperation(operation, of, keys, now);

/** The proof with some of its headers changed; `null` takes one away. */
export function tampered({ headers }: OperationProof, change: Readonly<Record<string, string | null>>): OperationProof {
  const changed = Object.entries({ ...headers, ...change }).filter(([, value]) => value !== null);
  return { headers: Object.fromEntries(changed) as Readonly<Record<string, string>> };
}

/** What STS answers (https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html). */
export const identity = (arn = ann, of = account): string =>
  `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>${arn}</Arn><UserId>AROAEXAMPLE:ann</UserId><Account>${of}</Account></GetCallerIdentityResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></GetCallerIdentityResponse>`;
