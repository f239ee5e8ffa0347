import { setTimeout as delay } from 'node:timers/promises';
import { EmbeddedPostgresError } from '../errors/embedded-postgres.error.js';
import { findEmbeddedBinaries, type EmbeddedBinaries } from './embedded-postgres/binaries.js';
import { ensureCluster, SERVER_ROLE } from './embedded-postgres/cluster.js';
import { SOCKET_PORT, unwritableDirectory, type ServerDirectory } from './embedded-postgres/directory.js';
import { spawnServer, stopServer, waitUntilStopped, type ServerProcess } from './embedded-postgres/process.js';
import { prepareReachableDirectory, reachableBinaries } from './embedded-postgres/reachable.js';
import { startFailure } from './embedded-postgres/program.js';
import { isAbsent, isLost, lastingFailure, openLease, stopIfUnused, type Lease } from './embedded-postgres/session.js';

/** What `startEmbeddedPostgres()` needs to know. */
export interface EmbeddedPostgresOptions {
  /** Where data, socket and log are kept; created when missing. */
  readonly directory: string;
  /** PostgreSQL settings beyond its defaults. A server that is running already keeps the ones it was started with. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** The address of the embedded server, as options and as one string; both fit `pg` and TypeORM. */
export interface EmbeddedConnection {
  /** The directory of the unix socket. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
  readonly url: string;
}

/** A running PostgreSQL that this process uses, perhaps together with others. */
export interface EmbeddedPostgres {
  /** Where the data is: as asked for, unless PostgreSQL may not go there. */
  readonly directory: string;
  readonly connection: EmbeddedConnection;
  /**
   * Gives the server up, and stops it unless somebody else is still connected. Close your own connections first.
   */
  stop(): Promise<void>;
}

const DATABASE = 'dynamo';

/** Recovery after a crash comes first, and may take a while. */
const LONGEST_START_MILLISECONDS = 60_000;
/** A server that gave way to another one is not tried again before that one had time to listen. */
const RETRY_MILLISECONDS = 200;
const POLL_MILLISECONDS = 15;

/**
 * Starts PostgreSQL from npm's binaries, or joins the one that is running in this directory already (left behind by a
 * process that was killed, or used by another one). It survives the end of this process and keeps nothing alive here.
 *
 * @throws EmbeddedPostgresError whose message is one sentence for the person at the terminal
 *
 * @example
 * const server = await startEmbeddedPostgres({ directory: '.dynamo' });
 * const client = new Client({ connectionString: server.connection.url });
 */
export const startEmbeddedPostgres = async (options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> => {
  const { directory, settings = {} } = options;
  const installed = await findEmbeddedBinaries();
  try {
    const place = await prepareReachableDirectory(directory);
    const binaries = await reachableBinaries(installed, place);
    await ensureCluster(place, binaries, settings.fsync !== 'off');
    const lease = await joinOrStart(place, binaries, settings);

    let stopping: Promise<void> | undefined;
    return {
      directory: place.root,
      connection: describeConnection(place),
      stop: () => (stopping ??= leave(place, lease)),
    };
  } catch (error) {
    throw error instanceof EmbeddedPostgresError ? error : unwritableDirectory(directory, error);
  }
};

const joinOrStart = async (
  place: ServerDirectory,
  binaries: EmbeddedBinaries,
  settings: Readonly<Record<string, string>>,
): Promise<Lease> => {
  const deadline = Date.now() + LONGEST_START_MILLISECONDS;
  let server: ServerProcess | undefined;
  for (;;) {
    const result = await tryToJoin(place);
    if ('lease' in result) return result.lease;

    const { error } = result;
    const failure = lastingFailure(error, place) ?? (server?.running === false ? await server.failure() : undefined);
    if (failure) throw failure;
    if (Date.now() > deadline) {
      throw startFailure(`it did not answer within a minute (${place.log})`, { cause: error });
    }
    if (isAbsent(error) && !server?.running) {
      if (server) await delay(RETRY_MILLISECONDS);
      server = await spawnServer(place, binaries, settings);
    }
    await delay(POLL_MILLISECONDS);
  }
};

/** Only connecting tells whether there is a server; files may be left over from one that is gone. */
const tryToJoin = async (place: ServerDirectory): Promise<{ lease: Lease } | { error: unknown }> => {
  try {
    return { lease: await openLease(place, DATABASE) };
  } catch (error) {
    return { error };
  }
};

const leave = async (place: ServerDirectory, lease: Lease): Promise<void> => {
  await lease.release();
  try {
    await stopIfUnused(place, () => stopServer(place));
  } catch (error) {
    // Somebody else is stopping it, or it is gone.
    if (!isLost(error)) throw error;
    await waitUntilStopped(place);
  }
};

const describeConnection = ({ socket }: ServerDirectory): EmbeddedConnection => ({
  host: socket,
  port: SOCKET_PORT,
  user: SERVER_ROLE,
  database: DATABASE,
  // `postgres:` and not `postgresql:`, since TypeORM takes the scheme for its driver's name. Port and sslmode are there
  // because PGPORT and PGSSLMODE of the environment, meant for other servers, would count otherwise.
  url: `postgres://${SERVER_ROLE}@/${DATABASE}?host=${encodeURIComponent(socket)}&port=${SOCKET_PORT}&sslmode=disable`,
});
