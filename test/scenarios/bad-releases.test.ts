import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { simulate } from '../../lib/simulator/simulate.ts';
import { scenarioFrom } from './play-all.ts';

/** Each says itself within which time the service must be well again. */
const names = ['bad-release', 'bad-release-late', 'bad-release-slow', 'bad-release-from-a-stack-update'];

const accounts = ['cloudformation', 'terraform', 'scripts'].flatMap((deployedBy) =>
  ['ecr', 'elsewhere'].flatMap((images) =>
    [true, false].map((sidecar) => `{ deployedBy: ${deployedBy}, images: ${images}, sidecar: ${sidecar} }`),
  ),
);
const worlds = names.flatMap((name) => accounts.map((account, n) => ({ name, account, seed: n + 1 })));

describe('a bad release goes back', () => {
  it.each(worlds)('in time in $name with $account', async ({ name, account, seed }) => {
    const file = new URL(`../../scenarios/${name}.yaml`, import.meta.url);
    const written = readFileSync(file, 'utf8');
    const text = written.replace('    recovery:', `    account: ${account}\n    recovery:`);
    expect(text).not.toBe(written);
    const { failures, violations, inService } = await simulate(scenarioFrom(`${name}.yaml`, text), { seed });
    expect([...failures, ...violations]).toEqual([]);
    expect(inService).toEqual({ checkout: '42' });
  });
});
