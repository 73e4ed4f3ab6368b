import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiGateway, type Reply } from '../operator/api-gateway.ts';
import { failure, type RecordedAnswer, useRecordedAccount } from '../recorded/recorded-account.ts';
import { paramedic, type Ran } from './command-line.ts';

const door = fileURLToPath(new URL('../../bin/paramedic.mjs', import.meta.url));
const clock = fileURLToPath(new URL('../moto/end-to-end/shifted-clock.mjs', import.meta.url));
const incident = '20260105-141500-k3f9x2ab';
const id = '3f2b8c1e-5d6a-4c7b-9e8f-0a1b2c3d4e5f';
const here = ['--pipeline', 'prod', '--region', 'eu-central-1'];
const why = ['--why', 'migration'];
const account = '123456789012';
const ann = {
  key: { accessKeyId: 'ASIAANN', secretAccessKey: 'my-secret', sessionToken: 'my-token' },
  arn: `arn:aws:sts::${account}:assumed-role/on-call/ann`,
};
const aws = useRecordedAccount();
let api: ApiGateway;
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'paramedic-operations-'));
  writeFileSync(
    join(folder, 'recovery.yaml'),
    'install: { name: shop, account: "123456789012", region: eu-central-1 }\nowners: { shop: { email: [on-call@example.com] } }\nservices: {}\n',
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const done = { kind: 'done', says: 'Paused: nothing is changed.', by: ann.arn };
const answers = (body: unknown, statusCode = 200): void => {
  api.integration = () => ({ statusCode, body: JSON.stringify(body) });
};
const parameter = 'ssm.GetParameter';
const published = (answer: RecordedAnswer): void => aws.answer({ [parameter]: answer });
beforeEach(async () => {
  api = await ApiGateway.open(account);
  const may = (['pause', 'resume', 'approve', 'reject', 'undo'] as const).map((route) => api.arnOf(route));
  api.know({ ...ann, may });
  published({ json: { Parameter: { Value: api.address } } });
  answers(done);
});
afterEach(() => api.close());

/** In a folder with nothing but a recovery.yaml, with these keys and no other credentials. */
const environment = () => ({
  HOME: folder,
  AWS_PROFILE: undefined,
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_ACCESS_KEY_ID: ann.key.accessKeyId,
  AWS_SECRET_ACCESS_KEY: ann.key.secretAccessKey,
  AWS_SESSION_TOKEN: ann.key.sessionToken,
  AWS_ENDPOINT_URL_SSM: aws.endpoint,
});

/** Here, in this process. */
async function run(args: readonly string[], change: Readonly<Record<string, string | undefined>> = {}): Promise<Ran> {
  for (const [name, value] of Object.entries({ ...environment(), ...change })) vi.stubEnv(name, value);
  try {
    return await paramedic(...args);
  } finally {
    vi.unstubAllEnvs();
  }
}

/** As a shell runs it. */
async function runAlone(args: readonly string[], node: readonly string[] = []): Promise<Ran> {
  const child = spawn(process.execPath, [...node, door, ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, ...environment() },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const closed = new Promise<number | null>((resolve) => child.on('close', resolve));
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), closed]);
  return { code: code ?? -1, out, err };
}

const bodies = (): readonly Readonly<Record<string, string>>[] =>
  api.asked.map(({ body }) => JSON.parse(body) as Readonly<Record<string, string>>);

