import { readdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

/** The repository's root. */
export const root = resolve(import.meta.dirname, '../..');

const left = new Set(['node_modules', '.git', 'cdk.out', 'dist', 'coverage', '.cache']);

/** Every file of the repository under `folder`, as a path from the root; what is installed or generated is left out. */
export function filesUnder(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter((path) => !path.split('/').some((part) => left.has(part)));
}

/** The TypeScript files of the given folders. */
export const sources = (...folders: readonly string[]): string[] =>
  folders.flatMap(filesUnder).filter((path) => path.endsWith('.ts'));
