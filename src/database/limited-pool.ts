import type { Pool } from 'pg';
import type { Queryable } from './statement-runner.js';
import { TimedPool } from './timed-pool.js';

/** A pool whose statements are ended when they take too long. @param limit in milliseconds; 0 is none */
export const limitedPool = (pool: Pool, limit: number): Queryable =>
  (limit === 0 ? pool : new TimedPool(pool, limit)) as Queryable;
