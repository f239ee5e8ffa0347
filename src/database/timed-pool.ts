import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Pool, PoolClient, QueryConfig, QueryResult } from 'pg';
import { postgresError } from './postgres-error.js';

/** How long the database has to end a statement once it is asked to, in milliseconds; without a word it counts as gone. */
const GRACE = 2000;

/** Parts of pg 8's client that its types leave out: what names a session, and where it is. */
interface Session {
  readonly processID: number;
  readonly secretKey: number;
  readonly host: string;
  readonly port: number;
}

const CANCEL_REQUEST = 80_877_102;

/**
 * Asks PostgreSQL to end what a session does, as its protocol says: on a connection of its own, which also finds its
 * way through a pooler. Resolves when the request was taken.
 */
const cancel = async ({ processID, secretKey, host, port }: Session): Promise<void> => {
  const message = Buffer.alloc(16);
  for (const [position, value] of [16, CANCEL_REQUEST, processID, secretKey].entries()) {
    message.writeInt32BE(value, position * 4);
  }
  const socket = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host);
  socket.end(message).resume();
  await once(socket, 'close');
};

/** A pool whose statements are ended when they take too long. A limit of the session would hold for whoever has it next. */
export class TimedPool {
  constructor(
    private readonly pool: Pool,
    /** Longest time of a statement, in milliseconds. */
    private readonly limit: number,
  ) {}

  async query(config: QueryConfig): Promise<QueryResult> {
    const client = await this.pool.connect();
    const late = new Lateness(client, this.limit);
    // Its statement fails as well, and tells why; but an error that nobody listens to would end the process.
    const ignore = () => undefined;
    client.on('error', ignore);
    let isBroken = true;
    try {
      const result = await Promise.race([client.query(config), late.gaveUp]);
      isBroken = false;
      return result;
    } catch (error) {
      isBroken = !isOfServer(error);
      throw error;
    } finally {
      await late.over();
      client.off('error', ignore);
      client.release(isBroken);
    }
  }
}

/** Whether the server has said it, so that the connection stands. */
const isOfServer = (error: unknown): boolean => /^[0-9A-Z]{5}$/.test(postgresError(error)?.code ?? '');

/** What becomes of a statement that takes too long: it is cancelled, and if nothing comes of that, given up. */
class Lateness {
  /** Rejects when the database does not even answer to that. */
  readonly gaveUp: Promise<never>;
  private timer: NodeJS.Timeout;
  private cancelled: Promise<unknown> | undefined;

  constructor(client: PoolClient, limit: number) {
    let giveUp: (reason: Error) => void = () => undefined;
    this.gaveUp = new Promise((_resolve, reject) => (giveUp = reject));
    this.timer = setTimeout(() => {
      this.cancelled = cancel(client as unknown as Session).catch(() => undefined);
      this.timer = setTimeout(() => giveUp(new Error('Query read timeout')), GRACE);
    }, limit);
  }

  /** What is cancelled late must not be what somebody else does on the connection. */
  async over(): Promise<void> {
    clearTimeout(this.timer);
    if (this.cancelled !== undefined) await Promise.race([this.cancelled, delay(GRACE)]);
  }
}
