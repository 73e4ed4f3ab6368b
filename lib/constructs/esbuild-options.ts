import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BuildOptions } from 'esbuild';

const bundled = fileURLToPath(new URL('../../lambdas/aws/bundled/', import.meta.url));

/** `client-ecs.mjs` takes the place of `@aws-sdk/client-ecs`: the same client with the operations that are called. */
const slimClients = Object.fromEntries(
  readdirSync(bundled)
    .filter((name) => name.startsWith('client-'))
    .map((name) => [`@aws-sdk/${name.replace('.mjs', '')}`, join(bundled, name)]),
);

/**
 * How functions are bundled, as esbuild's own options. With the AWS SDK inside and ES modules preferred a function is about
 * half the size and imports in half the time of any other arrangement.
 */
export const esbuildOptions = {
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node24',
  minify: true,
  mainFields: ['module', 'main'] as string[],
  legalComments: 'none',
  charset: 'utf8',
  /** Without what the AWS SDK drags in and a function never uses: half of a bundle. */
  alias: {
    ...slimClients,
    '@smithy/core/event-streams': join(bundled, 'event-streams.mjs'),
  },
  /** CommonJS packages inside an ES module still call `require`. */
  banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
} as const satisfies BuildOptions;