describe('an operation', () => {
  it.each<[readonly string[], object]>([
    [['pause', ...why], { why: 'migration' }],
    [['pause', 'checkout', '--for', '2h', ...why], { service: 'checkout', for: '2h', why: 'migration' }],
    [['resume', 'checkout', ...why], { service: 'checkout', why: 'migration' }],
    [['approve', incident, '3'], { incident, request: '3', why: 'no reason given' }],
    [['reject', incident, '3', ...why], { incident, request: '3', why: 'migration' }],
    [['undo', incident, ...why], { incident, why: 'migration' }],
  ])('is asked of the API of the installation, signed and under an id of its own: %j', async (args, fields) => {
    const { code, out, err } = await runAlone([...args, ...here]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toBe(`${done.says}\nRecorded as asked for by ${ann.arn}.\n`);
    expect(api.asked.map(({ path }) => path)).toEqual([`/live/${args[0]}`]);
    expect(bodies()).toEqual([{ id: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/), ...fields }]);
    expect(JSON.stringify(api.asked)).not.toContain('my-secret');
  });

  it('finds its installation in recovery.yaml, and the address in the parameter of that', async () => {
    expect(await runAlone(['resume', ...why])).toMatchObject({ code: 0, err: '' });
    expect(aws.bodies(parameter)).toEqual([{ Name: '/paramedic/shop/_api' }]);
    expect(await run(['resume', ...why, '--config', join(folder, 'recovery.yaml')])).toMatchObject({
      code: 0,
      err: '',
    });
  });

  it('is asked at --url, and no parameter is read', async () => {
    expect(await run(['resume', ...why, ...here, '--url', `${api.address}/`])).toMatchObject({ code: 0, err: '' });
    expect(aws.requests).toEqual([]);
    expect(api.asked).toHaveLength(1);
  });

  it('has a new id each time, and with --id the one it had', async () => {
    for (const more of [[], [], ['--id', id], ['--id', id.toUpperCase()]])
      await run(['pause', ...why, ...here, ...more]);
    const [first, second, ...again] = bodies().map((body) => body.id);
    expect(first).not.toBe(second);
    expect(again).toEqual([id, id.toUpperCase()]);
  });

  it('prints one object with --json, and the answer is the exit code', async () => {
    const { code, out, err } = await run(['pause', ...why, ...here, '--json']);
    expect({ code, answer: JSON.parse(out) as unknown, err }).toEqual({ code: 0, answer: done, err: '' });
    answers({ kind: 'refused', says: 'No.', by: ann.arn }, 409);
    const refused = await run(['pause', ...why, ...here, '--json']);
    expect({ code: refused.code, answer: JSON.parse(refused.out) as unknown }).toEqual({
      code: 1,
      answer: { kind: 'refused', says: 'No.', by: ann.arn },
    });
  });

  it('that is refused ends with 1, and says why; one that the installation takes for nonsense with 2', async () => {
    answers({ kind: 'refused', says: 'Paramedic looks after no service chekcout here.', by: ann.arn }, 409);
    expect(await run(['pause', 'chekcout', ...why, ...here])).toMatchObject({
      code: 1,
      out: '',
      err: 'paramedic: refused: Paramedic looks after no service chekcout here.\n',
    });
    answers({ kind: 'refused', says: 'for is not known to pause.', by: ann.arn }, 400);
    expect(await run(['pause', ...why, ...here])).toMatchObject({
      code: 2,
      err: 'paramedic: refused: for is not known to pause.\n',
    });
  });

  it('is answered on one line, whatever is in the answer', async () => {
    answers({ kind: 'done', says: 'Größe \u001b[2Jgone\r\nforged: \u202Eline', by: 'ann\u0007' });
    const { out } = await run(['pause', ...why, ...here]);
    expect(out).toBe('Größe  [2Jgone forged:  line\nRecorded as asked for by ann.\n');
  });

  it('is tried again while its route is throttled: then it was certainly not done', async () => {
    api.throttled = 2;
    expect(await run(['pause', ...why, ...here])).toMatchObject({ code: 0, err: '' });
    expect(new Set(bodies().map((body) => body.id)).size).toBe(1);
    expect(bodies()).toHaveLength(3);
  });
});

type Case = {
  readonly given?: () => void;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly args?: () => readonly string[] | Promise<readonly string[]>;
  readonly node?: readonly string[];
  readonly says: RegExp;
};

const withoutKeys = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined, AWS_SESSION_TOKEN: undefined };
/** All that API Gateway says of whoever it does not let in. */
const forbidden =
  /^AWS does not let you pause: whoever may has the policy paramedic-prod-eu-central-1-pause; if you have it, log in again\.$/;
const ahead = (millis: number) => ['--no-warnings', '--import', `${pathToFileURL(clock).href}?ahead=${millis}`];
const unusedPort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

