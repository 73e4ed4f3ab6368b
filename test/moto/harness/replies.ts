import type { Reply } from './account.ts';

/** An answer of a JSON protocol. */
export const jsonReply = (body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Reply => ({
  status,
  headers: { 'content-type': 'application/x-amz-json-1.1', ...headers },
  body: Buffer.from(JSON.stringify(body)),
});

/** A refusal as ECS gives it. */
export const refused = (code: string, message: string): Reply =>
  jsonReply({ __type: code, message }, 400, { 'x-amzn-errortype': code });

/** An answer of a query protocol. */
export const xmlReply = (body: string, status = 200): Reply => ({
  status,
  headers: { 'content-type': 'text/xml' },
  body: Buffer.from(body),
});

/** What moto answered in a JSON protocol. */
export const jsonIn = (reply: Reply): Readonly<Record<string, unknown>> =>
  JSON.parse(reply.body.toString('utf8')) as Readonly<Record<string, unknown>>;
