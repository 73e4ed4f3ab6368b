import { environment } from '../contract/environment.ts';
import { longestBody, routeKey } from '../contract/operation-api.ts';
import { plainText } from '../contract/text.ts';
import type { Answer, Operation, OperationRequest } from '../model/operation.ts';
import { log } from './log.ts';
import { type Environment, neededVariable } from './variables.ts';

/** What a body asks for, or what is wrong with it. */
type Read = (
  kind: Operation['kind'],
  body: unknown,
) => { readonly id: string; readonly operation: Operation } | { readonly flaw: string };

/** The answer that goes back: what came of it, and who was found to ask; null when nobody was. */
export type Operated = Answer & { readonly by: string | null };

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html#http-api-develop-integrations-lambda.response */
export type HttpReply = {
  readonly statusCode: 200 | 400 | 409;
  readonly headers: Readonly<Record<string, string>>;
  /** An `Operated` as JSON. */
  readonly body: string;
};

/**
 * The handler behind some routes of the API. Who asks is whoever API Gateway found to have signed, and nobody else: it alone
 * invokes the function, and only after IAM has allowed the route.
 */
export const httpDoor =
  <O extends Operation>(
    kinds: readonly O['kind'][],
    env: Environment,
    read: Read,
    carryOut: (request: OperationRequest<O>) => Promise<Answer>,
  ) =>
  async (event: unknown): Promise<HttpReply> => {
    const account = neededVariable(env, environment.account);
    const by = callerIn(event, account);
    const kind = kinds.find((one) => routeKey(one) === fieldOf(event, 'routeKey'));
    if (by === undefined)
      return refused(
        409,
        `Who asks is not known, so nothing was done: AWS names nobody of the account ${account}.`,
        null,
      );
    if (kind === undefined)
      return refused(400, `Nothing was done: there is no route ${shown(fieldOf(event, 'routeKey'))} here.`, by);
    const body = bodyIn(event);
    if ('flaw' in body) return refused(400, body.flaw, by);
    const asked = read(kind, body.value);
    if ('flaw' in asked) return refused(400, asked.flaw, by);
    const { id, operation } = asked;
    const answer = await carryOut({ id, by, operation: operation as O });
    log.info('Operation', { id, by, operation, answer });
    return reply(answer.kind === 'done' ? 200 : 409, { ...answer, by });
  };

function refused(statusCode: 400 | 409, says: string, by: string | null): HttpReply {
  log.warn('Operation refused', { by, says });
  return reply(statusCode, { kind: 'refused', says, by });
}

const reply = (statusCode: HttpReply['statusCode'], { kind, says, by }: Operated): HttpReply => ({
  statusCode,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  body: JSON.stringify({ kind, says, by }),
});

/**
 * The ARN of whoever signed, if it is somebody of this account; any member of `iam` may be null or missing
 * (https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-request-payload).
 */
function callerIn(event: unknown, account: string): string | undefined {
  const iam = ['requestContext', 'authorizer', 'iam'].reduce(fieldOf, event);
  const arn = fieldOf(iam, 'userArn');
  if (typeof arn !== 'string' || fieldOf(iam, 'accountId') !== account) return undefined;
  const [, owner] = /^arn:aws[a-z-]*:(?:iam|sts)::(\d{12}):[\w+=,.@/-]{1,600}$/.exec(arn) ?? [];
  return owner === account ? arn : undefined;
}

function bodyIn(event: unknown): { readonly value: unknown } | { readonly flaw: string } {
  const body = fieldOf(event, 'body');
  // API Gateway encodes what it takes for binary: anything but text and JSON.
  if (fieldOf(event, 'isBase64Encoded') === true)
    return { flaw: 'The body is not sent as JSON: send it with the header content-type: application/json.' };
  if (typeof body !== 'string' || body === '') return { flaw: 'There is no body: a request is a JSON object.' };
  if (body.length > longestBody) return { flaw: `The body has ${body.length} characters; allowed are ${longestBody}.` };
  try {
    return { value: JSON.parse(body) };
  } catch {
    return { flaw: 'The body is not JSON.' };
  }
}

const shown = (value: unknown): string => plainText(typeof value === 'string' ? value : String(typeof value), 60);

/** Own fields only: what is inherited nobody has sent. */
const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? new Map<string, unknown>(Object.entries(value)).get(name) : undefined;
