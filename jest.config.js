import { availableParallelism } from 'node:os';

/**
 * What only `npm run soak` runs, with `SOAK=1`: details of what others tell in short, on the way to fifteen minutes for a
 * clean clone on two cores.
 */
const LONG = [
  // Each type's control and each condition; the stories and the forms use the most of them.
  'browser/field-types',
  'browser/record-filters',
  // Every limit of the matrix; what it does is in e2e/accounts/permissions.
  'browser/permissions',
  // Also stories.
  'browser/record-conflict',
  'browser/record-list',
  // Documents of very many callers.
  'e2e/openapi-callers-serving',
  // Each way to start and to stop a PostgreSQL; e2e/start has those that people meet.
  'integration/database/embedded-postgres',
  // Tables of sixteen hundred columns.
  'e2e/column-limit',
];
const isSoak = process.env.SOAK !== undefined;

/** @type {import('jest').Config} */
export default {
  // The files of a worker share the modules of the sources and the packages, which take longer to load than most tests.
  testEnvironment: '<rootDir>/test/support/jest/environment.js',
  runtime: '<rootDir>/test/support/jest/runtime.js',
  testMatch: ['<rootDir>/test/**/*.spec.ts'],
  testPathIgnorePatterns: isSoak ? [] : LONG.map((name) => `<rootDir>/test/${name}\\.spec\\.ts$`),
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
  // What the garbage collector does not get back, because Node 20 keeps ES modules. A new worker has to load everything.
  workerIdleMemoryLimit: '1GB',
};
