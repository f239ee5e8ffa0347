import { Client, type ClientConfig } from 'pg';
import type { DataSource } from 'typeorm';

/** Between tries while the connection cannot be made, in milliseconds. */
const RECONNECT_DELAY = 1000;
/** Before the first try, at most: what ended a connection that stood is often over at once. */
const FIRST_DELAY = 50;
/** A connection that ends sooner than this never really stood. */
const SHORTEST_STAND = 100;
const CONNECT_TIMEOUT = 5000;

interface PgPool {
  readonly options: ClientConfig;
}

/** What whoever listens wants to know. */
export interface NotificationReceiver {
  /** Somebody has sent this on the channel, and committed. */
  received(payload: string): void;
  /** Notifications arrive from now on; what was sent before is lost. */
  connected(): void;
  /** Nothing arrives for a while. @param reason undefined when the connection just ended */
  lost(reason?: unknown): void;
}

/**
 * Listens on a channel of PostgreSQL for good: a connection that is lost is made again, at once and then every second until
 * it stands.
 * The connection is none of the pool's: it is kept all the time, and a small pool may have none to spare.
 */
export class Notifications {
  private client: Client | undefined;
  private reconnecting: NodeJS.Timeout | undefined;
  private isStopped = false;
  private standsSince = Infinity;

  constructor(
    private readonly dataSource: DataSource,
    private readonly channel: string,
    private readonly receiver: NotificationReceiver,
    /** Of the database itself, where the data source's leads to a pooler. */
    private readonly url?: string,
  ) {}

  /** Never throws: without a connection the receiver is told, and there will be one later. */
  async start(): Promise<void> {
    const { master } = this.dataSource.driver as unknown as { readonly master: PgPool };
    // The pool hides its password from whoever copies its options.
    const { password, ...own } = master.options;
    const { application_name } = own;
    const address = this.url === undefined ? { ...own, password } : { connectionString: this.url, application_name };
    // A connection that died without a word is found out by the system.
    const client = new Client({ connectionTimeoutMillis: CONNECT_TIMEOUT, ...address, keepAlive: true });
    const lose = (reason?: unknown) => this.lose(client, reason);
    client.on('notification', ({ payload = '' }) => this.receiver.received(payload));
    client.on('error', () => lose());
    client.on('end', () => lose());
    this.client = client;
    try {
      await client.connect();
      await client.query(`LISTEN ${this.channel}`);
      if (this.client !== client) return;
      this.standsSince = performance.now();
      this.receiver.connected();
    } catch (error) {
      lose(error);
    }
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.reconnecting);
    const { client } = this;
    this.client = undefined;
    await client?.end();
  }

  /** At the first sign only: a broken connection reports an error and its end. */
  private lose(client: Client, reason: unknown): void {
    if (this.client !== client) return;
    this.client = undefined;
    void client.end().catch(() => undefined);
    this.receiver.lost(reason);
    if (this.isStopped) return;
    const hasStood = performance.now() - this.standsSince > SHORTEST_STAND;
    this.standsSince = Infinity;
    // Not all nodes at the same moment.
    const delay = hasStood ? Math.random() * FIRST_DELAY : RECONNECT_DELAY;
    this.reconnecting = setTimeout(() => void this.start(), delay).unref();
  }
}
