import { availableParallelism } from 'node:os';

/** @type {import('jest').Config} */
export default {
  testEnvironment: '<rootDir>/test/support/jest/environment.js',
  runtime: '<rootDir>/test/support/jest/runtime.js',
  testMatch: ['<rootDir>/test/**/*.spec.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleFileExtensions: ['js', 'json', 'ts'],
  moduleNameMapper: {
    // Sources say `./x.js`, as Node wants it after the build; here the file is still `./x.ts`.
    '^(\\.{1,2}/.*)\\.js$': '$1',
    // The examples import the package by its name.
    '^@dynamo/nest$': '<rootDir>/src/index.ts',
    '^@dynamo/nest/accounts$': '<rootDir>/src/accounts/index.ts',
  },
  transform: { '^.+\\.ts$': ['@swc/jest'] },
  globalSetup: '<rootDir>/test/support/global-setup.js',
  globalTeardown: '<rootDir>/test/support/global-teardown.js',
  testSequencer: '<rootDir>/test/support/slow-first.js',
  testTimeout: 30_000,
  // Jest would leave one core idle. More than four workers would only wait for the one database.
  maxWorkers: Math.min(4, availableParallelism()),
  // Node 20 frees no context in which ES modules were loaded: each file leaves some 25 MB behind, and collecting garbage
  // takes longer and longer. A new worker is ready in a second.
  workerIdleMemoryLimit: '600MB',
};
