import { availableParallelism } from 'node:os';

/**
 * What `TEST_PART` leaves of all suites: `runs` are those that prove by living through much (kills, losses, a school year, random orders and standings),
 * `tests` all others.
 */
const parts = {
  tests: { testPathIgnorePatterns: ['/node_modules/', '\\.run\\.test\\.ts$'] },
  runs: { testRegex: ['\\.run\\.test\\.ts$'], testMatch: undefined },
};

/**
 * Jest on plain Node processes with Node's own type stripping: a worker loads a module once for all its suites, where
 * loading them anew for each would take longer than the tests themselves.
 */
export default {
  runner: '<rootDir>/test/support/runner/runner.ts',
  setupFilesAfterEnv: ['<rootDir>/test/support/time-limits.ts'],
  transform: {},
  testMatch: ['<rootDir>/{libs,services,gateway,deploy,test}/**/*.test.ts'],
  modulePathIgnorePatterns: ['<rootDir>/.local/'],
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  ...parts[process.env.TEST_PART],
  maxWorkers: Math.max(2, availableParallelism() - 1),
};
