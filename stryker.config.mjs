// Mutation testing of what decides whether an act is done and whether it helped: `npm run mutate`. Every mutant is a small
// mistake in the code; a test must fail with it. Minutes, so no part of `npm test`.
export default {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'vitest.mutation.config.ts', related: false },
  coverageAnalysis: 'perTest',
  mutate: ['lambdas/pipeline/{guard,plan,verify}/**/*.ts'],
  concurrency: 2,
  thresholds: { high: 95, low: 90, break: 90 },
  reporters: ['clear-text', 'html', 'json', ...(process.stdout.isTTY ? ['progress'] : [])],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  htmlReporter: { fileName: '.cache/mutation/index.html' },
  jsonReporter: { fileName: '.cache/mutation/mutation.json' },
  tempDirName: '.cache/stryker',
  ignorePatterns: ['.cache', 'cdk.out', 'coverage'],
};
