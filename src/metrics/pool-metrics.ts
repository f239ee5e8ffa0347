import type { Pool, PoolClient } from 'pg';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { NodeState } from './node-metrics.js';

type Connected = (error: Error | undefined, client: PoolClient | undefined, release: (error?: unknown) => void) => void;
/** Both ways to ask pg 8's pool for a connection. */
type Connect = (callback?: Connected) => Promise<PoolClient> | undefined;

/** How pg speaks of nobody giving a connection back in time, and of a server that does not answer. */
const TIMEOUT = /^(timeout exceeded when trying to connect|Connection terminated due to connection timeout)$/;

/** Most connections are there at once. */
const WAIT_BUCKETS = [0.0005, 0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** What a pool says of itself when it is asked. */
const COUNTS = {
  dynamo_pool_connections: ['Connections to the database that are open.', (pool) => pool.totalCount],
  dynamo_pool_idle_connections: ['Open connections that nobody uses.', (pool) => pool.idleCount],
  dynamo_pool_waiting_requests: ['Those who wait for a connection.', (pool) => pool.waitingCount],
  dynamo_pool_max_connections: ['Most connections that there may be.', (pool) => pool.options.max ?? 10],
} satisfies Record<string, readonly [help: string, read: (pool: Pool) => number]>;

/** By the name that its metrics have: those of the data source, and those of replicas that only Dynamo knows. */
export const poolsOf = ({
  database,
  replicas,
}: Pick<NodeState, 'database' | 'replicas'>): ReadonlyMap<string, Pool> => {
  const { master, slaves } = database.dataSource.driver as unknown as {
    readonly master: Pool;
    readonly slaves: Pool[];
  };
  const others = [...new Set([...slaves, ...replicas.states.map(({ pool }) => pool)])];
  return new Map([['primary', master], ...others.map((pool, position) => [`replica_${position + 1}`, pool] as const)]);
};

/** How busy the connections to the database are, and how long one is waited for. */
export const measurePools = (pools: ReadonlyMap<string, Pool>, registry: Registry): void => {
  const described: { labelNames: 'pool'[]; registers: Registry[] } = { labelNames: ['pool'], registers: [registry] };
  for (const [name, [help, read]] of Object.entries(COUNTS)) {
    const collect = function (this: Gauge<'pool'>): void {
      for (const [pool, it] of pools) this.set({ pool }, read(it));
    };
    new Gauge({ name, help, ...described, collect });
  }
  const wait = new Histogram({
    name: 'dynamo_pool_wait_seconds',
    help: 'How long a connection was waited for, those included that nobody got.',
    buckets: WAIT_BUCKETS,
    ...described,
  });
  const timeouts = new Counter({
    name: 'dynamo_pool_timeouts_total',
    help: 'How often a connection was waited for in vain until time was up.',
    ...described,
  });
  for (const [name, pool] of pools) {
    wait.zero({ pool: name });
    timeouts.inc({ pool: name }, 0);
    watchConnect(pool, (seconds, error) => {
      wait.observe({ pool: name }, seconds);
      if (error instanceof Error && TIMEOUT.test(error.message)) timeouts.inc({ pool: name });
    });
  }
};

/** The pool's events tell when somebody gets a connection, but not who has waited since when; so this stands before it. */
const watchConnect = (pool: Pool, told: (seconds: number, error?: unknown) => void): void => {
  const connect: Connect = pool.connect.bind(pool);
  const watched: Connect = (callback) => {
    const start = performance.now();
    const seconds = () => (performance.now() - start) / 1000;
    if (callback !== undefined) {
      return connect((error, client, release) => {
        told(seconds(), error);
        callback(error, client, release);
      });
    }
    const connecting = connect();
    void connecting?.then(
      () => told(seconds()),
      (error: unknown) => told(seconds(), error),
    );
    return connecting;
  };
  Object.defineProperty(pool, 'connect', { value: watched, configurable: true, writable: true });
};
