import { createHash } from 'node:crypto';
import { Sha256 } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';
import {
  bindingHeader,
  boundText,
  identityHost,
  identityRequest,
  type OperationProof,
} from '../../lambdas/contract/operation-proof.ts';
import type { Instant } from '../../lambdas/contract/time.ts';
import type { Operation } from '../../lambdas/model/operation.ts';

/** Which installation is asked. */
export type Installed = { readonly pipeline: string; readonly region: string };

export type Credentials = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
};

/** What `operate` is invoked with: the operation, and a proof that is good for it and for nothing else. */
export type SignedOperation = { readonly operation: Operation; readonly proof: OperationProof };

/** Signs a request to STS that is never sent from here: `operate` sends it, and learns from STS who signed it. */
export async function signOperation(
  operation: Operation,
  { pipeline, region }: Installed,
  credentials: Credentials,
  now: Instant,
): Promise<SignedOperation> {
  const host = identityHost(region);
  const digest = createHash('sha256').update(boundText(pipeline, operation), 'utf8').digest('hex');
  const signer = new SignatureV4({ service: 'sts', region, credentials, sha256: Sha256, applyChecksum: false });
  const { headers } = await signer.sign(
    {
      method: 'POST',
      protocol: 'https:',
      hostname: host,
      path: identityRequest.path,
      headers: { 'content-type': identityRequest.contentType, host, [bindingHeader]: digest },
      body: identityRequest.body,
    },
    { signingDate: new Date(now) },
  );
  return { operation, proof: { headers } };
}
