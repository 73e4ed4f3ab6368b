import { awsDomain } from './aws-domain.ts';
import type { Duration } from './time.ts';

// Who asks for an operation is proved by AWS and never said: the asker signs a request for STS GetCallerIdentity, which the
// function sends to STS itself. HashiCorp Vault's AWS login and the IAM authenticator of EKS work like this
// (https://developer.hashicorp.com/vault/docs/auth/aws#iam-auth-method). The request's own header ties it to one operation.

/** The signed headers, as they came in. */
export type OperationProof = { readonly headers: Readonly<Record<string, string>> };

/** The signed header that ties the proof to one operation of one pipeline: the SHA-256 of `boundText`, in hexadecimal. */
export const bindingHeader = 'x-paramedic-operation';

/** The one request a proof is for: POST to this path with this body, and nothing of it is up to whoever asks. */
export const identityRequest = {
  path: '/',
  contentType: 'application/x-www-form-urlencoded',
  body: 'Action=GetCallerIdentity&Version=2011-06-15',
} as const;

/** Where it goes: https://docs.aws.amazon.com/general/latest/gr/sts.html. */
export const identityHost = (region: string): string => `sts.${region}.${awsDomain(region)}`;

/** How old a proof may be, and how far ahead of the function's clock. */
export const proofWithin: Duration = { minutes: 5 };
export const proofAhead: Duration = { minutes: 1 };

/** What a proof is tied to: the pipeline's name, a line break, and the operation as JSON with sorted keys and no spaces. */
export const boundText = (pipeline: string, operation: object): string => `${pipeline}\n${canonical(operation)}`;

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`).join(',')}}`;
}
