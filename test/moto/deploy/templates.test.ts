import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readRecovery } from '../../../lib/config/recovery.ts';
import { templateTexts } from '../../stacks/synthesized.ts';

const folder = mkdtempSync(join(tmpdir(), 'paramedic-templates-'));
const examples = [join(import.meta.dirname, '../../../recovery.yaml'), join(import.meta.dirname, 'recovery.yaml')];
const [example = new Map<string, string>(), deployed = example] = examples.map(textsOf);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function textsOf(path: string): ReadonlyMap<string, string> {
  const read = readRecovery(path, readFileSync(path, 'utf8'));
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return templateTexts(read.value);
}

function written(name: string, text: string): string {
  const path = join(folder, `${name}.json`);
  writeFileSync(path, text);
  return path;
}

describe('every synthesized template', () => {
  it('has nothing that cfn-lint complains of', () => {
    const files = [...[...example], ...[...deployed]].map(([name, text], index) => written(`${name}-${index}`, text));
    expect(files.length).toBeGreaterThanOrEqual(6);
    // W3005: CDK writes DependsOn where a reference says it already.
    const { status, stdout } = spawnSync('cfn-lint', ['-i', 'W3005', '--', ...files], { encoding: 'utf8' });
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  });
});
