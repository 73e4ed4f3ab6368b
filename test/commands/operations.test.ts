import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SignedOperation } from '../../lib/operator/sign-operation.ts';
import { ann } from '../aws/proofs.ts';
import { failure, type RecordedAnswer, useRecordedAccount } from '../recorded/recorded-account.ts';
import { paramedic, type Ran } from './command-line.ts';

const door = fileURLToPath(new URL('../../bin/paramedic.mjs', import.meta.url));
const incident = '20260105-141500-k3f9x2ab';
const here = ['--pipeline', 'prod', '--region', 'eu-central-1'];
const why = ['--why', 'migration'];
const aws = useRecordedAccount();
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'paramedic-operations-'));
  writeFileSync(
    join(folder, 'recovery.yaml'),
    'install: { name: shop, account: "123456789012", region: eu-west-1 }\nowners: { shop: { email: [on-call@example.com] } }\nservices: {}\n',
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const done = { kind: 'done', says: 'Paused: nothing is changed.', by: ann };
const answers = (answer: RecordedAnswer) => aws.answer({ 'lambda.Invoke': answer });
beforeEach(() => answers({ json: done }));

/** In a process of its own, in an empty folder but for a recovery.yaml, with these keys and no other credentials. */
async function run(args: readonly string[], change: Readonly<Record<string, string | undefined>> = {}): Promise<Ran> {
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_ACCESS_KEY_ID: 'ASIAANN',
    AWS_SECRET_ACCESS_KEY: 'my-secret',
    AWS_SESSION_TOKEN: 'token',
    AWS_ENDPOINT_URL_LAMBDA: aws.endpoint,
    ...change,
  };
  const child = spawn(process.execPath, [door, ...args], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const closed = new Promise<number | null>((resolve) => child.on('close', resolve));
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), closed]);
  return { code: code ?? -1, out, err };
}

const asked = (): SignedOperation => aws.bodies('lambda.Invoke')[0] as SignedOperation;

