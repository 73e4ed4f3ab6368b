import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../architecture/tree.ts';
import { type Block, blocks, read } from '../docs/markdown.ts';

/** Blocks of commands that are not run here: they need an account, or install packages. */
const notRun = ['needs an account', 'installs'];
/** The commands of CI: one runs this test, and can't run itself; the others take minutes. */
const testCommands = ['npm test', 'npm run test:package', 'npm run test:aws'];
const leftBehind = new Set(['node_modules', '.git', 'cdk.out', 'dist', 'coverage', '.cache']);

/** A copy of the repository in which commands may write what they like. */
function copyOfTheTree(): string {
  const copy = mkdtempSync(join(tmpdir(), 'paramedic-docs-'));
  for (const name of readdirSync(root).filter((each) => !leftBehind.has(each)))
    cpSync(join(root, name), join(copy, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

function run(commands: string, cwd: string): Promise<{ readonly code: number | null; readonly output: string }> {
  const { VITEST: _, ...env } = process.env;
  const child = spawn('bash', ['-euo', 'pipefail', '-c', commands], {
    cwd,
    env: { ...env, CI: 'true', NO_COLOR: '1' },
  });
  let output = '';
  const keep = (text: Buffer): void => {
    output += text.toString();
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, output })));
}

const commandsOf = (block: Block): string =>
  block.text
    .split('\n')
    .filter((line) => !testCommands.includes(line))
    .join('\n');

/** The lines a page shows of an output: `...` stands for any number of others. */
const shown = (block: Block): string[] =>
  block.text.split('\n').filter((line) => line.trim() !== '' && line.trim() !== '...');

/** What a page shows must stand in the output, line by line in this order; times and space at the end don't matter. */
function expectInOrder(output: string, lines: readonly string[]): void {
  const rest = output.split('\n').map((line) => line.trimEnd());
  let from = 0;
  for (const line of lines) {
    const found = rest.indexOf(line.trimEnd(), from);
    expect(found, `the output has no line "${line}" (any more):\n${output}`).toBeGreaterThanOrEqual(0);
    from = found + 1;
  }
}

describe.each(['README.md', 'CONTRIBUTING.md'])('%s', (page) => {
  const all = blocks(read(page));
  let copy: string;
  beforeAll(() => {
    copy = copyOfTheTree();
  });
  afterAll(() => rmSync(copy, { recursive: true, force: true }));
  let output = '';

  const steps = all.filter(
    ({ language, note }) => language === 'sh' || note?.startsWith('file: ') || note === 'prints',
  );
  it.each(steps.map((block) => ({ block, title: `line ${block.line}: ${block.text.split('\n')[0]}` })))(
    '$title',
    async ({ block }) => {
      if (block.note?.startsWith('file: ')) {
        writeFileSync(join(copy, block.note.slice('file: '.length)), block.text);
      } else if (block.note === 'prints') {
        expectInOrder(output, shown(block));
      } else if (!notRun.includes(block.note ?? '')) {
        const expected = Number(block.note?.match(/^exits (\d)$/)?.[1] ?? 0);
        const ran = await run(commandsOf(block), copy);
        output = ran.output;
        expect(ran.code, output).toBe(expected);
      }
    },
  );

  it('marks every other block of commands with a note this test knows', () => {
    const notes = all.filter(({ language }) => language === 'sh').flatMap(({ note }) => note ?? []);
    expect(notes.filter((note) => !notRun.includes(note) && !/^exits \d$/.test(note))).toEqual([]);
  });
});

describe('.ci/run', () => {
  it('installs and calls the test commands that the pages name', () => {
    const script = read('.ci/run')
      .split('\n')
      .map((line) => line.replace(/^part /, ''));
    const named = ['README.md', 'CONTRIBUTING.md']
      .flatMap((page) => blocks(read(page)))
      .flatMap(({ text }) => text.split('\n'));
    expect(script.some((line) => line.startsWith('npm ci'))).toBe(true);
    for (const command of testCommands) {
      expect(script).toContain(command);
      expect(named).toContain(command);
    }
  });
});
