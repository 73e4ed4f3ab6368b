import {
  bindingHeader,
  identityRequest,
  type OperationProof,
  proofAhead,
  proofWithin,
} from '../contract/operation-proof.ts';
import { inWords } from '../contract/text.ts';
import { type Instant, inMillis } from '../contract/time.ts';

/** What a proof must be for. */
export type Expected = {
  readonly region: string;
  readonly host: string;
  /** SHA-256 of the operation's `boundText`. */
  readonly digest: string;
  readonly now: Instant;
};

/** A proof that may be sent on to STS: it is right as far as anybody can tell who does not know the secret key. */
export type SoundProof = { readonly at: Instant; readonly signature: string };

/** Headers a proof may have beside `authorization`. Each that is there must be signed, and no other is sent on. */
const allowed: ReadonlySet<string> = new Set([
  'content-type',
  'host',
  'x-amz-content-sha256',
  'x-amz-date',
  'x-amz-security-token',
  bindingHeader,
]);
const needed: readonly string[] = ['host', 'x-amz-date', bindingHeader];

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-authentication-methods.html */
const authorization =
  /^AWS4-HMAC-SHA256 Credential=\w{1,128}\/(?<day>\d{8})\/(?<region>[a-z0-9-]{1,32})\/sts\/aws4_request, ?SignedHeaders=(?<signed>[a-z0-9;-]{1,256}), ?Signature=(?<signature>[0-9a-f]{64})$/;

/** Gives the proof's time and signature, or what is wrong with it as a sentence that repeats none of it. */
export function soundProof({ headers }: OperationProof, expected: Expected): SoundProof | { readonly flaw: string } {
  const { day, region, signed = '', signature = '' } = authorization.exec(headers.authorization ?? '')?.groups ?? {};
  if (day === undefined || region !== expected.region)
    return flawed(`its authorization is not AWS Signature Version 4 for sts in ${expected.region}`);
  const names = Object.keys(headers).filter((name) => name !== 'authorization');
  if (names.some((name) => !allowed.has(name))) return flawed('it has a header that nobody sends on');
  if (signed !== names.toSorted().join(';') || needed.some((name) => !names.includes(name)))
    return flawed(`it must sign its headers, each of them, and among them ${needed.join(', ')}`);
  if (headers.host !== expected.host) return flawed(`its host must be ${expected.host}`);
  const type = headers['content-type']?.toLowerCase().replace('; ', ';') ?? identityRequest.contentType;
  if (![identityRequest.contentType, `${identityRequest.contentType};charset=utf-8`].includes(type))
    return flawed(`its content-type must be ${identityRequest.contentType}`);
  if (headers[bindingHeader] !== expected.digest)
    return flawed('it was signed for another operation, or for another pipeline');
  const at = instantOf(headers['x-amz-date'] ?? '', day);
  return at === undefined ? flawed('its date is none') : (untimely(at, expected.now) ?? { at, signature });
}

const flawed = (why: string): { readonly flaw: string } => ({ flaw: `Who asks is not proved: ${why}.` });

function untimely(at: Instant, now: Instant): { readonly flaw: string } | undefined {
  if (now - at > inMillis(proofWithin))
    return flawed(`the proof is ${inWords(now - at)} old; allowed are ${inWords(proofWithin)} (is your clock right?)`);
  if (at - now > inMillis(proofAhead))
    return flawed(
      `the proof is of ${inWords(at - now)} from now; allowed are ${inWords(proofAhead)} (is your clock right?)`,
    );
  return undefined;
}

/** `20260105T141500Z`, of the day the signature is scoped to. */
function instantOf(date: string, day: string): Instant | undefined {
  const [, year, month, dayOfMonth, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date) ?? [];
  const at = Date.parse(`${year}-${month}-${dayOfMonth}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(at) || !date.startsWith(day) ? undefined : at;
}
