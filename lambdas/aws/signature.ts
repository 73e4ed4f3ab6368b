import { createHash, createHmac } from 'node:crypto';

/** What AWS knows us by; Lambda puts them into the environment of every function. */
export type Credentials = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
};

/** A request as it is to be signed: every header given here is signed; names in lower case, `host` among them. */
export type Unsigned = {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

export type Scope = { readonly region: string; readonly service: string };

/**
 * The Authorization header of Signature Version 4, for a request without a query
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html). `x-amz-date` tells the time.
 */
export function authorization(request: Unsigned, scope: Scope, credentials: Credentials): string {
  const names = Object.keys(request.headers).sort();
  const signedHeaders = names.join(';');
  const canonical = [
    request.method,
    request.path,
    '',
    ...names.map((name) => `${name}:${request.headers[name]?.trim()}`),
    '',
    signedHeaders,
    sha256(request.body),
  ].join('\n');
  const time = request.headers['x-amz-date'] ?? '';
  const credentialScope = [time.slice(0, 8), scope.region, scope.service, 'aws4_request'];
  const toSign = ['AWS4-HMAC-SHA256', time, credentialScope.join('/'), sha256(canonical)].join('\n');
  const key = credentialScope.reduce<string | Buffer>(hmac, `AWS4${credentials.secretAccessKey}`);
  return [
    `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${credentialScope.join('/')}`,
    `SignedHeaders=${signedHeaders}`,
    `Signature=${hmac(key, toSign).toString('hex')}`,
  ].join(', ');
}

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text, 'utf8').digest();
