import { defineConfig } from 'vitest/config';
import base from './vitest.config.ts';

/** The tests that need `moto_server`; `npm run test:aws` starts it and says where it is. */
export default defineConfig({
  test: {
    ...base.test,
    include: ['test/moto/**/*.test.ts'],
    exclude: [],
    setupFiles: ['test/moto/harness/tally.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
