import { readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { buildSync } from 'esbuild';
import { esbuildOptions } from '../../lib/constructs/esbuild-options.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The ways to bundle that are compared. */
export const ways = {
  /** As `cdk deploy` has it. */
  inside: {},
  /** The SDK as Lambda's runtime would bring it: beside the bundle, in CommonJS, whole. */
  outside: { alias: {}, external: ['@aws-sdk/*', '@smithy/*'] },
};

/** Bundles a function one way; gives where it is and its size in bytes. */
export function bundle(name, way, folder) {
  const file = join(folder, way, name, 'index.mjs');
  const entryPoints = [join(root, 'lambdas/handlers', `${name}.ts`)];
  buildSync({ ...esbuildOptions, ...ways[way], entryPoints, outfile: file });
  return { file, size: statSync(file).size, gzip: gzipSync(readFileSync(file)).length };
}

/** Lets the bundles in a folder find the packages of this project. */
export const lendPackages = (folder) => symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));

/** The account that answers in the functions' processes, as one file. */
export function bundleResponder(folder) {
  const file = join(folder, 'responder.mjs');
  const entryPoints = [fileURLToPath(new URL('responder.mjs', import.meta.url))];
  buildSync({ bundle: true, platform: 'node', format: 'esm', entryPoints, outfile: file });
  return file;
}
