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
  return {
    description: server.description,
    /** @returns the url of a fresh database */
    create: async () => {
      const name = `dynamo_bench_${randomUUID().replaceAll('-', '')}`;
      await execute(server.url, `CREATE DATABASE ${name}`);
      names.push(name);
      return withDatabase(server.url, name);
    },
    stop: async () => {
      for (const name of names) await execute(server.url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      await server.stop();
    },
  };
};

/** Runs statements outside a transaction, on a connection of their own. */
export const execute = async (url, ...statements) => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
};

/** The server's own words, such as `PostgreSQL 18.4`. */
export const serverVersion = async (url) => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query(`SELECT current_setting('server_version') AS version`);
    return `PostgreSQL ${rows[0].version}`;
  } finally {
    await client.end();
  }
};

const openServer = async () => {
  const { DATABASE_URL: url } = process.env;
  if (url) return { url, description: 'DATABASE_URL', stop: async () => undefined };
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
