import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chown, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { startEmbeddedPostgres } from '../../src/database/embedded-postgres.js';
import type { TestDatabase } from './database.js';

/** A PostgreSQL and one that follows it. */
export interface ReplicatedPostgres {
  readonly primary: TestDatabase;
  readonly replicaUrl: string;
  /** Runs one statement on the replica, and returns its rows. */
  onReplica<Row>(sql: string): Promise<Row[]>;
  /** Ends the replica at once, as a failing machine would. */
  killReplica(): Promise<void>;
  startReplica(): Promise<void>;
  drop(): Promise<void>;
}

/** Nothing of a test survives a power failure, so nothing waits for the disk. */
const settings = { fsync: 'off', max_connections: '50', hot_standby_feedback: 'on', wal_receiver_status_interval: '1' };

const ask = async <Row>(url: string, sql: string): Promise<Row[]> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows as Row[];
  } finally {
    await client.end();
  }
};

const kill = async (directory: string): Promise<void> => {
  const file = join(directory, 'data', 'postmaster.pid');
  const pid = Number.parseInt(await readFile(file, 'utf8').catch(() => ''), 10);
  if (Number.isNaN(pid)) return;
  process.kill(pid, 'SIGQUIT');
  while (await stat(file).catch(() => undefined)) await new Promise((resolve) => setTimeout(resolve, 20));
};

/** A copy of a stopped server is the simplest replica: npm's binaries have no pg_basebackup. */
export const startReplicatedPostgres = async (): Promise<ReplicatedPostgres> => {
  const root = join(tmpdir(), `dynamo-replicated-${process.pid}-${randomUUID()}`);
  const [directory, copy] = [join(root, 'one'), join(root, 'other')];
  await mkdir(root, { mode: 0o755 });
  await (await startEmbeddedPostgres({ directory, settings })).stop();

  const { uid, gid } = await stat(join(directory, 'data'));
  await mkdir(copy);
  await chown(copy, uid, gid);
  await promisify(execFile)('cp', ['-pR', join(directory, 'data'), join(copy, 'data')]);
  const signal = join(copy, 'data', 'standby.signal');
  await writeFile(signal, '');
  await chown(signal, uid, gid);

  const { connection } = await startEmbeddedPostgres({ directory, settings });
  const { host, port, user, url } = connection;
  const follow = { ...settings, primary_conninfo: `host='${host}' port=${port} user=${user}` };
  const start = async () => (await startEmbeddedPostgres({ directory: copy, settings: follow })).connection.url;
  const replicaUrl = await start();
  return {
    primary: {
      name: connection.database,
      url,
      options: { type: 'postgres', url },
      query: async <Row>(sql: string) => ask<Row>(url, sql),
      drop: async () => undefined,
    },
    replicaUrl,
    onReplica: async <Row>(sql: string) => ask<Row>(replicaUrl, sql),
    killReplica: async () => kill(copy),
    startReplica: async () => {
      await start();
    },
    drop: async () => {
      await Promise.all([kill(directory), kill(copy)]);
      await rm(root, { recursive: true, force: true, maxRetries: 10 });
    },
  };
};
