import type { QueryRunner } from 'typeorm';
import { SchemaBusyError } from '../errors/schema-change.error.js';
import { isLockFailure } from './postgres-error.js';

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
  // One statement, whose columns PostgreSQL computes from left to right: set the limit, wait, put the caller's limit back.
  const statement = `
    WITH caller AS MATERIALIZED (SELECT current_setting('lock_timeout') AS lock_timeout)
    SELECT set_config('lock_timeout', $1, true), pg_advisory_xact_lock(${LOCK_KEY}),
      set_config('lock_timeout', caller.lock_timeout, true)
    FROM caller`;
  try {
    await runner.query(statement, [`${timeout}ms`]);
  } catch (error) {
    throw isLockFailure(error) ? new SchemaBusyError({ cause: error }) : error;
  }
};
