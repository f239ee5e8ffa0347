import type { QueryRunner } from 'typeorm';
import { SchemaBusyError } from '../errors/schema-change.error.js';
import { isLockFailure } from './postgres-error.js';
import { queryRows } from './query-rows.js';

/** Two integers that no other software is likely to use: "DYNA", "MO". */
const LOCK_KEY = '1146703425, 19791';

/**
 * Waits until this transaction is the only one that changes definitions, and keeps it so until its end.
 * Whoever reads meta rows afterwards reads what the previous writer committed.
 *
 * @param timeout in milliseconds
 * @throws SchemaBusyError when another writer kept the lock for longer
 */
export const acquireSchemaLock = async (runner: QueryRunner, timeout: number): Promise<void> => {
  const [{ previous }] = await queryRows<[{ previous: string }]>(
    runner,
    `SELECT current_setting('lock_timeout') AS previous, set_config('lock_timeout', $1, true)`,
    [`${timeout}ms`],
  );
  try {
    await runner.query(`SELECT pg_advisory_xact_lock(${LOCK_KEY})`);
  } catch (error) {
    throw isLockFailure(error) ? new SchemaBusyError({ cause: error }) : error;
  }
  await runner.query(`SELECT set_config('lock_timeout', $1, true)`, [previous]);
};
