import { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { EmbeddedPostgresError } from '../../errors/embedded-postgres.error.js';
import { SERVER_ROLE } from './cluster.js';
import { SOCKET_PORT, type ServerDirectory } from './directory.js';
import { messageOf } from './files.js';
import { startFailure } from './program.js';
import { isUnavailable, postgresError } from '../postgres-error.js';

/** Names of the two kinds of session, to be seen in `pg_stat_activity`. */
const LEASE = 'dynamo-lease';
const STOP = 'dynamo-stop';

/** Whoever uses the server shares this advisory lock, and whoever stops it holds it alone. */
const USE_LOCK = '1146703425, 1';

const CONNECTION_TIMEOUT_MILLISECONDS = 5_000;
/** Sessions that were closed a moment ago are still counted. */
const LAST_SESSIONS_MILLISECONDS = 500;
const POLL_MILLISECONDS = 15;

/**
 * A connection that is held for as long as a process uses the server: pools close idle connections, so without it
 * a quiet process would look like none. It does not keep the process alive.
 */
export interface Lease {
  release(): Promise<void>;
}

/** Connects, and creates the database unless it exists. */
export const openLease = async (place: ServerDirectory, database: string): Promise<Lease> => {
  const socket = new Socket();
  const client = await connect(place, LEASE, socket);
  const release = async (): Promise<void> => {
    // Otherwise the process could end before the server has answered.
    socket.ref();
    await client.end();
  };
  try {
    // Fails when the server is just being stopped, so that the caller starts it again.
    await client.query(`SELECT pg_advisory_lock_shared(${USE_LOCK})`);
    await ensureDatabase(client, database);
  } catch (error) {
    await release();
    throw error;
  }
  socket.unref();
  return { release };
};

/** Runs `stop` if nobody else uses the server, and lets nobody begin to until it is done. */
export const stopIfUnused = async (place: ServerDirectory, stop: () => Promise<void>): Promise<void> => {
  const client = await connect(place, STOP);
  try {
    const deadline = Date.now() + LAST_SESSIONS_MILLISECONDS;
    while (!(await isUnused(client))) {
      if (Date.now() > deadline) return;
      await delay(POLL_MILLISECONDS);
    }
    await stop();
  } finally {
    await client.end();
  }
};

/** Besides the leases it looks at the sessions, since people with psql are not to be cut off either. */
const isUnused = async (client: Client): Promise<boolean> => {
  const { rows } = await client.query<{ unused: boolean }>(
    `SELECT CASE WHEN pg_try_advisory_lock(${USE_LOCK}) THEN NOT EXISTS (
       SELECT FROM pg_stat_activity WHERE backend_type = 'client backend' AND application_name <> $1
     ) ELSE false END AS unused`,
    [STOP],
  );
  return rows[0].unused;
};

const connect = async (place: ServerDirectory, name: string, socket = new Socket()): Promise<Client> => {
  const client = new Client({
    host: place.socket,
    port: SOCKET_PORT,
    user: SERVER_ROLE,
    database: 'postgres',
    // Overrides PGSSLMODE, which is meant for other servers.
    ssl: false,
    application_name: name,
    connectionTimeoutMillis: CONNECTION_TIMEOUT_MILLISECONDS,
    stream: () => socket,
  });
  // Without a listener the end of the server would end this process; the application's own connections report it.
  client.on('error', () => undefined);
  await client.connect();
  return client;
};

/** Another process may create it at the same moment. */
const ensureDatabase = async (client: Client, name: string): Promise<void> => {
  const { rows } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
  if (rows.length > 0) return;
  try {
    await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  } catch (error) {
    if (![DUPLICATE_DATABASE, UNIQUE_VIOLATION].includes(postgresError(error)?.code ?? '')) throw error;
  }
};

const DUPLICATE_DATABASE = '42P04';
const UNIQUE_VIOLATION = '23505';

/** Whether nothing listens on the socket, so that a server has to be started. */
export const isAbsent = (error: unknown): boolean => /^(ENOENT|ECONNREFUSED)$/.test(postgresError(error)?.code ?? '');

/** Whether the server has gone away, or was going at the time. The last one is what `pg` says of a dead connection. */
export const isLost = (error: unknown): boolean => isUnavailable(error) || /is not queryable/.test(messageOf(error));

/** The error for what waiting cannot mend, such as a foreign data directory; undefined while there is hope. */
export const lastingFailure = (error: unknown, place: ServerDirectory): EmbeddedPostgresError | undefined => {
  const code = postgresError(error)?.code ?? '';
  const reason = messageOf(error);
  if (/^(EACCES|EPERM)$/.test(code)) {
    return new EmbeddedPostgresError(
      'unwritable_directory',
      `The embedded PostgreSQL in "${place.root}" belongs to another user (${reason}): ` +
        'start Dynamo as that user, choose another directory, or set DATABASE_URL to a PostgreSQL of your own.',
      { cause: error },
    );
  }
  return AUTHORIZATION_OR_SYNTAX.test(code) ? startFailure(`${reason} (${place.root})`, { cause: error }) : undefined;
};

const AUTHORIZATION_OR_SYNTAX = /^(28|3D|42|22)...$/;
