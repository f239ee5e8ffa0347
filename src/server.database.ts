import { Client } from 'pg';
import { startEmbeddedPostgres } from './database/embedded-postgres.js';
import { DynamoError } from './errors/dynamo.error.js';
import type { ServerEnvironment } from './server.environment.js';

/** The database at DATABASE_URL does not answer. */
export class DatabaseUnreachableError extends DynamoError {
  readonly status = 503;
  readonly code = 'database_unreachable';
}

/** The database that the server works on. */
export interface ServerDatabase {
  readonly url: string;
  /** For people; without a password. */
  readonly description: string;
  /** Gives the database up, when every connection is closed. */
  stop(): Promise<void>;
}

const CONNECT_TIMEOUT = 5000;

/** For messages. */
export const withoutCredentials = (url: string): string => url.replace(/\/\/[^/?]*@/, '//').replace(/\?.*$/, '');

/** Whether pg and TypeORM can take the address apart. The host may be empty, for a unix socket. */
export const isPostgresUrl = (url: string): boolean => {
  try {
    const { protocol, username, password } = new URL(
      url.replace(/@\//, '@localhost/').replace(/:\/\/\//, '://localhost/'),
    );
    decodeURIComponent(username + password);
    return protocol === 'postgres:' || protocol === 'postgresql:';
  } catch {
    // The reason would repeat the address with its password.
    return false;
  }
};

const requireReachable = async (url: string): Promise<void> => {
  if (!isPostgresUrl(url)) {
    throw new DatabaseUnreachableError(
      'DATABASE_URL must be an address such as postgres://user:password@127.0.0.1:5432/shop; characters such as / or % in the password are written %2F and %25.',
    );
  }
  const client = new Client({ connectionString: url, connectionTimeoutMillis: CONNECT_TIMEOUT });
  try {
    await client.connect();
    await client.end();
  } catch (error) {
    // Some network errors have a code and no message.
    const reason = error instanceof Error ? error.message || String(Reflect.get(error, 'code')) : String(error);
    throw new DatabaseUnreachableError(
      `The database at ${withoutCredentials(url)} (DATABASE_URL) does not answer: ${reason}. Start it, correct the address, or unset DATABASE_URL to use the embedded PostgreSQL.`,
      [],
      { cause: error },
    );
  }
};

/** The one at DATABASE_URL, or else the embedded one. @throws DatabaseUnreachableError, EmbeddedPostgresError */
export const openDatabase = async ({ databaseUrl, dataDirectory }: ServerEnvironment): Promise<ServerDatabase> => {
  if (databaseUrl !== undefined) {
    await requireReachable(databaseUrl);
    return { url: databaseUrl, description: withoutCredentials(databaseUrl), stop: async () => undefined };
  }
  const { connection, directory, stop } = await startEmbeddedPostgres({ directory: dataDirectory });
  return { url: connection.url, description: `embedded PostgreSQL in ${directory}`, stop };
};
