import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../architecture/tree.ts';
import { pages, read } from './markdown.ts';

const { scripts } = JSON.parse(read('package.json'));
const inCode = (text: string): string[] => [...text.matchAll(/`([^`\n]+)`/g)].map((match) => match[1] ?? '');

describe.each(pages())('%s', (page) => {
  const code = inCode(read(page));

  it('names files and folders that are there', () => {
    const paths = code.filter((each) => /^(bin|lib|lambdas|test|docs|scenarios|scripts)\/[\w./-]+$/.test(each));
    const there = (path: string): boolean => ['', '.ts', '.mjs'].some((end) => existsSync(join(root, path + end)));
    expect(paths.filter((path) => !there(path))).toEqual([]);
  });

  it('names npm scripts that are there', () => {
    const named = [...read(page).matchAll(/npm run ([\w:]+)/g)].map((match) => match[1] ?? '');
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });
});
