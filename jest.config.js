import { availableParallelism } from 'node:os';

/** Jest 30 on Node's own type stripping: no transform, ES modules throughout. */
export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {},
  testMatch: ['<rootDir>/{libs,services,gateway,deploy,test}/**/*.test.ts'],
  modulePathIgnorePatterns: ['<rootDir>/.local/'],
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  // Modules of finished suites stay in memory with ES modules: a worker that has grown is replaced by a fresh one.
  maxWorkers: Math.max(2, availableParallelism() - 1),
  workerIdleMemoryLimit: '1500MB',
  testTimeout: process.env.TEST_SIZE === 'long' ? 1_800_000 : 60_000,
};
