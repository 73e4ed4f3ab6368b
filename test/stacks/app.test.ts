import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { ofType, type Template } from './synthesized.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'paramedic-synth-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The app as the CDK command line starts it, but for the command line. */
function synthesize(context: object) {
  const own = JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8')) as { context: object };
  return spawnSync(process.execPath, ['--import', 'tsx', 'bin/app.ts'], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, CDK_OUTDIR: folder, CDK_CONTEXT_JSON: JSON.stringify({ ...own.context, ...context }) },
  });
}

const template = (stack: string): Template => JSON.parse(readFileSync(join(folder, `${stack}.template.json`), 'utf8'));

describe('the app', () => {
  it("synthesizes the example, and CDK's own validator finds nothing", () => {
    const run = synthesize({});
    expect(run.stderr).not.toMatch(/error/i);
    expect(run.status).toBe(0);
    const report = JSON.parse(readFileSync(join(folder, 'validation-report.json'), 'utf8')) as {
      pluginReports: unknown[];
    };
    expect(report.pluginReports).toEqual([]);
  });

  it('bundles each function from its own handler', () => {
    const functions = ofType(template('paramedic-prod'), 'AWS::Lambda::Function');
    const assets = functions.map(({ Properties }) => (Properties.Code as { S3Key: string }).S3Key.replace('.zip', ''));
    expect(new Set(assets).size).toBe(functions.length);
    const bundles = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.mjs'));
    expect(bundles).toHaveLength(12);
  });

  it('says in a sentence what is wrong with recovery.yaml, and nothing else', () => {
    const config = join(folder, 'recovery.yaml');
    const example = readFileSync(join(root, 'recovery.yaml'), 'utf8');
    writeFileSync(config, example.replace('mode: observe', 'mode: bold'));
    const run = synthesize({ config });
    expect(run.status).toBe(1);
    expect(run.stdout).toBe('');
    expect(run.stderr).toBe(`${config}:29: defaults.mode is "bold"; allowed is observe, approve or automatic.\n`);
  });

  it('says in a sentence that a folder is no recovery.yaml', () => {
    const run = synthesize({ config: folder });
    expect(run.status).toBe(1);
    expect(run.stderr).toBe(`${folder} is a folder; give a file.\n`);
  });

  it('says in a sentence that there is no recovery.yaml', () => {
    const run = synthesize({ config: 'nowhere.yaml' });
    expect(run.status).toBe(1);
    expect(run.stderr).toBe('nowhere.yaml: there is no such file; it says which services Paramedic looks after.\n');
  });
});
