import { Pool, type PoolConfig } from 'pg';

/** A server that does not answer that fast is not asked anything else either, in milliseconds. */
const LONGEST_PROBE = 2000;

/** The one connection on which a server is asked how it is: a pool may be busy, and would then not tell. */
export class Probe {
  private readonly pool: Pool;

  constructor({ password, ...address }: PoolConfig) {
    this.pool = new Pool({
      ...address,
      ...(password === undefined ? {} : { password }),
      max: 1,
      min: 0,
      connectionTimeoutMillis: LONGEST_PROBE,
      query_timeout: LONGEST_PROBE,
      keepAlive: true,
    });
    // Whoever asks next is told.
    this.pool.on('error', () => undefined);
  }

  /** The one row of a statement. */
  async ask<Row extends object>(text: string): Promise<Row> {
    const { rows } = await this.pool.query<Row>(text);
    const [row] = rows;
    if (row === undefined) throw new Error('The probe has no answer.');
    return row;
  }

  async close(): Promise<void> {
    await this.pool.end();
  }
}
