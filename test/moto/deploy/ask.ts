import type { Account } from '../harness/account.ts';

/** Requests to services the project has no client for. moto does not look at signatures. */
const headers = (account: Account, caller: string, service: string) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=${caller}/20260101/${account.region}/${service}/aws4_request, SignedHeaders=host, Signature=0`,
});

/** An operation of a JSON protocol: `AmazonSSM.GetParameter`. */
export async function askJson<Answer>(
  account: Account,
  caller: string,
  service: string,
  target: string,
  body: unknown,
): Promise<Answer> {
  const type = service === 'sqs' ? 'application/x-amz-json-1.0' : 'application/x-amz-json-1.1';
  const response = await fetch(account.endpoint, {
    method: 'POST',
    headers: { ...headers(account, caller, service), 'content-type': type, 'x-amz-target': target },
    body: JSON.stringify(body),
  });
  const text = await answered(response, target);
  return (text === '' ? {} : JSON.parse(text)) as Answer;
}

/** An operation of a query protocol; the answer is XML. */
export async function askQuery(
  account: Account,
  caller: string,
  service: 'cloudformation' | 'iam' | 'sts',
  action: string,
  parameters: Readonly<Record<string, string>>,
): Promise<string> {
  const Version = { cloudformation: '2010-05-15', iam: '2010-05-08', sts: '2011-06-15' }[service];
  const response = await fetch(account.endpoint, {
    method: 'POST',
    headers: { ...headers(account, caller, service), 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ Action: action, Version, ...parameters }).toString(),
  });
  return answered(response, action);
}

/** What a REST protocol answers; nothing is an empty object. */
export async function askRest(
  account: Account,
  caller: string,
  service: string,
  path: string,
  method = 'GET',
  body?: unknown,
): Promise<unknown> {
  const response = await fetch(`${account.endpoint}${path}`, {
    method,
    headers: { ...headers(account, caller, service), 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answered(response, `${method} ${path}`);
  return text === '' ? {} : JSON.parse(text);
}

/** An object of a bucket. */
export async function object(account: Account, caller: string, bucket: string, key: string): Promise<Buffer> {
  const response = await fetch(`${account.endpoint}/${bucket}/${key}`, { headers: headers(account, caller, 's3') });
  if (!response.ok) throw new Error(`s3://${bucket}/${key}: ${response.status} ${await response.text()}`);
  return Buffer.from(await response.arrayBuffer());
}

async function answered(response: Response, operation: string): Promise<string> {
  const text = await response.text();
  if (!response.ok) throw new Error(`${operation}: ${response.status} ${text}`);
  return text;
}

/** The texts of all elements of this name, in order. */
export const elements = (xml: string, name: string): readonly string[] =>
  [...xml.matchAll(new RegExp(`<${name}>([\\s\\S]*?)</${name}>`, 'g'))].map(([, text = '']) => unescaped(text));

const unescaped = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll(/&(?:apos|#39|#x27);/g, "'")
    .replaceAll('&amp;', '&');
