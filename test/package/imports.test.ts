import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../architecture/tree.ts';
import { plants } from './plants.ts';

type Cruise = {
  readonly totalCruised: number;
  readonly ruleSetUsed: { readonly forbidden: readonly { readonly name: string }[] };
  readonly violations: readonly {
    readonly from: string;
    readonly to: string;
    readonly rule: { readonly name: string };
  }[];
};

const copy = mkdtempSync(join(tmpdir(), 'paramedic-imports-'));
afterAll(() => rmSync(copy, { recursive: true, force: true }));

/** Cruises the copy as `npm run check:imports` cruises the tree. */
function cruise(): Promise<Cruise> {
  const command = join(root, 'node_modules/.bin/depcruise');
  const options = ['--config', 'dependency-cruiser.mjs', '--output-type', 'json', 'bin', 'lib', 'lambdas'];
  return new Promise((resolve, reject) => {
    execFile(command, options, { cwd: copy, maxBuffer: 2 ** 29 }, (_, stdout, stderr) => {
      if (stdout === '') reject(new Error(stderr));
      else resolve(JSON.parse(stdout).summary);
    });
  });
}

describe('the import rules', () => {
  let seen: Cruise;
  beforeAll(async () => {
    for (const part of ['bin', 'lib', 'lambdas', 'dependency-cruiser.mjs', 'tsconfig.json', 'package.json']) {
      cpSync(join(root, part), join(copy, part), { recursive: true });
    }
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
    for (const [path, text] of plants.flatMap(({ files }) => Object.entries(files))) {
      mkdirSync(dirname(join(copy, path)), { recursive: true });
      writeFileSync(join(copy, path), text);
    }
    seen = await cruise();
  });

  it.each(plants.map(({ rule, files }) => ({ rule, path: Object.keys(files)[0] })))(
    '$rule bites on $path',
    ({ rule, path }) => {
      const bitten = seen.violations.filter((violation) => violation.from === path).map(({ rule }) => rule.name);
      expect(bitten).toContain(rule);
    },
  );

  it('bite on nothing that was not planted', () => {
    const planted = new Set(plants.flatMap(({ files }) => Object.keys(files)));
    const others = seen.violations.filter(({ from }) => !planted.has(from));
    expect(others.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`)).toEqual([]);
  });

  it('are each planted', () => {
    const rules = new Set(seen.ruleSetUsed.forbidden.map(({ name }) => name));
    expect(new Set(plants.map(({ rule }) => rule))).toEqual(rules);
  });

  it('see the whole tree: a tool that reads no TypeScript finds nothing wrong', () => {
    expect(seen.totalCruised).toBeGreaterThan(150);
  });
});
