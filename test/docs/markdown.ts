import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesUnder, root } from '../architecture/tree.ts';

/** A fenced block; `note` is the HTML comment on the line above it, such as `needs an account`. */
export type Block = {
  readonly language: string;
  readonly text: string;
  readonly note: string | null;
  readonly line: number;
};

export const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** Every Markdown file of the project, the texts that came with samples left out. */
export const pages = (): string[] =>
  filesUnder('.').filter((path) => path.endsWith('.md') && !path.includes('/fixtures/'));

const fenced = /^(?:<!-- (?<note>[^\n]*?) -->\n\n?)?```(?<language>\w*)\n(?<text>[\s\S]*?)^```$/gm;

export function blocks(markdown: string): Block[] {
  return [...markdown.matchAll(fenced)].map(({ groups, index }) => ({
    language: groups?.language ?? '',
    text: groups?.text ?? '',
    note: groups?.note ?? null,
    line: markdown.slice(0, index).split('\n').length,
  }));
}

const withoutBlocks = (markdown: string): string => markdown.replace(fenced, '');

/** The text of every heading of that level. */
export const headings = (markdown: string, level: number): string[] =>
  [...withoutBlocks(markdown).matchAll(new RegExp(`^#{${level}} (.+)$`, 'gm'))].map((match) => match[1] ?? '');

/** The anchor GitHub gives a heading. */
export const anchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

export const anchors = (markdown: string): string[] =>
  [1, 2, 3, 4].flatMap((level) => headings(markdown, level)).map(anchor);

/** Where the links of a page lead; images too. */
export const links = (markdown: string): string[] =>
  [...withoutBlocks(markdown).matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? '');
