/** Jest 30 on Node's own type stripping: no transform, ES modules throughout. */
export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {},
  testMatch: ['<rootDir>/{libs,services,gateway,deploy,test}/**/*.test.ts'],
  modulePathIgnorePatterns: ['<rootDir>/.local/'],
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  testTimeout: process.env.TEST_SIZE === 'long' ? 1_800_000 : 60_000,
};
