import type { EventEmitter } from 'node:events';
import type { Pool, PoolClient } from 'pg';

/** What a server answers to a write that is a standby, or is no longer the primary. */
const READ_ONLY = '25006';

/** A part of pg 8's client that its types leave out: what hears every message of the server. */
interface Session {
  readonly connection: EventEmitter;
}

/**
 * Keeps a pool from using a connection again that leads to a server which takes no writes: after a failover the next one
 * leads elsewhere.
 */
export const throwAwayReadOnlySessions = (pool: Pool): void => {
  const known = new WeakSet<PoolClient>();
  const useless = new WeakSet<PoolClient>();
  pool.on('acquire', (client) => {
    if (known.has(client)) return;
    known.add(client);
    (client as unknown as Session).connection.on('errorMessage', ({ code }: { readonly code?: string }) => {
      if (code === READ_ONLY) useless.add(client);
    });
  });
  pool.on('release', (_error, client: PoolClient & { end?: () => Promise<void> }) => {
    // A client that ends is none that the pool keeps.
    if (useless.has(client)) void client.end?.();
  });
};
