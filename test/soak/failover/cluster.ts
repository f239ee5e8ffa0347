import type { ChildProcess } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { PROJECT } from '../../support/built-once.js';
import { httpClient, type Http } from '../../support/http.js';
import { ADMIN_KEY, buildServer, type ServerProcess, startServer } from '../../support/process.js';
import { ended, freePort, makeDirectory, run, start, startBalancer } from './machine.js';

const PASSWORD = 'a-password-of-the-soak';

/** One of the two PostgreSQL servers. */
export interface Postgres {
  readonly name: string;
  readonly port: number;
  readonly data: string;
}

/** Two nodes and two PostgreSQL servers behind haproxy, as in docker-compose.yml. */
export interface Cluster {
  /** By way of the load balancer. */
  readonly http: Http;
  readonly url: string;
  readonly nodes: readonly ServerProcess[];
  readonly primary: Postgres;
  readonly directory: string;
  /** Ends the primary at once, and some time later promotes the replica. @returns when it was stopped, when it was gone, and when the promotion began */
  failOver(pause: number): Promise<{ readonly stopped: number; readonly gone: number; readonly promoted: number }>;
  /** Makes the one that was stopped the replica of the other one. */
  rejoin(): Promise<void>;
  query<Row>(sql: string): Promise<readonly Row[]>;
  close(): Promise<void>;
}

const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const until = async (what: string, isSo: () => Promise<boolean>): Promise<void> => {
  const end = Date.now() + 60_000;
  while (!(await isSo().catch(() => false))) {
    if (Date.now() > end) throw new Error(`Not within a minute: ${what}.`);
    await wait(50);
  }
};

const urlOf = (port: number, database: string) => `postgres://postgres:${PASSWORD}@127.0.0.1:${port}/${database}`;

const ask = async <Row>(url: string, sql: string): Promise<readonly Row[]> => {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query(sql)).rows as Row[];
  } finally {
    await client.end().catch(() => undefined);
  }
};

