import { availableParallelism } from 'node:os';

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
};
