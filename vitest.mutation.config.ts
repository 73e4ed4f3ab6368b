import { defineConfig } from 'vitest/config';
import base from './vitest.config.ts';

/** The tests that are to notice a mistake in the guardrails, the plan and the checks (`npm run mutate`). */
export default defineConfig({
  test: {
    ...base.test,
    include: ['test/pipeline/{guard,plan,verify}/**/*.test.ts'],
    exclude: [],
  },
});
