import { beforeEach, describe, expect, it } from 'vitest';
import { callerProver } from '../../lambdas/aws/caller-identity.ts';
import type { OperationProof } from '../../lambdas/contract/operation-proof.ts';
import type { Operation } from '../../lambdas/model/operation.ts';
import { queryFailure, type RecordedAnswer, useRecordedAccount } from '../recorded/recorded-account.ts';
import { account, ann, annsKeys, identity, pauseCheckout, signed, tampered } from './proofs.ts';

const aws = useRecordedAccount();
const now = Date.UTC(2026, 0, 5, 14, 15);
const second = 1000;
const asking = 'sts.GetCallerIdentity';

beforeEach(() => aws.answer({ [asking]: { xml: identity() } }));

const environment = () => ({
  PIPELINE: 'prod',
  ACCOUNT: account,
  AWS_REGION: 'eu-central-1',
  AWS_ENDPOINT_URL_STS: aws.endpoint,
});
const prove = (proof: OperationProof, operation: Operation = pauseCheckout, at = now, env: object = {}) =>
  callerProver({ ...environment(), ...env }, { now: () => at })(operation, proof);
const proof = async (at = now, operation = pauseCheckout) => (await signed(operation, at)).proof;
const flaw = (says: string | RegExp) => ({ flaw: typeof says === 'string' ? says : expect.stringMatching(says) });

describe('who asks', () => {
  it('is who STS says, of the request that the asker signed and nothing else', async () => {
    const { headers } = await proof();
    expect(await prove({ headers })).toMatchObject({ arn: ann });
    expect(aws.requests).toEqual([
      {
        operation: asking,
        method: 'POST',
        path: '/',
        headers: { ...headers, connection: expect.anything(), 'content-length': '43' },
        body: { Action: 'GetCallerIdentity', Version: '2011-06-15' },
      },
    ]);
    expect(headers.host).toBe('sts.eu-central-1.amazonaws.com');
  });

  it.each([`arn:aws:iam::${account}:root`, `arn:aws:iam::${account}:user/on-call/ann.b+c@example.com`])(
    'may be %s',
    async (arn) => {
      aws.answer({ [asking]: { xml: identity(arn) } });
      expect(await prove(await proof())).toMatchObject({ arn });
    },
  );

  it('is asked of AWS in China where Paramedic is installed there', async () => {
    const china = { pipeline: 'prod', region: 'cn-north-1' };
    const arn = `arn:aws-cn:sts::${account}:assumed-role/on-call/ann`;
    aws.answer({ [asking]: { xml: identity(arn) } });
    const given = (await signed(pauseCheckout, now, annsKeys, china)).proof;
    expect(given.headers.host).toBe('sts.cn-north-1.amazonaws.com.cn');
    expect(await prove(given, pauseCheckout, now, { AWS_REGION: 'cn-north-1' })).toMatchObject({ arn });
  });

  it('is told with what makes one request of all that carry this proof', async () => {
    const one = await proof();
    const [first, again, other] = [await prove(one), await prove(one), await prove(await proof(now - second))];
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
    expect(first).toMatchObject({ request: expect.stringMatching(/^1767622500000-[0-9a-f]{32}$/) });
  });

  it.each([
    ['5 minutes old', 300 * second, true],
    ['older', 301 * second, false],
    ['a minute ahead', -60 * second, true],
    ['further ahead', -61 * second, false],
  ])('is believed of a proof that is %s: %s', async (_, later, believed) => {
    const caller = await prove(await proof(), pauseCheckout, now + later);
    if (believed) expect(caller).toMatchObject({ arn: ann });
    else
      expect(caller).toEqual(
        flaw(/^Who asks is not proved: the proof is .*; allowed are .* \(is your clock right\?\)\.$/),
      );
    expect(aws.requests).toHaveLength(believed ? 1 : 0);
  });
});

