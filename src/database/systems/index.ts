import { citus } from './citus.system.js';
import { cockroachdb } from './cockroachdb.system.js';
import type { DatabaseSystem } from './database-system.js';
import { yugabytedb } from './yugabytedb.system.js';

/** What may be behind a data source of type postgres that is not, or not only, PostgreSQL. */
export const SYSTEMS: readonly DatabaseSystem[] = [cockroachdb, yugabytedb, citus];
