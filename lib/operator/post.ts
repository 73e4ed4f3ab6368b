import { type IncomingMessage, request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';

export type Answered = { readonly status: number; readonly date: string | undefined; readonly body: string };

/** Nothing came back. `sent`: a connection was there, so that the request may have arrived. */
export type Failed = { readonly sent: boolean; readonly error: NodeJS.ErrnoException };

const longestAnswer = 100_000;

/** One POST over a connection of its own. A redirect is an answer like any other: it is not followed. Never rejects. */
export function post(
  url: URL,
  headers: Readonly<Record<string, string>>,
  body: string,
  signal: AbortSignal,
): Promise<Answered | Failed> {
  const isPlain = url.protocol === 'http:';
  return new Promise((resolve) => {
    let sent = false;
    const fail = (error: unknown): void => {
      // Why it was aborted says more than that it was.
      const why: unknown = signal.aborted ? signal.reason : error;
      resolve({ sent, error: why instanceof Error ? why : new Error(String(why)) });
    };
    (isPlain ? overHttp : overHttps)(url, { method: 'POST', headers, signal, agent: false }, (answer) => {
      textOf(answer).then((text) => {
        const { statusCode: status = 0, headers: given } = answer;
        resolve({ status, date: given.date, body: text });
      }, fail);
    })
      .on('socket', (socket) =>
        socket.once(isPlain ? 'connect' : 'secureConnect', () => {
          sent = true;
        }),
      )
      .on('error', fail)
      .end(body);
  });
}

async function textOf(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer) {
    bytes += (chunk as Buffer).length;
    if (bytes > longestAnswer) throw new Error(`the answer has more than ${longestAnswer} bytes`);
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}
