import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // `npm run test:aws` runs these: they need moto_server.
    exclude: ['test/moto/**'],
    // Processes, not threads: command-line tests change the working directory and the environment.
    pool: 'forks',
    testTimeout: 20_000,
    hookTimeout: 60_000,
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
