import { type IncomingMessage, request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';

export type PostAnswer = { readonly status: number; readonly body: string };

/**
 * One POST, answered whole within so many milliseconds or rejected. With what Node has loaded for the SDK anyway: the first
 * `fetch` of a process takes some 25 ms to come up.
 */
export async function post(
  url: URL,
  headers: Readonly<Record<string, string>>,
  body: string,
  within: number,
): Promise<PostAnswer> {
  const over = url.protocol === 'http:' ? overHttp : overHttps;
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    over(url, { method: 'POST', headers, signal: AbortSignal.timeout(within) }, resolve)
      .on('error', reject)
      .end(body);
  });
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  return { status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') };
}
