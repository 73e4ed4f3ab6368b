import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { operations } from './operations.ts';
import { bundledClient, type ClientOptions, sdkClient, sent } from './sent.ts';

const services = Object.keys(operations);
const region = 'eu-central-1';

/** A region of every partition, and one with an endpoint of its own in some service. */
const places: readonly ClientOptions[] = [
  ...[
    'us-east-1',
    'us-gov-west-1',
    'us-gov-east-1',
    'cn-north-1',
    'us-iso-east-1',
    'us-isob-east-1',
    'eusc-de-east-1',
  ].map((each) => ({
    region: each,
  })),
  { region: 'us-east-1', useFipsEndpoint: true },
  { region: 'us-gov-west-1', useFipsEndpoint: true },
  { region: 'eu-central-1', useDualstackEndpoint: true },
  { region: 'cn-north-1', useFipsEndpoint: true },
];

describe('the clients in the bundles', () => {
  it('are made of the SDK that is installed and of what the adapters call now', async () => {
    const check = promisify(execFile)(process.execPath, ['scripts/generate-sdk-clients.mjs', '--check']);
    await expect(check).resolves.toMatchObject({ stdout: '' });
  });

  it('are those of which every operation is compared here', async () => {
    const files = readdirSync('lambdas/aws/bundled').filter((name) => name.startsWith('client-'));
    expect(files.map((name) => name.slice('client-'.length, -'.mjs'.length)).sort()).toEqual(services);
    for (const service of services) {
      const commands = Object.keys(await bundledClient(service)).filter((name) => name.endsWith('Command'));
      expect(new Set(commands)).toEqual(
        new Set(Object.keys(operations[service] ?? {}).map((name) => `${name}Command`)),
      );
    }
  });

  const calls = services.flatMap((service) =>
    Object.entries(operations[service] ?? {}).map(([operation, input]) => [service, operation, input] as const),
  );

  it.each(calls)('%s: send for %s what the SDK’s own client sends', async (service, operation, input) => {
    const own = await sent(await bundledClient(service), operation, input, { region });
    expect(own).toHaveProperty('url');
    expect(own).toEqual(await sent(sdkClient(service), operation, input, { region }));
  });

  it.each(services)('%s: are where the SDK’s own client is, in every partition', async (service) => {
    const [[operation, input] = ['', {}]] = Object.entries(operations[service] ?? {});
    for (const place of places) {
      const own = await sent(await bundledClient(service), operation, input, place);
      expect(own, JSON.stringify(place)).toEqual(await sent(sdkClient(service), operation, input, place));
    }
  });
});
