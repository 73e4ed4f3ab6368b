import { describe, expect, it } from 'vitest';
import { read } from '../docs/markdown.ts';

type Lock = { readonly packages: Readonly<Record<string, { readonly version?: string; readonly resolved?: string }>> };

describe('package-lock.json', () => {
  const lock: Lock = JSON.parse(read('package-lock.json'));

  it('names no registry: whoever installs uses their own', () => {
    const resolved = Object.values(lock.packages).filter((each) => each.resolved !== undefined);
    expect(resolved).toEqual([]);
  });
});

describe('package.json', () => {
  const { dependencies, devDependencies } = JSON.parse(read('package.json'));

  it('pins every version exactly', () => {
    const versions: string[] = Object.values({ ...dependencies, ...devDependencies });
    expect(versions.filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });
});
