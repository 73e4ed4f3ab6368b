import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { askApi } from '../../lib/operator/ask-api.ts';
import type { Question } from '../../lib/operator/outcome.ts';
import { ApiGateway } from './api-gateway.ts';

// What the command line makes of it, and everything that does not need time or a name, is in test/commands/operations.test.ts.

const question: Question = {
  route: 'pause',
  body: { id: '3f2b8c1e-5d6a-4c7b-9e8f-0a1b2c3d4e5f', why: 'migration' },
  installed: { pipeline: 'prod', region: 'eu-central-1' },
};
let api: ApiGateway;
let folder: string;
beforeEach(async () => {
  api = await ApiGateway.open('123456789012');
  folder = mkdtempSync(join(tmpdir(), 'paramedic-credentials-'));
  const key = { accessKeyId: 'AKIAANN', secretAccessKey: 'secret' };
  api.know({ key, arn: 'arn:aws:iam::123456789012:user/ann', may: [api.arnOf('pause')] });
  vi.stubEnv('AWS_ACCESS_KEY_ID', key.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', key.secretAccessKey);
  for (const name of ['AWS_SESSION_TOKEN', 'AWS_PROFILE']) vi.stubEnv(name, undefined);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
  await api.close();
});

describe('asking the API', () => {
  it('says that the name of the API cannot be found', async () => {
    expect(await askApi({ ...question, address: 'https://a1b2c3d4e5.invalid/live' })).toEqual({
      kind: 'not-sent',
      says: 'The name a1b2c3d4e5.invalid cannot be found: check your network, and --url if you gave one.',
      by: null,
    });
  });

  it('ends in time when the API does not answer', async () => {
    api.integration = () => 'nothing';
    const { kind, says } = await askApi({ ...question, address: api.address }, 300);
    expect({ kind, says }).toEqual({ kind: 'no-answer', says: expect.stringContaining('(nothing came within 0 s)') });
    expect(api.asked).toHaveLength(1);
  });

  it('ends in time when whoever gives the credentials does not, and says that this goes on', async () => {
    const config = join(folder, 'config');
    writeFileSync(config, '[profile slow]\ncredential_process = sleep 3\n');
    for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) vi.stubEnv(name, undefined);
    vi.stubEnv('AWS_CONFIG_FILE', config);
    vi.stubEnv('AWS_PROFILE', 'slow');
    const started = Date.now();
    expect(await askApi({ ...question, address: api.address }, 300)).toEqual({
      kind: 'not-sent',
      says: 'Your AWS credentials took too long to get.',
      by: null,
      lingers: true,
    });
    expect(Date.now() - started).toBeLessThan(2500);
    expect(api.asked).toEqual([]);
  });

  it('signs with a session token where there is one, and with none where there is none', async () => {
    api.integration = () => ({ statusCode: 200, body: JSON.stringify({ kind: 'done', says: 'Paused.', by: 'ann' }) });
    expect(await askApi({ ...question, address: api.address })).toEqual({ kind: 'done', says: 'Paused.', by: 'ann' });
    expect(api.asked[0]?.headers).not.toHaveProperty('x-amz-security-token');
  });
});
