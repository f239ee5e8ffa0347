import { randomBytes } from 'node:crypto';
import { Client } from 'pg';

/** A database of its own for one spec file. */
export interface TestDatabase {
  readonly name: string;
  /** Fits `pg`, TypeORM and `DATABASE_URL` of a spawned server. */
  readonly url: string;
  /** To be spread into the options of a TypeORM `DataSource` or `TypeOrmModule.forRoot()`. */
  readonly options: { readonly type: 'postgres'; readonly url: string };
  /** Runs one statement on a connection that is not the application's, and returns its rows. */
  query<Row = Record<string, unknown>>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  /** Ends every session in the database and drops it. */
  drop(): Promise<void>;
}

/** Creates an empty, uniquely named database on the test server; `drop()` it in `afterAll`. */
export const createDatabase = async (): Promise<TestDatabase> => {
  const server = serverUrl();
  const name = `dynamo_test_${randomBytes(6).toString('hex')}`;
  const url = withDatabase(server, name);
  await run(server, `CREATE DATABASE ${name} ${process.env.DYNAMO_TEST_STRATEGY ?? ''}`);
  const client = new Client({ connectionString: url });
  // A spec that fails before its `drop()` leaves the connection to the global teardown, which ends the server.
  client.on('error', () => undefined);
  await client.connect();

  return {
    name,
    url,
    options: { type: 'postgres', url },
    query: async <Row>(sql: string, parameters: readonly unknown[] = []) => {
      const { rows } = await client.query(sql, [...parameters]);
      return rows as Row[];
    },
    drop: async () => {
      await client.end();
      await run(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
};

const serverUrl = (): string => {
  const url = process.env.DYNAMO_TEST_DATABASE;
  if (!url) throw new Error('There is no test database: run the tests through Jest with its global setup.');
  return url;
};

/** Not with `URL`, which refuses the empty host of a unix socket. */
const withDatabase = (url: string, name: string): string => url.replace(/^(\w+:\/\/[^/?]*)(\/[^?]*)?/, `$1/${name}`);

const run = async (url: string, sql: string): Promise<void> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
};
