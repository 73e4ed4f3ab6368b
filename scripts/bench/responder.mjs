import { operationOf } from '../../test/aws/wire-server.ts';
import { FakeAccount } from '../../test/handlers/fake-account.ts';

/** An account with one failing task of three, whose target is in this state, and these items in its table: a function of requests. */
export function responder({ settings, now, items, first }) {
  const account = new FakeAccount(settings, now);
  for (const item of items) account.dynamodb.put(item);
  if (first === 'gone') account.targets.delete(1);
  else account.targets.set(1, first);
  return ({ method, path, headers, text }) => {
    const request = { method, path, headers, body: bodyOf(headers['content-type'], text), operation: '' };
    const service = /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(headers.authorization ?? '')?.[1] ?? '?';
    const operation = operationOf(headers['x-amz-target'] ?? '', service, path, request.body);
    const answer = durable(path) ?? account.respond({ ...request, operation });
    if (answer === undefined) throw new Error(`The benchmark's account has no answer for ${operation}.`);
    const [type, body] =
      answer.xml === undefined
        ? ['application/x-amz-json-1.1', JSON.stringify(answer.json ?? {})]
        : ['text/xml', answer.xml];
    return { status: answer.status ?? 200, headers: { 'content-type': type, ...answer.headers }, body };
  };
}

const bodyOf = (type = '', text = '') => {
  if (type.startsWith('application/x-www-form-urlencoded')) return Object.fromEntries(new URLSearchParams(text));
  return text === '' ? null : JSON.parse(text);
};

/** Lambda's side of a durable execution: every checkpoint is taken. */
const durable = (path) =>
  path.endsWith('/checkpoint') ? { json: { CheckpointToken: 'next', NewExecutionState: {} } } : undefined;
