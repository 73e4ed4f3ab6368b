import type { IncomingMessage } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { operationOf } from '../../recorded/recorded-account.ts';

/** One request as it came over the wire. */
export type Asked = {
  /** The id of the access key it is signed with. */
  readonly caller: string;
  /** `ecs.DescribeServices`, `elasticloadbalancing.DescribeTargetHealth`, `lambda.Invoke`, `s3.PUT` … */
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** JSON as it came; the parameters of a form as a flat object; null for anything else. */
  readonly body: unknown;
  readonly raw: Buffer;
};

export async function askedIn(incoming: IncomingMessage): Promise<Asked> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const { method = '', url: path = '', headers } = incoming;
  const sent = Buffer.concat(chunks);
  // The SDK compresses large requests of CloudWatch's; moto gets them as they were meant.
  const raw = headers['content-encoding'] === 'gzip' ? gunzipSync(sent) : sent;
  // `Credential=AKID/20260101/eu-central-1/ecs/aws4_request`
  const [, caller = '?', api = '?'] =
    /Credential=([^/]+)\/\d+\/[^/]+\/([^/]+)\//.exec(headers.authorization ?? '') ?? [];
  const body = bodyOf(headers['content-type'] ?? '', raw);
  const target = String(headers['x-amz-target'] ?? '');
  const operation = api === 's3' ? `s3.${method}` : operationOf(target, api, path, body);
  return { caller, operation, method, path, headers, body, raw };
}

function bodyOf(type: string, raw: Buffer): unknown {
  const text = raw.toString('utf8');
  if (type.startsWith('application/x-www-form-urlencoded')) return Object.fromEntries(new URLSearchParams(text));
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