describe('an operation that does not get through ends with 2, in one sentence', () => {
  it.each<readonly [string, Case]>([
    [
      'without any keys',
      {
        env: withoutKeys,
        says: /^No AWS credentials were found \(.*\): log in, or set AWS_PROFILE to a profile that works\.$/,
      },
    ],
    [
      'with keys that have expired, as they say themselves',
      {
        env: { AWS_CREDENTIAL_EXPIRATION: '2026-01-01T00:00:00Z' },
        says: /^Your AWS credentials have expired: log in again\.$/,
      },
    ],
    [
      'with keys that have expired, as AWS says',
      {
        given: () => published(failure('ExpiredTokenException', 'no', 400)),
        says: /^Your AWS credentials have expired: log in again\.$/,
      },
    ],
    [
      'with keys AWS does not know',
      {
        given: () => published(failure('UnrecognizedClientException', 'no', 400)),
        says: /^AWS does not know your credentials, or your clock is wrong\.$/,
      },
    ],
    [
      'where there is no such installation',
      {
        given: () => published(failure('ParameterNotFound', 'no', 400)),
        says: /^There is no parameter \/paramedic\/prod\/_api in eu-central-1 in your account: check the pipeline's name/,
      },
    ],
    [
      'without the permission to find the address',
      {
        given: () => published(failure('AccessDeniedException', 'no', 400)),
        says: /^You may not read the parameter .*: whoever may pause has the policy paramedic-prod-eu-central-1-pause\.$/,
      },
    ],
    [
      'where the address cannot be read',
      {
        given: () => published('drop'),
        says: /could not be read \(.*\): try again, or give the address with --url\.$/,
      },
    ],
    [
      'where what is published is no address of an API',
      {
        given: () => published({ json: { Parameter: { Value: 'https://evil.example.com/live' } } }),
        says: /^The parameter \/paramedic\/prod\/_api in eu-central-1 does not hold the address of the API in eu-central-1, https:\/\/ID\.execute-api\./,
      },
    ],
    ['with a signature by another secret', { env: { AWS_SECRET_ACCESS_KEY: 'guessed' }, says: forbidden }],
    ['with another session token', { env: { AWS_SESSION_TOKEN: 'guessed' }, says: forbidden }],
    ['without the permission', { given: () => api.know({ ...ann, may: [api.arnOf('approve')] }), says: forbidden }],
    [
      'by somebody of another account',
      {
        given: () => api.know({ ...ann, arn: ann.arn.replace(account, '210987654321'), may: [api.arnOf('pause')] }),
        says: forbidden,
      },
    ],
    [
      'as a request of ten minutes ago',
      {
        node: ahead(-600_000),
        says: /^Your clock is 10 min behind that of AWS, so your signature is not accepted: set it right\.$/,
      },
    ],
    [
      'as a request of ten minutes from now',
      { node: ahead(600_000), says: /^Your clock is 10 min ahead of that of AWS/ },
    ],
    [
      'where its route is not known',
      {
        args: () => ['--url', api.address.replace('/live', '/other')],
        says: /^127\.0\.0\.1:\d+ knows no route \/other\/pause: check --url if you gave one, or deploy Paramedic \(prod in eu-central-1\) as new as this\.$/,
      },
    ],
    [
      'where its route stays throttled',
      {
        given: () => {
          api.throttled = 10;
        },
        says: /^API Gateway lets no more of pause through at the moment: ask again in a while\.$/,
      },
    ],
    [
      'where nobody listens',
      {
        args: async () => ['--url', `http://127.0.0.1:${await unusedPort()}/live`],
        says: /^127\.0\.0\.1:\d+ could not be reached \(.*ECONNREFUSED.*\): check your network\.$/,
      },
    ],
    [
      'where there is no TLS that could be trusted',
      {
        args: () => ['--url', api.address.replace('http:', 'https:')],
        says: /^127\.0\.0\.1:\d+ cannot be trusted, so no connection was made \(.*\)\.$/,
      },
    ],
  ])('%s', async (_, { given, env, args, node, says }) => {
    given?.();
    const all = ['pause', ...why, ...here, ...((await args?.()) ?? [])];
    const ran = await (node === undefined ? run(all, env) : runAlone(all, node));
    expect({ code: ran.code, out: ran.out }).toEqual({ code: 2, out: '' });
    const [prefix, sentence, ...rest] = ran.err.split(/^(?:paramedic: not sent: )|\n/);
    expect(prefix).toBe('');
    expect(sentence).toMatch(says);
    expect(rest).toEqual(['']);
  });

  it('and with --json in one object', async () => {
    const { code, out, err } = await run(['pause', ...why, ...here, '--json'], withoutKeys);
    expect({ code, err }).toEqual({ code: 2, err: '' });
    expect(JSON.parse(out)).toEqual({
      kind: 'not-sent',
      says: expect.stringContaining('No AWS credentials'),
      by: null,
    });
  });
});

