import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readRecovery } from '../../../lib/config/recovery.ts';
import { templateTexts } from '../../stacks/synthesized.ts';
import { lint } from './lint.ts';
import { planted, refusedByLint } from './planted-faults.ts';
import type { Template } from './template.ts';

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
    expect(lint(files)).toEqual({ exitCode: 0, findings: [] });
  });
});

describe('a wrong property in a template', () => {
  const template = JSON.parse(deployed.get('paramedic-prod-service-checkout') ?? '') as Template;
  const files = refusedByLint.map((fault, index) =>
    written(`fault-${index}`, JSON.stringify(planted(template, fault))),
  );

  it('is found by cfn-lint: each one planted in an alarm', () => {
    const { exitCode, findings } = lint(files);
    const found = refusedByLint.map(({ refusal }, index) =>
      findings.some(({ file, message }) => file === files[index] && refusal.test(message)),
    );
    expect(found, JSON.stringify(findings)).toEqual(refusedByLint.map(() => true));
    expect(exitCode).not.toBe(0);
  });
});
