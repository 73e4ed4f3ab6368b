import { defineConfig } from 'vitest/config';

/** No test fails because the machine is busy: what hangs is stopped in the end, and nothing else is. */
const longerThanAnything = 600_000;

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // `npm run test:aws` runs the first: they need moto_server; `npm run test:package` the others: they take long.
    exclude: ['test/moto/**', 'test/package/**'],
    // Processes, not threads: command-line tests change the working directory and the environment.
    pool: 'forks',
    // One process takes file after file and loads each module once: starting anew for each file costs more than the tests.
    // `leave-no-trace` puts back what a file has changed for its whole process.
    isolate: false,
    setupFiles: ['test/leave-no-trace.ts'],
    testTimeout: longerThanAnything,
    hookTimeout: longerThanAnything,
    teardownTimeout: longerThanAnything,
    env: {
      // Nothing in a test may reach an account: these credentials open nothing.
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_REGION: 'eu-central-1',
      AWS_EC2_METADATA_DISABLED: 'true',
      // The SDK's advice on Node versions is not about this project: functions run on a newer one.
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      NO_COLOR: '1',
    },
    coverage: { provider: 'v8', include: ['bin/**', 'lib/**', 'lambdas/**'], reporter: ['text-summary', 'html'] },
  },
});
