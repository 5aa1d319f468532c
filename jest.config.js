import { availableParallelism } from 'node:os';

/**
 * What `TEST_PART` leaves of all suites: `runs` are those that prove by living through much (kills, losses, a school year, random orders and standings, cases through all their hands),
 * `browser` are those that look at the console in a browser, before a registry of their own; `tests` all others.
 */
const parts = {
  tests: { testPathIgnorePatterns: ['/node_modules/', '\\.(?:run|browser)\\.test\\.ts$'] },
  runs: { testRegex: ['\\.run\\.test\\.ts$'], testMatch: undefined },
  browser: {
    testPathIgnorePatterns: ['/node_modules/'],
    testRegex: ['\\.browser\\.test\\.ts$'],
    testMatch: undefined,
    globalSetup: '<rootDir>/test/browser/support/global-setup.ts',
    globalTeardown: '<rootDir>/test/browser/support/global-teardown.ts',
    maxWorkers: 1,
  },
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
  maxWorkers: Math.max(2, availableParallelism() - 1),
  testPathIgnorePatterns: ['/node_modules/', '\\.browser\\.test\\.ts$'],
  ...parts[process.env.TEST_PART],
};
