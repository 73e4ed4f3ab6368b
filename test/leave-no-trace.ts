import { afterAll, vi } from 'vitest';

/** Runs around every file of tests: its environment, working directory, spies and clocks are not the next one's. */
const folder = process.cwd();
const environment = { ...process.env };

afterAll(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
  process.chdir(folder);
  for (const name of Object.keys(process.env)) if (!(name in environment)) delete process.env[name];
  Object.assign(process.env, environment);
});
