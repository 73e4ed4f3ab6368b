import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { curlLines, dutyNames, dutyOf, pauseLength, routeNames } from '../../lambdas/contract/operation-api.ts';
import { readOperation } from '../../lambdas/pipeline/read-operation.ts';
import { ApiGateway, type Key } from '../operator/api-gateway.ts';

const arn = 'arn:aws:iam::123456789012:user/ann';
const fields = { service: 'checkout', why: 'load test' };

describe('what may be asked', () => {
  it('has one duty each, and every duty something', () => {
    expect(routeNames).toEqual(['pause', 'resume', 'approve', 'reject', 'undo']);
    expect(routeNames.map(dutyOf)).toEqual(['pause', 'pause', 'approve', 'approve', 'undo']);
    expect(new Set(routeNames.map(dutyOf))).toEqual(new Set(dutyNames));
  });
});

describe('how long a pause lasts', () => {
  it.each([
    ['45s', { seconds: 45 }],
    ['030m', { minutes: 30 }],
    ['30d', { days: 30 }],
    ['43200m', { minutes: 43_200 }],
  ])('%s is read', (written, length) => {
    expect(pauseLength(written)).toEqual(length);
  });

  it.each(['', '0d', '00m', '31d', '43201m', '2', 'h', '-2h', '1.5h', '2 h', '2H', '2h\n', '12345678s', '2ms'])(
    '"%s" is none',
    (written) => {
      expect(pauseLength(written)).toBeUndefined();
    },
  );
});

describe('the lines for people without a checkout', () => {
  let api: ApiGateway;
  /** The command lines of all processes at the time of the request. */
  let listed = '';
  beforeEach(async () => {
    api = await ApiGateway.open('123456789012');
    api.integration = () => {
      listed = processes();
      return { statusCode: 200, body: '{"kind":"done"}' };
    };
  });
  afterEach(() => api.close());

  async function paste(shell: string, { accessKeyId, secretAccessKey, sessionToken }: Key, given = fields) {
    const lines = curlLines(api.address, api.region, 'pause', given);
    const child = spawn(shell, ['-c', lines.join('\n')], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env.PATH,
        AWS_ACCESS_KEY_ID: accessKeyId,
        AWS_SECRET_ACCESS_KEY: secretAccessKey,
        ...(sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: sessionToken }),
      },
    });
    return { out: await text(child.stdout), err: await text(child.stderr) };
  }
  const key = { accessKeyId: 'ASIAANN', secretAccessKey: 'my/secret+key', sessionToken: 'my/token+of=an==hour' };
  const keyOfYears = { accessKeyId: 'AKIAANN', secretAccessKey: 'my/secret+key' };

  it.each([
    ['sh', key],
    ['bash', key],
    ['sh', keyOfYears],
  ])('ask, pasted into %s, signed by curl as AWS wants it, with the keys %j', async (shell, keys) => {
    api.know({ key: keys, arn, may: [api.arnOf('pause')] });
    expect(await paste(shell, keys)).toEqual({ out: '{"kind":"done"}', err: '' });
    const [asked] = api.asked;
    expect(readOperation('pause', JSON.parse(asked?.body ?? ''))).toEqual({
      id: expect.any(String),
      operation: { kind: 'pause', service: 'checkout', for: null, why: 'load test' },
    });
  });

  it('show the credentials in no list of processes', async () => {
    api.know({ key, arn, may: [api.arnOf('pause')] });
    await paste('sh', key);
    expect(listed).toContain(`${api.address}/pause`);
    for (const secret of [key.secretAccessKey, key.sessionToken]) expect(listed).not.toContain(secret);
    // curl hides what follows --user by itself, but only once it has started.
    const [command = ''] = curlLines(api.address, api.region, 'pause', fields).join('\n').split('<<END');
    expect(command).not.toContain('$AWS_');
  });

  it('are a request of their own each time', async () => {
    api.know({ key, arn, may: [api.arnOf('pause')] });
    await paste('sh', key);
    await paste('sh', key);
    const ids = api.asked.map(({ body }) => (JSON.parse(body) as { id: string }).id);
    expect(new Set(ids).size).toBe(2);
  });

  it('are turned away with a secret that is not right', async () => {
    api.know({ key, arn, may: [api.arnOf('pause')] });
    expect(await paste('sh', { ...key, secretAccessKey: 'guessed' })).toMatchObject({ out: '{"message":"Forbidden"}' });
  });
});

/** As anybody on the machine may see them. */
function processes(): string {
  if (!existsSync('/proc/self/cmdline')) return execFileSync('ps', ['-axww', '-o', 'command'], { encoding: 'utf8' });
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      } catch {
        return '';
      }
    })
    .join('\n');
}
