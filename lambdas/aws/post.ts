import { type IncomingMessage, request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';

export type PostAnswer = { readonly status: number; readonly body: string };

/**
 * One POST, answered whole within so many milliseconds and bytes or rejected; a redirect is an answer like any other. With
 * what Node has loaded for the SDK anyway: the first `fetch` of a process takes some 25 ms to come up.
 */
export async function post(
  url: URL,
  headers: Readonly<Record<string, string>>,
  body: string,
  within: number,
  most = Number.POSITIVE_INFINITY,
): Promise<PostAnswer> {
  const over = url.protocol === 'http:' ? overHttp : overHttps;
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    over(url, { method: 'POST', headers, signal: AbortSignal.timeout(within) }, resolve)
      .on('error', reject)
      .end(body);
  });
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer) {
    bytes += (chunk as Buffer).length;
    if (bytes > most) throw new Error(`${url.host} answered with more than ${most} bytes.`);
    chunks.push(chunk as Buffer);
  }
  return { status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') };
}
