import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { StatementRunner } from '../../database/statement-runner.js';
import { quote } from '../../definition/sql.js';
import { DYNAMO_DATA_SOURCE, DYNAMO_OPTIONS } from '../../dynamo.constants.js';
import type { ResolvedDynamoOptions } from '../../dynamo.options.js';

/** How often a node deletes what is over, in milliseconds. */
const SWEEP_INTERVAL = 60_000;

/** How a key stands; times in seconds. */
export interface ThrottlerRecord {
  readonly totalHits: number;
  readonly timeToExpire: number;
  readonly isBlocked: boolean;
  readonly timeToBlockExpire: number;
}

const hashOf = (key: string): Buffer => createHash('sha256').update(key).digest();

interface Counted {
  readonly hits: number;
  readonly seconds: number;
}

/**
 * Counts in PostgreSQL, so that all nodes count together. Of a key only the hash is kept: it may be an email or an
 * address.
 *
 * It is a `ThrottlerStorage` as @nestjs/throttler asks for, so an application may give it to its `ThrottlerModule`. The
 * package itself is not used: it is CommonJS, and Jest cannot load what requires Nest 12.
 */
@Injectable()
export class PostgresThrottlerStorage {
  private readonly pool: StatementRunner;
  private readonly table: string;
  private sweptAt = 0;

  constructor(
    @Inject(DYNAMO_DATA_SOURCE) dataSource: DataSource,
    @Inject(DYNAMO_OPTIONS) { schema }: Pick<ResolvedDynamoOptions, 'schema'>,
  ) {
    this.pool = StatementRunner.onPool(dataSource);
    this.table = `${quote(schema)}.rate_limit`;
  }

  /**
   * Counts one hit. The first begins a time of `ttl` milliseconds. The one that passes the limit blocks the key for
   * `blockDuration`, and at least for the rest of that time; hits on a blocked key are not counted and prolong nothing.
   */
  async increment(key: string, ttl: number, limit: number, blockDuration: number): Promise<ThrottlerRecord> {
    await this.sweep();
    const [counted = { hits: 1, seconds: 0 }] = await this.pool.rows<Counted>(
      `INSERT INTO ${this.table} AS kept (key_hash, hits, expires_at)
        VALUES ($1, 1, now() + $2 * interval '1 millisecond')
        ON CONFLICT (key_hash) DO UPDATE SET
          hits = CASE WHEN kept.expires_at <= now() THEN 1 ELSE least(kept.hits, $3) + 1 END,
          expires_at = CASE
            WHEN kept.expires_at <= now() THEN excluded.expires_at
            WHEN kept.hits = $3 THEN greatest(kept.expires_at, now() + $4 * interval '1 millisecond')
            ELSE kept.expires_at
          END
        RETURNING hits, ceil(extract(epoch FROM expires_at - now()))::int AS seconds`,
      [hashOf(key), ttl, limit, blockDuration],
    );
    const { hits, seconds } = counted;
    const isBlocked = hits > limit;
    return { totalHits: hits, timeToExpire: seconds, isBlocked, timeToBlockExpire: isBlocked ? seconds : 0 };
  }

  /** Counts the key from the beginning. */
  async forget(key: string): Promise<void> {
    await this.pool.rows(`DELETE FROM ${this.table} WHERE key_hash = $1`, [hashOf(key)]);
  }

  /** Waits for nobody: what another node has just locked is in use, or deleted there. */
  private async sweep(): Promise<void> {
    const now = Date.now();
    if (now - this.sweptAt < SWEEP_INTERVAL) return;
    this.sweptAt = now;
    await this.pool.rows(
      `DELETE FROM ${this.table} WHERE key_hash IN (
        SELECT key_hash FROM ${this.table} WHERE expires_at <= now() FOR UPDATE SKIP LOCKED)`,
    );
  }
}
