import { defineConfig } from 'vitest/config';
import base from './vitest.config.ts';

/** The tests that need `moto_server`, which `npm run test:aws` starts. */
export default defineConfig({
  test: {
    ...base.test,
    include: ['test/moto/**/*.test.ts'],
    exclude: [],
    setupFiles: ['test/moto/harness/tally.ts'],
    // Most of the time they wait: for moto, for back-offs, for a child process.
    maxWorkers: 3,
    // Each file has an account and a proxy of its own.
    isolate: true,
  },
});
