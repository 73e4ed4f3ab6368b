import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { httpDoor } from '../../lambdas/aws/http-door.ts';
import { log } from '../../lambdas/aws/log.ts';
import type { Answer, OperationRequest, StopOperation } from '../../lambdas/model/operation.ts';
import { readOperation } from '../../lambdas/pipeline/read-operation.ts';
import { httpApiEvent, type Iam, iamOf } from '../operator/http-api-event.ts';

const account = '123456789012';
const ann = `arn:aws:sts::${account}:assumed-role/on-call/ann`;
const id = '3f2b8c1e-5d6a-4c7b-9e8f-0a1b2c3d4e5f';
const body = { id, service: 'checkout', for: '2h', why: 'Größe "M"' };

let carriedOut: OperationRequest<StopOperation>[];
let answer: Answer;
beforeAll(() => log.setLogLevel('SILENT'));
beforeEach(() => {
  carriedOut = [];
  answer = { kind: 'done', says: 'Paused.' };
});
const handler = httpDoor<StopOperation>(['pause', 'resume'], { ACCOUNT: account }, readOperation, async (request) => {
  carriedOut.push(request);
  return answer;
});

const event = (given: unknown = body, route = 'pause', iam: unknown = iamOf(ann)) =>
  httpApiEvent(route, given, { iam });
async function answered(given: unknown) {
  const { statusCode, headers, body: text } = await handler(given);
  expect(headers['content-type']).toBe('application/json');
  return { statusCode, ...(JSON.parse(text) as object) };
}

describe('a request through the API', () => {
  it('is carried out for whoever API Gateway says has signed, and answered with 200', async () => {
    expect(await answered(event())).toEqual({ statusCode: 200, kind: 'done', says: 'Paused.', by: ann });
    const operation = { kind: 'pause', service: 'checkout', for: { hours: 2 }, why: body.why };
    expect(carriedOut).toEqual([{ id, by: ann, operation }]);
  });

  it('is answered with 409 when it is refused', async () => {
    answer = { kind: 'refused', says: 'No.' };
    expect(await answered(event({ id, why: 'x' }, 'resume'))).toEqual({
      statusCode: 409,
      kind: 'refused',
      says: 'No.',
      by: ann,
    });
    expect(carriedOut).toMatchObject([{ operation: { kind: 'resume', service: null } }]);
  });

  it.each([`arn:aws:iam::${account}:root`, `arn:aws:iam::${account}:user/on-call/ann.b+c@example.com`])(
    'may be signed by %s',
    async (arn) => {
      expect(await answered(event(body, 'pause', iamOf(arn)))).toMatchObject({ statusCode: 200, by: arn });
    },
  );
});

describe('a request of which it is not known who asks is refused, and nothing is done', () => {
  const iam = iamOf(ann);
  const without = (...names: readonly string[]): Iam =>
    Object.fromEntries(Object.entries(iam).filter(([name]) => !names.includes(name)));
  it.each<readonly [string, unknown]>([
    ['without an authorizer', httpApiEvent('pause', body, undefined)],
    ['with an authorizer that is null', httpApiEvent('pause', body, null)],
    ['with another authorizer', httpApiEvent('pause', body, { jwt: { claims: { sub: ann }, scopes: [] } })],
    ['without a context', { ...event(), requestContext: undefined }],
    ['with iam that is null', event(body, 'pause', null)],
    ['with iam that is empty', event(body, 'pause', {})],
    [
      'with every member of iam null',
      event(body, 'pause', Object.fromEntries(Object.keys(iam).map((name) => [name, null]))),
    ],
    ['without an ARN', event(body, 'pause', without('userArn'))],
    ['with an ARN that is null', event(body, 'pause', { ...iam, userArn: null })],
    ['with an ARN that is empty', event(body, 'pause', { ...iam, userArn: '' })],
    ['without an account', event(body, 'pause', without('accountId'))],
    ['with an account that is null', event(body, 'pause', { ...iam, accountId: null })],
    ['from another account', event(body, 'pause', iamOf(ann.replace(account, '210987654321')))],
    ['with an ARN of another account', event(body, 'pause', { ...iam, userArn: ann.replace(account, '210987654321') })],
    ['with an account that is not that of the ARN', event(body, 'pause', { ...iam, accountId: '210987654321' })],
    ['with an ARN of a service', event(body, 'pause', { ...iam, userArn: `arn:aws:ec2::${account}:user/ann` })],
    ['with an ARN and a line break', event(body, 'pause', { ...iam, userArn: `${ann}\n` })],
    ['with a list of ARNs', event(body, 'pause', { ...iam, userArn: [ann] })],
    ['with iam in its prototype', event(body, 'pause', Object.create(iam))],
    ['with the names in its body', httpApiEvent('pause', { ...body, userArn: ann, accountId: account }, null)],
    ['as nothing', undefined],
    ['as a word', 'pause'],
  ])('%s', async (_, given) => {
    expect(await answered(given)).toEqual({
      statusCode: 409,
      kind: 'refused',
      says: `Who asks is not known, so nothing was done: AWS names nobody of the account ${account}.`,
      by: null,
    });
    expect(carriedOut).toEqual([]);
  });
});

describe('a request that makes no sense is answered with 400 and one sentence, and nothing is done', () => {
  it.each<readonly [unknown, string | RegExp]>([
    [event(body, 'approve'), 'Nothing was done: there is no route POST /approve here.'],
    [event(body, 'toString'), 'Nothing was done: there is no route POST /toString here.'],
    [{ ...event(), routeKey: '$default' }, 'Nothing was done: there is no route $default here.'],
    [{ ...event(), routeKey: undefined }, /there is no route undefined here/],
    [{ ...event(), body: undefined }, 'There is no body: a request is a JSON object.'],
    [{ ...event(), body: null }, 'There is no body: a request is a JSON object.'],
    [event(''), 'There is no body: a request is a JSON object.'],
    [event('{"why":'), 'The body is not JSON.'],
    [event('why=x&id=1'), 'The body is not JSON.'],
    [event('[]'), /^The body of pause is an object with id, why, service, for; got \[\]\.$/],
    [event('null'), /^The body of pause is an object .*; got null\.$/],
    [event(`"${'x'.repeat(5000)}"`), 'The body has 5002 characters; allowed are 4096.'],
    [
      { ...event(), body: Buffer.from(JSON.stringify(body)).toString('base64'), isBase64Encoded: true },
      'The body is not sent as JSON: send it with the header content-type: application/json.',
    ],
    [event({ ...body, by: 'ann' }), 'by is not known to pause; allowed are id, why, service, for.'],
    [
      event('{"__proto__":{"why":"x"},"id":"1"}'),
      '__proto__ is not known to pause; allowed are id, why, service, for.',
    ],
    [event({ id, why: 'x', for: '2h' }, 'resume'), 'for is not known to resume; allowed are id, why, service.'],
    [event({ id }), 'why is missing; allowed is one line of 1 to 200 characters.'],
    [event({ why: 'x' }), 'id is missing; allowed is a UUID, a new one for each request.'],
  ])('%#', async (given, says) => {
    expect(await answered(given)).toEqual({
      statusCode: 400,
      kind: 'refused',
      says: typeof says === 'string' ? says : expect.stringMatching(says),
      by: ann,
    });
    expect(carriedOut).toEqual([]);
  });
});