describe('a proof of who asks', () => {
  const other: Operation[] = [
    { ...pauseCheckout, service: 'cart' } as Operation,
    { ...pauseCheckout, service: null } as Operation,
    { ...pauseCheckout, until: now + 1 } as Operation,
    { ...pauseCheckout, why: 'lunch' } as Operation,
    { kind: 'resume', service: 'checkout', why: 'Größe "M"' },
  ];
  it.each(other)('is none for another operation, and STS is not asked: %j', async (operation) => {
    expect(await prove(await proof(), operation)).toEqual(
      flaw(/it was signed for another operation, or for another pipeline/),
    );
    expect(aws.requests).toEqual([]);
  });

  it('is none for another pipeline', async () => {
    expect(await prove(await proof(), pauseCheckout, now, { PIPELINE: 'prod-2' })).toEqual(flaw(/another pipeline/));
  });

  it('does not mind in which order the fields of an operation come', async () => {
    const turned = Object.fromEntries(Object.entries(pauseCheckout).reverse()) as Operation;
    expect(await prove(await proof(), turned)).toMatchObject({ arn: ann });
  });

  const authorization = (change: (text: string) => string) => async () => {
    const { headers } = await proof();
    return tampered({ headers }, { authorization: change(headers.authorization ?? '') });
  };
  it.each<[string, RegExp, () => Promise<OperationProof>]>([
    ['without authorization', /authorization is not AWS/, async () => tampered(await proof(), { authorization: null })],
    ['of another algorithm', /authorization is not AWS/, authorization((text) => text.replace('HMAC', 'ECDSA-P256'))],
    ['for another service', /authorization is not AWS/, authorization((text) => text.replace('/sts/', '/iam/'))],
    [
      'for another Region',
      /authorization is not AWS/,
      authorization((text) => text.replace('eu-central-1', 'us-east-1')),
    ],
    ['with more behind it', /authorization is not AWS/, authorization((text) => `${text}, x=y`)],
    ['that does not sign the host', /must sign its headers/, authorization((text) => text.replace('host;', ''))],
    ['that does not sign its date', /must sign its headers/, authorization((text) => text.replace('x-amz-date;', ''))],
    [
      'that does not sign what it is for',
      /must sign its headers/,
      authorization((text) => text.replace(';x-paramedic-operation', '')),
    ],
    ['that does not sign the token', /must sign/, authorization((text) => text.replace('x-amz-security-token;', ''))],
    ['that signs what is not there', /must sign/, authorization((text) => text.replace('host;', 'host;range;'))],
    ['without what it is for', /must sign/, async () => tampered(await proof(), { 'x-paramedic-operation': null })],
    [
      'with another header',
      /a header that nobody sends on/,
      async () => tampered(await proof(), { 'x-forwarded-host': 'a' }),
    ],
    [
      'with a header by another case',
      /nobody sends on/,
      async () => tampered(await proof(), { Host: 'sts.amazonaws.com' }),
    ],
    ['with a length of its own', /nobody sends on/, async () => tampered(await proof(), { 'content-length': '0' })],
    [
      'for another host',
      /its host must be sts\.eu-central-1/,
      async () => tampered(await proof(), { host: 'evil.example.com' }),
    ],
    [
      'for a form of another kind',
      /its content-type must be/,
      async () => tampered(await proof(), { 'content-type': 'text/xml' }),
    ],
    [
      'of a day it was not signed on',
      /its date is none/,
      async () => tampered(await proof(), { 'x-amz-date': '20260104T141500Z' }),
    ],
    ['of no day at all', /its date is none/, async () => tampered(await proof(), { 'x-amz-date': '20260105T991500Z' })],
  ])('%s is none, and STS is not asked', async (_, says, made) => {
    expect(await prove(await made())).toEqual(flaw(says));
    expect(aws.requests).toEqual([]);
  });

  const answers: readonly (readonly [string, RecordedAnswer, RegExp])[] = [
    [
      'a signature it does not accept',
      queryFailure('SignatureDoesNotMatch', 'secret', 403),
      /STS answered SignatureDoesNotMatch\.$/,
    ],
    ['an expired token', queryFailure('ExpiredToken', 'secret', 403), /STS answered ExpiredToken\.$/],
    ['a redirect', { status: 302, headers: { location: 'https://evil.example.com/' } }, /STS answered HTTP 302\.$/],
    [
      'another account',
      { xml: identity(ann.replace(account, '210987654321'), '210987654321') },
      /somebody of the account 123456789012/,
    ],
    ['an ARN of another account', { xml: identity(ann.replace(account, '210987654321')) }, /somebody of the account/],
    ['an account that is not that of the ARN', { xml: identity(ann, '210987654321') }, /somebody of the account/],
    ['two people', { xml: `${identity()}${identity()}` }, /somebody of the account/],
    ['an ARN that is none', { xml: identity('<b>ann</b>') }, /somebody of the account/],
    ['an ARN of a service', { xml: identity(`arn:aws:ec2::${account}:user/ann`) }, /somebody of the account/],
    ['an ARN with a line break', { xml: identity(`${ann}\n`) }, /somebody of the account/],
    ['nothing', { xml: '' }, /somebody of the account/],
    ['more than anybody wants to read', { xml: identity().padEnd(20_000) }, /STS did not answer/],
    ['an error of its own', queryFailure('InternalFailure', 'secret', 500), /STS did not answer\. Try again\.$/],
    ['no word', 'drop', /STS did not answer\. Try again\.$/],
  ];
  it.each(answers)('is none when STS answers %s', async (_, answer, says) => {
    aws.answer({ [asking]: answer });
    const caller = await prove(await proof());
    expect(caller).toEqual(flaw(says));
    expect(JSON.stringify(caller)).not.toMatch(/secret|token=|AWS4/);
  });

  it('is asked about once more when STS is in trouble', async () => {
    aws.answer({ [asking]: [queryFailure('ServiceUnavailable', 'x', 503), { xml: identity() }] });
    expect(await prove(await proof())).toMatchObject({ arn: ann });
  });
});