describe('an operation', () => {
  it.each<[string, readonly string[], object]>([
    ['pause', ['pause', ...why], { kind: 'pause', service: null, until: null, why: 'migration' }],
    ['pause', ['pause', 'checkout', ...why], { kind: 'pause', service: 'checkout', until: null, why: 'migration' }],
    ['resume', ['resume', 'checkout', ...why], { kind: 'resume', service: 'checkout', why: 'migration' }],
    ['approve', ['approve', incident], { kind: 'approve', incident, why: 'no reason given' }],
    ['reject', ['reject', incident, ...why], { kind: 'reject', incident, why: 'migration' }],
    ['undo', ['undo', incident, ...why], { kind: 'undo', incident, why: 'migration' }],
  ])('%s is asked of the function of the installation, with a proof of who asks', async (_, args, operation) => {
    const { code, out, err } = await run([...args, ...here]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toBe(`${done.says}\nRecorded as asked for by ${ann}.\n`);
    const [request] = aws.requests;
    expect(request?.path).toBe('/2015-03-31/functions/paramedic-prod-operate/invocations');
    const body = asked();
    expect(body.operation).toEqual(operation);
    expect(Object.keys(body.proof.headers).sort()).toEqual([
      'authorization',
      'content-type',
      'host',
      'x-amz-date',
      'x-amz-security-token',
      'x-paramedic-operation',
    ]);
    expect(JSON.stringify(body)).not.toContain('my-secret');
  });

  it('finds its installation in recovery.yaml, here or elsewhere', async () => {
    expect(await run(['resume', ...why])).toMatchObject({ code: 0, err: '' });
    expect(aws.requests[0]?.path).toContain('/paramedic-shop-operate/');
    expect(asked().proof.headers.host).toBe('sts.eu-west-1.amazonaws.com');
    const elsewhere = join(folder, 'recovery.yaml');
    expect(await run(['resume', ...why, '--config', elsewhere])).toMatchObject({ code: 0, err: '' });
  });

  it('prints one object with --json, and the answer is the exit code', async () => {
    const { code, out, err } = await run(['pause', ...why, ...here, '--json']);
    expect({ code, answer: JSON.parse(out) as unknown, err }).toEqual({ code: 0, answer: done, err: '' });
    answers({ json: { kind: 'refused', says: 'No.', by: ann } });
    const refused = await run(['pause', ...why, ...here, '--json']);
    expect({ code: refused.code, answer: JSON.parse(refused.out) as unknown }).toEqual({
      code: 1,
      answer: { kind: 'refused', says: 'No.', by: ann },
    });
  });

  it('that is refused ends with 1, and says why', async () => {
    answers({ json: { kind: 'refused', says: 'Paramedic looks after no service chekcout here.', by: ann } });
    expect(await run(['pause', 'chekcout', ...why, ...here])).toEqual({
      code: 1,
      out: '',
      err: 'paramedic: refused: Paramedic looks after no service chekcout here.\n',
    });
  });

  it('ends a pause so long after now as it says', async () => {
    const before = Date.now();
    await run(['pause', ...why, ...here, '--for', '90m']);
    const { until } = asked().operation as { until: number };
    expect(until).toBeGreaterThanOrEqual(before + 90 * 60_000);
    expect(until).toBeLessThanOrEqual(Date.now() + 90 * 60_000);
  });

  it('is printed with --print, as the function wants it, and asked of nobody', async () => {
    const { code, out, err } = await run(['approve', incident, ...here, '--print']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const { operation, proof } = JSON.parse(out) as SignedOperation;
    expect(operation).toEqual({ kind: 'approve', incident, why: 'no reason given' });
    expect(proof.headers.authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=ASIAANN\/\d{8}\/eu-central-1\/sts\//);
    expect(aws.requests).toEqual([]);
  });
});

describe('an operation that nobody answers ends with 2 and one sentence', () => {
  const withoutKeys = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined, AWS_SESSION_TOKEN: undefined };
  it.each<[string, RecordedAnswer, RegExp, object?]>([
    [
      'without permission',
      failure('AccessDeniedException', 'no', 403),
      /^You may not invoke paramedic-prod-operate in eu-central-1: whoever may has the policy paramedic-prod-operator\.$/,
    ],
    [
      'where there is no such function',
      failure('ResourceNotFoundException', 'no', 404),
      /^There is no function paramedic-prod-operate in eu-central-1 in your account/,
    ],
    [
      'with keys AWS does not know',
      failure('UnrecognizedClientException', 'no', 403),
      /^AWS does not know your credentials/,
    ],
    ['with keys that have expired', failure('ExpiredTokenException', 'no', 403), /^Your AWS credentials have expired/],
    ['without any keys', { json: done }, /^No AWS credentials were found to ask paramedic-prod-operate/, withoutKeys],
    [
      'when the function fails',
      { json: { errorMessage: 'no table' }, headers: { 'x-amz-function-error': 'Unhandled' } },
      /^paramedic-prod-operate in eu-central-1 failed, and whether it was done is not known \(no table\)\. /,
    ],
    ['when the answer is none', { json: { hello: 1 } }, /answered what this version does not understand/],
    [
      'when nobody is there',
      'drop',
      /^paramedic-prod-operate in eu-central-1 did not answer, and whether it was done is not known \(.*\)\. Ask again; docs\/runbook\.md/,
    ],
  ])('%s', async (_, answer, says, change = {}) => {
    answers(answer);
    const { code, out, err } = await run(['pause', ...why, ...here], { ...change });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    const [prefix, sentence, ...more] = err.split(/^(?:paramedic: )|\n/);
    expect(prefix).toBe('');
    expect(sentence).toMatch(says);
    expect(more).toEqual(['']);
  });
});

describe('an operation that is asked for wrongly ends with 2, and nobody is asked', () => {
  it.each<[readonly string[], string | RegExp]>([
    [['pause'], "required option '--why <text>' not specified"],
    [['resume', 'checkout'], "required option '--why <text>' not specified"],
    [['approve'], "missing required argument 'incident'"],
    [['pause', 'a', 'b', ...why], 'too many arguments'],
    [['pause', ...why, '--for', '0m'], 'Allowed is a whole number of s, m, h or d, up to 30d, such as 30m or 2h.'],
    [['pause', ...why, '--for', '31d'], 'up to 30d'],
    [['pause', ...why, '--for', '2'], 'up to 30d'],
    [['pause', ...why, '--for', '-2h'], 'up to 30d'],
    [['pause', ...why, '--for', '1.5h'], 'up to 30d'],
    [
      ['pause', 'Check Out', ...why],
      'paramedic: service is "Check Out"; allowed is null for everything, or the id of a service',
    ],
    [['pause', '--why', ''], 'paramedic: why is ""; allowed is one line of 1 to 200 characters.'],
    [['pause', '--why', 'x'.repeat(201)], 'allowed is one line of 1 to 200 characters.'],
    [['pause', '--why', 'a\nb'], 'allowed is one line of 1 to 200 characters.'],
    [['undo', '1'], 'paramedic: incident is "1"; allowed is the id of an incident'],
    [['pause', ...why, '--pipeline', 'prod'], '--pipeline and --region go together, and without --config.'],
    [['pause', ...why, ...here, '--config', 'x.yaml'], '--pipeline and --region go together, and without --config.'],
    [['pause', ...why, '--pipeline', 'Prod', '--region', 'eu-central-1'], 'Allowed is the install.name'],
    [['pause', ...why, '--pipeline', 'prod', '--region', 'evil.example.com/'], 'Allowed is an AWS Region'],
    [
      ['pause', ...why, '--config', 'nowhere.yaml'],
      'paramedic: nowhere.yaml: there is no such file. Name one with --config, or name the installation with --pipeline NAME --region REGION.',
    ],
    [['pause', ...why, '--config', 'test'], 'test is a folder'],
  ])('%j', async (args, sentence) => {
    const { code, out, err } = await paramedic(...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^paramedic: /);
    expect(err).toContain(sentence);
  });

  it.each(['pause', 'resume', 'approve', 'reject', 'undo'])('%s has help of its own', async (command) => {
    const { code, out } = await paramedic(command, '--help');
    expect(code).toBe(0);
    expect(out).toContain('Exit codes: 0 it is done, 1 it was refused, 2');
  });
});
