import type { BuildOptions } from 'esbuild';

/**
 * How functions are bundled, as esbuild's own options: one ES module with the AWS SDK inside, so that a function runs on the
 * very SDK it was tested with, and imports in a fraction of the time that Lambda's own copy takes (decision 0014).
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
  /** CommonJS packages inside an ES module still call `require`. */
  banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
} as const satisfies BuildOptions;