describe('an operation that was sent, and of which nobody knows what became, ends with 2 and says how to ask again', () => {
  const again = `Ask again with --id ${id}, which does nothing twice; docs/runbook.md, "When nothing answers", says how to look.`;
  const html = '<html>welcome</html>';
  it.each<readonly [string, Reply, RegExp]>([
    ['when the connection is closed', 'drop', /socket hang up|ECONNRESET/],
    [
      'when the function fails',
      { statusCode: 500, body: '{"message":"Internal Server Error"}' },
      /it failed with HTTP 500/,
    ],
    ['when the function is out of time', { statusCode: 503, body: '{}' }, /it failed with HTTP 503/],
    ['when the answer is not ours', { statusCode: 200, body: html }, /HTTP 200 with no answer of Paramedic/],
    ['when the answer has another form', { statusCode: 200, body: '{"kind":"maybe"}' }, /HTTP 200 with no answer/],
    [
      'when it is sent elsewhere, where it does not go',
      { statusCode: 307, headers: { location: '/live/resume' }, body: '' },
      /HTTP 307 with no answer of Paramedic/,
    ],
    ['when the answer is endless', { statusCode: 200, body: '"'.padEnd(200_000) }, /more than 100000 bytes/],
  ])('%s', async (_, reply, because) => {
    api.integration = () => reply;
    const { code, out, err } = await run(['pause', ...why, ...here, '--id', id]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    const [, reason] =
      /^paramedic: no answer: It was sent, and whether it was done is not known \((.*)\)\. /.exec(err) ?? [];
    expect(reason).toMatch(because);
    expect(err.endsWith(`${again}\n`)).toBe(true);
    expect(api.asked).toHaveLength(1);
  });

  it('when nothing comes, within 20 seconds, and with --json in one object', async () => {
    api.integration = () => 'nothing';
    const started = Date.now();
    const { code, out, err } = await runAlone(['pause', ...why, ...here, '--id', id, '--json']);
    expect({ code, err }).toEqual({ code: 2, err: '' });
    expect(JSON.parse(out)).toEqual({
      kind: 'no-answer',
      says: `It was sent, and whether it was done is not known (nothing came within 19 s). ${again}`,
      by: null,
    });
    // How soon the process starts and ends is up to the machine.
    expect(Date.now() - started).toBeGreaterThan(18_900);
  });
});

describe('an operation that is asked for wrongly ends with 2, and nobody is asked', () => {
  it.each<[readonly string[], string | RegExp]>([
    [['pause'], "required option '--why <text>' not specified"],
    [['resume', 'checkout'], "required option '--why <text>' not specified"],
    [['approve'], "missing required argument 'incident'"],
    [['approve', incident], "missing required argument 'request'"],
    [['approve', incident, 'the first'], 'request is "the first"; allowed is the number of the proposal'],
    [['pause', 'a', 'b', ...why], 'too many arguments'],
    [
      ['pause', ...why, '--for', '0m'],
      'paramedic: for is "0m"; allowed is a whole number of s, m, h or d, up to 30d, such as 30m or 2h (leave it out for no end).',
    ],
    [['pause', ...why, '--for', '31d'], 'up to 30d'],
    [['pause', ...why, '--for', '2'], 'up to 30d'],
    [['pause', ...why, '--for', '-2h'], 'up to 30d'],
    [['pause', ...why, '--for', '1.5h'], 'up to 30d'],
    [
      ['pause', 'Check Out', ...why],
      'paramedic: service is "Check Out"; allowed is the id of a service, such as "checkout" (leave it out for everything).',
    ],
    [['pause', '--why', ''], 'paramedic: why is ""; allowed is one line of 1 to 200 characters.'],
    [['pause', '--why', 'x'.repeat(201)], 'allowed is one line of 1 to 200 characters.'],
    [['pause', '--why', 'a\nb'], 'allowed is one line of 1 to 200 characters.'],
    [['undo', '1'], 'paramedic: incident is "1"; allowed is the id of an incident'],
    [['pause', ...why, '--id', '1'], 'paramedic: id is "1"; allowed is a UUID'],
    [
      ['pause', ...why, ...here, '--url', 'https://evil.example.com'],
      'paramedic: --url is "https://evil.example.com"; allowed is the address of the API in eu-central-1, https://ID.execute-api.eu-central-1.amazonaws.com/live',
    ],
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
