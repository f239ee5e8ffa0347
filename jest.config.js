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
  'browser/model-designer',
  'browser/record-conflict',
  'browser/record-list',
  'browser/accounts',
  // Beyond ten thousand records; e2e/list-counts has what the API answers.
  'browser/many-records',
  // Documents of very many callers.
  'e2e/openapi-callers-serving',
  // Each way to start and to stop a PostgreSQL; e2e/start has those that people meet.
  'integration/database/embedded-postgres',
  // Tables of sixteen hundred columns.
  'e2e/column-limit',
  // Every order of a list, forth and back under writes; e2e/list-cursors has the rules.
  'e2e/keyset',
  // The package installed in applications; `.ci/run` builds it.
  'e2e/package',
  // Policies that are wrong in each possible way; e2e/access-rows and access-fields have the right ones.
  'e2e/access-mistakes',
  // Programs that are compiled: declarations, a generated client, the examples as programs of their own.
  'e2e/declarations',
  'e2e/openapi-client',
  'e2e/examples/programs',
  // Many logins at once.
  'e2e/accounts/auth-load',
  // Every type in servers and databases of other time zones.
  'e2e/safety-time-zones',
  // How long a login takes is for a machine with nothing else to do.
  'e2e/accounts/auth-timing',
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
  setupFilesAfterEnv: ['<rootDir>/test/support/jest/retries.js'],
  testSequencer: '<rootDir>/test/support/slow-first.js',
  testTimeout: 30_000,
  // Jest would leave one core idle. More than four workers would only wait for the one database.
  maxWorkers: Math.min(4, availableParallelism()),
  // What the garbage collector does not get back, because Node 20 keeps ES modules. A new worker has to load everything.
  workerIdleMemoryLimit: '1GB',
};
