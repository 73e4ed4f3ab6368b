import { defineConfig } from 'vitest/config';
import base from './vitest.config.ts';

/** What packs, copies trees or installs (`npm run test:package`). */
export default defineConfig({
  test: { ...base.test, include: ['test/package/**/*.test.ts'], exclude: [] },
});
