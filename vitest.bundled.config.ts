import { defineConfig } from 'vitest/config';
import { esbuildOptions } from './lib/constructs/esbuild-options.ts';
import base from './vitest.config.ts';

/** The adapters' tests once more, over the AWS clients that the bundles have in place of the SDK's (`npm run test:bundled`). */
export default defineConfig({
  resolve: {
    alias: Object.entries(esbuildOptions.alias).map(([name, replacement]) => ({
      find: new RegExp(`^${name}$`),
      replacement,
    })),
  },
  test: {
    ...base.test,
    include: ['test/aws/**/*.test.ts', 'test/bundled/**/*.test.ts'],
    exclude: [],
    // The SDK's endpoint rules are there as ES modules that only a bundler can read.
    server: { deps: { inline: [/\/dist-es\//] } },
  },
});