/** @param programs directory of PostgreSQL's @param isSynchronous whether a commit waits for the replica */
export const startCluster = async (programs: string, isSynchronous: boolean): Promise<Cluster> => {
  const directory = makeDirectory(join(tmpdir(), `dynamo-failover-${process.pid}`));
  // PostgreSQL's user reads nothing below other people's directories.
  for (const name of ['postgres.sh', 'roles.sh']) cpSync(join(PROJECT, 'cluster', name), join(directory, name));
  const path = `${programs}:${process.env.PATH}`;
  const one = { name: 'one', port: await freePort(), data: join(directory, 'one') };
  const two = { name: 'two', port: await freePort(), data: join(directory, 'two') };
  const servers = new Map<Postgres, ChildProcess>();
  let [primary, replica] = [one, two];

  const isPrimary = async ({ port }: Postgres) => {
    const [row] = await ask<{ is: boolean }>(urlOf(port, 'postgres'), 'SELECT NOT pg_is_in_recovery() AS is');
    return row?.is === true;
  };
  const startPostgres = async (server: Postgres, other: Postgres) => {
    const env = {
      PATH: path,
      PGDATA: server.data,
      OTHER_HOST: '127.0.0.1',
      OTHER_PORT: String(other.port),
      REPLICATION_PASSWORD: PASSWORD,
      ENTRYPOINT: '',
    };
    const settings = [`port=${server.port}`, `unix_socket_directories=${directory}`, 'hot_standby_feedback=on'];
    const parameters = settings.flatMap((setting) => ['-c', setting]);
    const log = join(directory, `${server.name}.log`);
    servers.set(server, start('sh', [join(directory, 'postgres.sh'), ...parameters], log, env));
    await until(
      `${server.name} answers`,
      async () => (await ask(urlOf(server.port, 'postgres'), 'SELECT 1')).length > 0,
    );
  };
  const follow = async () => {
    await startPostgres(replica, primary);
    const wanted = isSynchronous ? 'sync' : 'async';
    if (isSynchronous) {
      await ask(urlOf(primary.port, 'postgres'), `ALTER SYSTEM SET synchronous_standby_names = '*'`);
      await ask(urlOf(primary.port, 'postgres'), 'SELECT pg_reload_conf()');
    }
    await until(`${replica.name} follows`, async () => {
      const state = `SELECT 1 FROM pg_stat_replication WHERE state = 'streaming' AND sync_state = '${wanted}'`;
      return (await ask(urlOf(primary.port, 'postgres'), state)).length > 0;
    });
  };

  await run('sh', ['-c', `printf %s ${PASSWORD} > ${directory}/password`]);
  const initdb = ['-D', one.data, '-U', 'postgres', '-A', 'scram-sha-256', `--pwfile=${directory}/password`];
  await run(join(programs, 'initdb'), [...initdb, '--no-sync']);
  await startPostgres(one, two);
  await run('sh', [join(directory, 'roles.sh')], {
    PATH: path,
    PGDATA: one.data,
    PGHOST: '127.0.0.1',
    PGPORT: String(one.port),
    PGPASSWORD: PASSWORD,
    POSTGRES_USER: 'postgres',
    REPLICATION_PASSWORD: PASSWORD,
  });
  await ask(urlOf(one.port, 'postgres'), 'SELECT pg_reload_conf()');
  await ask(urlOf(one.port, 'postgres'), 'CREATE DATABASE dynamo');
  await follow();

  const [http, database, first, second] = await Promise.all([freePort(), freePort(), freePort(), freePort()]);
  const balancer = startBalancer(join(PROJECT, 'cluster/haproxy.cfg'), join(directory, 'haproxy.log'), {
    HTTP_BIND: `127.0.0.1:${http}`,
    DATABASE_BIND: `127.0.0.1:${database}`,
    NODE_ONE: `127.0.0.1:${first}`,
    NODE_TWO: `127.0.0.1:${second}`,
    POSTGRES_ONE: `127.0.0.1:${one.port}`,
    POSTGRES_TWO: `127.0.0.1:${two.port}`,
  });
  await until(
    'the balancer finds the primary',
    async () => (await ask(urlOf(database, 'dynamo'), 'SELECT 1')).length > 0,
  );
  const home = await buildServer();
  const nodes = await Promise.all(
    [first, second].map(async (port) =>
      startServer(home, {
        PORT: String(port),
        DATABASE_URL: urlOf(database, 'dynamo'),
        DYNAMO_REPLICA_URLS: [one, two].map((server) => urlOf(server.port, 'dynamo')).join(),
        LOG_LEVEL: 'log',
        NODE_ENV: 'production',
      }),
    ),
  );
  const url = `http://127.0.0.1:${http}`;
  const client = httpClient(url, { authorization: `Bearer ${ADMIN_KEY}` });
  await until('both nodes are ready', async () => (await client.get('/health/ready')).status === 200);

  return {
    http: client,
    url,
    nodes,
    directory,
    get primary() {
      return primary;
    },
    async failOver(pause) {
      if (process.env.FAILOVER_CUT !== undefined) {
        await ask(urlOf(replica.port, 'postgres'), `ALTER SYSTEM SET primary_conninfo = ''`);
        await ask(urlOf(replica.port, 'postgres'), 'SELECT pg_reload_conf()');
        await wait(1000);
      }
      const stopped = performance.now();
      await run(join(programs, 'pg_ctl'), ['stop', '-D', primary.data, '-m', 'immediate']);
      const gone = performance.now();
      await wait(pause);
      const promoted = performance.now();
      await ask(urlOf(replica.port, 'postgres'), 'SELECT pg_promote(true)');
      await until(`${replica.name} is the primary`, async () => isPrimary(replica));
      [primary, replica] = [replica, primary];
      return { stopped, gone, promoted };
    },
    async rejoin() {
      rmSync(replica.data, { recursive: true, force: true });
      await follow();
    },
    query: async <Row>(sql: string) => ask<Row>(urlOf(primary.port, 'dynamo'), sql),
    async close() {
      await Promise.all(nodes.map((node) => node.stop()));
      for (const process of [balancer, ...servers.values()]) {
        process.kill('SIGINT');
        await ended(process);
      }
      rmSync(directory, { recursive: true, force: true });
    },
  };
};
