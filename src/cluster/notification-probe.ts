import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';

/** How long a notification may take to come back, in milliseconds. */
const LONGEST_WAIT = 3000;

/**
 * Finds out whether what is sent on a channel arrives here: a pooler in front of the database accepts LISTEN, and then
 * nobody hears anything.
 */
export class NotificationProbe {
  private token = '';
  private arrived: () => void = () => undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly channel: string,
  ) {}

  /** To be told of all that arrives. */
  receive(payload: string): void {
    if (payload === this.token) this.arrived();
  }

  /** Sends something over the pool, as changes do. @throws what the database says when it cannot be sent */
  async arrives(): Promise<boolean> {
    this.token = `probe ${randomUUID()}`;
    const arrival = new Promise<true>((resolve) => {
      this.arrived = () => resolve(true);
    });
    await this.dataSource.query('SELECT pg_notify($1, $2)', [this.channel, this.token]);
    let timer: NodeJS.Timeout | undefined;
    const silence = new Promise<false>((resolve) => {
      timer = setTimeout(() => resolve(false), LONGEST_WAIT).unref();
    });
    return Promise.race([arrival, silence]).finally(() => clearTimeout(timer));
  }
}
