import type { OperationProof } from '../contract/operation-proof.ts';

/** What `operate` is invoked with, as far as it can be told apart from nonsense; the parts are still to be checked. */
export type OperateRequest =
  | { readonly operation: unknown; readonly proof: OperationProof }
  | { readonly flaw: string };

const wanted = 'A request is { "operation": { ... }, "proof": { "headers": { ... } } }';
/** A session token may be long; AWS names no limit (https://docs.aws.amazon.com/STS/latest/APIReference/API_Credentials.html). */
const longestHeader = 16_384;
const mostHeaders = 10;

export function operateRequest(event: unknown): OperateRequest {
  if (!isObject(event)) return { flaw: `${wanted}.` };
  const strange = Object.keys(event).find((name) => name !== 'operation' && name !== 'proof');
  if (strange !== undefined) return { flaw: `${wanted} and nothing else.` };
  const headers = isObject(event.proof) ? event.proof.headers : undefined;
  if (!isObject(headers)) return { flaw: `${wanted}; it has no proof of who asks.` };
  const fine = Object.entries(headers).every(([, value]) => isHeaderValue(value));
  if (!fine || Object.keys(headers).length > mostHeaders)
    return { flaw: 'The proof has a header that is no line of printable ASCII, or too many headers.' };
  return { operation: event.operation, proof: { headers: headers as Readonly<Record<string, string>> } };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isHeaderValue = (value: unknown): boolean =>
  typeof value === 'string' && value.length <= longestHeader && /^[\x20-\x7e]+$/.test(value);
