import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../architecture/tree.ts';
import { blocks, read } from '../docs/markdown.ts';
import { ofType, type Template } from '../stacks/synthesized.ts';

const { version, devDependencies: pinned } = JSON.parse(read('package.json'));

/** What the README says to somebody with an app: the app, and how to install the package for it. */
const inAnApp = blocks(read('README.md'));
const source = inAnApp.find(({ language }) => language === 'ts')?.text ?? '';
const install = inAnApp.find(({ text }) => text.startsWith('npm install '))?.text.trim() ?? '';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'paramedic-package-'));
  mkdirSync(join(folder, 'paramedic'));
  succeeds('npm', ['pack', '--silent', '--pack-destination', join(folder, 'paramedic')], root);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs it to its end and returns what it printed. */
function succeeds(command: string, args: readonly string[], cwd: string, more: Readonly<Record<string, string>> = {}) {
  // What Vitest and npm tell their children is not for somebody else's app.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(npm_|VITEST|NODE_)/i.test(name)));
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8', env: { ...env, ...more } });
  expect(status, `${command} ${args.join(' ')}\n${stdout}\n${stderr}`).toBe(0);
  return stdout;
}

/** The app of the README in a folder of its own, with the package beside aws-cdk-lib, and nothing of the checkout. */
function appIn(name: string, ...options: readonly string[]): string {
  const app = join(folder, name);
  mkdirSync(app);
  const dependencies = Object.fromEntries(
    ['aws-cdk-lib', 'constructs', '@types/node'].map((each) => [each, pinned[each]]),
  );
  writeFileSync(
    join(app, 'package.json'),
    JSON.stringify({ name: 'app', private: true, type: 'module', dependencies }),
  );
  const [npm = '', ...words] = install.split(' ');
  succeeds(npm, [...words, '--prefer-offline', '--no-audit', '--no-fund', '--loglevel', 'error', ...options], app);
  writeFileSync(join(app, 'recovery.yaml'), readFileSync(join(app, 'node_modules/paramedic/recovery.yaml')));
  writeFileSync(join(app, 'app.ts'), source);
  return app;
}

/** Runs app.js as the CDK command line does, and returns the cloud assembly's folder. */
function synthesize(app: string): string {
  const out = join(app, 'cdk.out');
  succeeds(process.execPath, ['app.js'], app, { CDK_OUTDIR: out });
  return out;
}

/** The bundle of each function, by the function's name; CDK's own function for custom resources has none. */
function bundles(out: string): ReadonlyMap<string, string> {
  const template = JSON.parse(readFileSync(join(out, 'paramedic-prod.template.json'), 'utf8')) as Template;
  const all = ofType(template, 'AWS::Lambda::Function').map(({ id, Properties }): [string, string] => {
    const { S3Key } = Properties.Code as { readonly S3Key: string };
    return [id, join(out, `asset.${S3Key.replace('.zip', '')}`, 'index.mjs')];
  });
  return new Map(all.filter(([, file]) => existsSync(file)));
}

const handlers = readdirSync(join(root, 'lambdas/handlers')).length;

describe('the package in an empty CDK app', () => {
  let app = '';
  beforeAll(() => {
    app = appIn('app');
  });

  it('brings no second aws-cdk-lib and nothing that runs TypeScript', () => {
    const under = join(app, 'node_modules/paramedic/node_modules');
    for (const name of ['aws-cdk-lib', 'constructs']) expect(existsSync(join(under, name))).toBe(false);
    for (const name of ['tsx', 'typescript', 'vitest']) expect(existsSync(join(app, 'node_modules', name))).toBe(false);
  });

  it('has types that hold with every library checked', () => {
    const compilerOptions = {
      module: 'nodenext',
      target: 'es2023',
      types: ['node'],
      strict: true,
      skipLibCheck: false,
    };
    writeFileSync(join(app, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['app.ts'] }));
    succeeds(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '--project', '.'], app);
    expect(existsSync(join(app, 'app.js'))).toBe(true);
  });

  it('synthesizes, with a bundle for each function that Node runs', () => {
    const all = bundles(synthesize(app));
    expect(new Set(all.values()).size).toBe(handlers);
    const script = 'for (const file of process.argv.slice(1)) console.log(typeof (await import(file)).handler)';
    const files = [...all.values()];
    const said = succeeds(process.execPath, ['--input-type=module', '--eval', script, ...files], app);
    expect(said.trim().split('\n')).toEqual(files.map(() => 'function'));
  });

  it('can be required by an app of CommonJS', () => {
    const script = "console.log(typeof require('paramedic').addStacks)";
    expect(succeeds(process.execPath, ['--no-warnings', '--eval', script], app)).toBe('function\n');
  });

  it('lists its commands', () => {
    expect(succeeds('npx', ['paramedic', '--help'], app)).toContain('Usage: paramedic ');
    expect(succeeds('npx', ['paramedic', '--version'], app)).toBe(`${version}\n`);
  });

  it('plays its scenarios as the checkout does, in one process and in many', () => {
    for (const more of [[], ['--seeds', '1-8']]) {
      const args = ['simulate', 'one-slow-task-of-six', '--json', ...more];
      const here = succeeds(process.execPath, ['bin/paramedic.mjs', ...args], root);
      expect(succeeds('npx', ['paramedic', ...args], app)).toBe(here);
    }
  });
});

describe('the package with its dependencies inside it', () => {
  it('bundles the same code', () => {
    const [flat, shallow] = [join(folder, 'app'), appIn('shallow', '--install-strategy', 'shallow')];
    writeFileSync(join(shallow, 'app.js'), readFileSync(join(flat, 'app.js')));
    expect(existsSync(join(shallow, 'node_modules/paramedic/node_modules/@aws-sdk'))).toBe(true);
    // An asset is named after the code in it.
    const assets = (app: string) => [...bundles(synthesize(app))].map(([id, file]) => [id, basename(dirname(file))]);
    expect(assets(shallow)).toEqual(assets(flat));
  });
});
