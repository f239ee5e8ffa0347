import { randomUUID } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { startEmbeddedPostgres } from '../../../src/database/embedded-postgres.js';
import type { TestDatabase } from '../../support/database.js';

/** A PostgreSQL for one test alone, which may be ended at any moment. Nothing of it waits less for the disk than usual. */
export interface OwnPostgres {
  readonly database: TestDatabase;
  /** As `pg_ctl stop -m immediate`: without a word to anybody, and without a checkpoint. Resolves when it is gone. */
  crash(): Promise<void>;
  /** Starts it again. Resolves when it takes connections. */
  start(): Promise<void>;
}

const MOMENT = 10;

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** Starts a PostgreSQL in a directory of its own, which is removed by `database.drop()`. */
export const openOwnPostgres = async (): Promise<OwnPostgres> => {
  const directory = join(tmpdir(), `dynamo-soak-${randomUUID()}`);
  const begin = () => startEmbeddedPostgres({ directory, settings: { max_connections: '200' } });
  const { url } = (await begin()).connection;
  const crash = async (): Promise<void> => {
    const pid = Number.parseInt(await readFile(join(directory, 'data', 'postmaster.pid'), 'utf8'), 10);
    process.kill(pid, 'SIGQUIT');
    while (isAlive(pid)) await delay(MOMENT);
  };
  const query = async <Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> => {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query(sql, [...parameters])).rows as Row[];
    } finally {
      await client.end();
    }
  };
  const drop = async (): Promise<void> => {
    await crash();
    await rm(directory, { recursive: true, force: true, maxRetries: 10 });
  };
  return {
    database: { name: 'dynamo', url, options: { type: 'postgres', url }, query, drop },
    crash,
    start: async () => void (await begin()),
  };
};
