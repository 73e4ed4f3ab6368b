import { describe, expect, it } from 'vitest';
import { read } from '../docs/markdown.ts';

type Locked = {
  readonly version?: string;
  readonly resolved?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
};
type Lock = { readonly packages: Readonly<Record<string, Locked>> };

describe('package-lock.json', () => {
  const lock: Lock = JSON.parse(read('package-lock.json'));

  it('names no registry: whoever installs uses their own', () => {
    const resolved = Object.values(lock.packages).filter((each) => each.resolved !== undefined);
    expect(resolved).toEqual([]);
  });

  it('has the packages of every platform: without them `npm ci` refuses to begin', () => {
    const there = Object.keys(lock.packages);
    const wanted = Object.values(lock.packages).flatMap((each) => Object.keys(each.optionalDependencies ?? {}));
    const missing = wanted.filter((name) => !there.some((path) => path.endsWith(`node_modules/${name}`)));
    expect(missing).toEqual([]);
  });
});

describe('package.json', () => {
  const { dependencies, devDependencies } = JSON.parse(read('package.json'));

  it('pins every version exactly', () => {
    const versions: string[] = Object.values({ ...dependencies, ...devDependencies });
    expect(versions.filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });
});
