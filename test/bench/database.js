import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { startEmbeddedPostgres } from '../../dist/database/embedded-postgres.js';

/**
 * The PostgreSQL of a run: the one at DATABASE_URL, or an embedded one in a temporary directory, with the settings that
 * `npm start` gives it. Every database made here is dropped by `stop()`.
 */
export const startDatabases = async () => {
  const server = await openServer();
  const names = [];
  const [{ version }] = await execute(server.url, `SELECT current_setting('server_version') AS version`);
  let stopping;
  const stop = async () => {
    for (const name of names) await execute(server.url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await server.stop();
  };
  return {
    description: `PostgreSQL ${version} (${server.description})`,
    /** @returns the url of a fresh database */
    create: async () => {
      const name = `dynamo_bench_${randomUUID().replaceAll('-', '')}`;
      await execute(server.url, `CREATE DATABASE ${name}`);
      names.push(name);
      return withDatabase(server.url, name);
    },
    stop: () => (stopping ??= stop()),
  };
};

/** Runs one statement, outside a transaction and on a connection of its own, and returns its rows. */
export const execute = async (url, statement) => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
};

const openServer = async () => {
  const { DATABASE_URL: url } = process.env;
  if (url) return { url, description: 'at DATABASE_URL', stop: async () => undefined };
  const directory = join(tmpdir(), `dynamo-bench-${process.pid}-${randomUUID()}`);
  const { connection, stop } = await startEmbeddedPostgres({ directory });
  return {
    url: connection.url,
    description: 'embedded',
    stop: async () => {
      await stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
};

/** Not with `URL`, which refuses the empty host of a unix socket. */
const withDatabase = (url, name) => url.replace(/^(\w+:\/\/[^/?]*)(\/[^?]*)?/, `$1/${name}`);
