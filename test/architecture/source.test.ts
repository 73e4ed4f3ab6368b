import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root, sources } from './tree.ts';

/** Where a pattern stands in the code of these files: `path:line`. */
function places(files: readonly string[], pattern: RegExp): string[] {
  return files.flatMap((path) =>
    readFileSync(join(root, path), 'utf8')
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}`] : [])),
  );
}

const everything = sources('bin', 'lib', 'lambdas', 'test').filter((path) => !path.startsWith('test/architecture/'));
const comment = /^\s*(\*|\/\/|\/\*)/;

describe('the source', () => {
  it('takes time and chance as values in the core and in the simulator', () => {
    const pure = sources('lambdas/contract', 'lambdas/model', 'lambdas/pipeline', 'lib/simulator');
    const impure = places(
      pure,
      /\bDate\.now\(|\bnew Date\(\s*\)|\bMath\.random\(|\bperformance\.now\(|\bprocess\.hrtime/,
    );
    const code = impure.filter((place) => {
      const [path = '', line = '1'] = place.split(':');
      return !comment.test(readFileSync(join(root, path), 'utf8').split('\n')[Number(line) - 1] ?? '');
    });
    expect(code).toEqual([]);
  });

  it('silences no tool', () => {
    expect(places(everything, /@ts-(ignore|nocheck)|biome-ignore|eslint-disable/)).toEqual([]);
    // In a test it asserts that something does not compile, and says what.
    expect(places(everything, /@ts-expect-error/).filter((place) => !place.startsWith('test/'))).toEqual([]);
    expect(places(everything, /@ts-expect-error\s*$/)).toEqual([]);
  });

  it('leaves no test out', () => {
    expect(
      places(sources('test'), /\b(it|test|describe)\.(skip|only|todo)\b/).filter((p) => !p.includes('architecture')),
    ).toEqual([]);
  });

  it('sets no time limit in a test: on a busy machine it would fail', () => {
    const limits = /^\s*\}, \d[\d_]*\);$|^\s*(it|before\w+|after\w+)\b.*, \d[\d_]+\);$|(', |^\s*)\{ timeout: \d/;
    expect(places(sources('test'), limits).filter((place) => !place.startsWith('test/moto/'))).toEqual([]);
  });

  it('is cut into files a reader can take in: at most 250 lines', () => {
    const long = sources('bin', 'lib', 'lambdas').filter(
      (path) => readFileSync(join(root, path), 'utf8').trimEnd().split('\n').length > 250,
    );
    expect(long).toEqual([]);
  });
});
