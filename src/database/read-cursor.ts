import { randomBytes } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import { StatementRunner } from './statement-runner.js';

/** How many rows the first look takes, and the most that any takes. */
const FIRST_ROWS = 100;
const MOST_ROWS = 1000;
/** About as many characters are fetched at once as nobody minds to keep in memory. */
const FETCHED_SIZE = 4 * 1024 * 1024;

interface Row {
  readonly json: string;
}

/** Whoever uses the connection is told by its statements; but an error that nobody listens to would end the process. */
const ignore = (): void => undefined;

/**
 * The rows of one statement, which gives texts called `json`, a few at a time: in a transaction of its own that sees
 * one moment and writes nothing. Its connection is busy until {@link close}.
 */
export class ReadCursor {
  private size = FIRST_ROWS;
  private fetching: Promise<unknown> | undefined;
  private closing: Promise<void> | undefined;

  private constructor(
    private readonly pool: StatementRunner,
    private readonly client: PoolClient,
    private readonly runner: StatementRunner,
    private readonly name: string,
  ) {}

  static async open(pool: Pool, text: string, values: readonly unknown[]): Promise<ReadCursor> {
    const client = await pool.connect();
    client.on('error', ignore);
    const runner = StatementRunner.over(client);
    const name = `dynamo_${randomBytes(8).toString('hex')}`;
    const cursor = new ReadCursor(StatementRunner.over(pool), client, runner, name);
    try {
      await runner.rows('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
      await runner.rows(`DECLARE ${name} NO SCROLL CURSOR FOR ${text}`, values);
      return cursor;
    } catch (error) {
      // What is wrong with the connection is what was wrong with the statement.
      await cursor.close().catch(ignore);
      throw error;
    }
  }

  /** Empty when there are no more. */
  async next(): Promise<readonly string[]> {
    if (this.closing !== undefined) throw new Error('The cursor is closed.');
    const fetching = this.runner.rows<Row>(`FETCH ${this.size} FROM ${this.name}`);
    this.fetching = fetching;
    try {
      const texts = (await fetching).map(({ json }) => json);
      const length = texts.reduce((sum, text) => sum + text.length, 0);
      const fitting = Math.floor((FETCHED_SIZE * texts.length) / Math.max(1, length));
      this.size = Math.max(1, Math.min(MOST_ROWS, fitting));
      return texts;
    } finally {
      this.fetching = undefined;
    }
  }

  /** Ends the transaction and gives the connection back, also while rows are being fetched. */
  async close(): Promise<void> {
    this.closing ??= this.end();
    return this.closing;
  }

  private async end(): Promise<void> {
    let isBroken = true;
    try {
      await this.cancel();
      await this.runner.rows('ROLLBACK');
      isBroken = false;
    } finally {
      this.client.off('error', ignore);
      this.client.release(isBroken);
    }
  }

  /** Whoever closes while rows are being fetched does not want them any more. */
  private async cancel(): Promise<void> {
    if (this.fetching === undefined) return;
    // By its text, so that nothing else is cancelled that the connection may be doing by then.
    const cancelled = this.pool.rows(
      `SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE state = 'active' AND query LIKE $1`,
      [`FETCH % FROM ${this.name}`],
    );
    // If it cannot be cancelled, it ends by itself; how it ends is the business of who asked for the rows.
    cancelled.catch(() => undefined);
    await this.fetching.catch(() => undefined);
  }
}
