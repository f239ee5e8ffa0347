import { setTimeout as delay } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { queryRows } from '../../database/query-rows.js';
import { isLockFailure } from '../../database/postgres-error.js';
import { quoteTable } from '../../definition/sql.js';
import type { PreparationUndo, PreparationWork } from '../../schema/preparation/preparation.js';
import type { StepContext } from './step-runner.js';

type IndexWork = Extract<PreparationWork, { readonly kind: 'index' }>;
type Named = Pick<IndexWork, 'schema' | 'index'>;

/** How long to wait for a process that builds the index and has lost its client, in milliseconds. */
const MOMENT = 500;

/** What the catalogue says of an index, and how far its building is. */
interface Building {
  readonly isValid: boolean;
  /** Process of the server that builds it. */
  readonly pid: number | null;
  readonly done: number | null;
  readonly total: number | null;
}

const findIndex = async (dataSource: DataSource, { schema, index }: Named): Promise<Building | undefined> => {
  const [found] = await queryRows<Building[]>(
    dataSource,
    `SELECT i.indisvalid AS "isValid", p.pid, p.blocks_done::float8 AS done, p.blocks_total::float8 AS total
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_index i ON i.indexrelid = c.oid
      LEFT JOIN pg_stat_progress_create_index p ON p.relid = i.indrelid AND p.index_relid IN (0, c.oid)
      WHERE n.nspname = $1 AND c.relname = $2`,
    [schema, index],
  );
  return found;
};

/** Removes an index, or what a build that came to nothing has left of it. */
export const dropIndex = async (dataSource: DataSource, { schema, index }: Omit<PreparationUndo & Named, 'kind'>) => {
  for (;;) {
    try {
      await dataSource.query(`DROP INDEX CONCURRENTLY IF EXISTS ${quoteTable({ schema, name: index })}`);
      return;
    } catch (error) {
      if (!isLockFailure(error)) throw error;
      await delay(MOMENT);
    }
  }
};

/**
 * Builds an index while its table is read and written. PostgreSQL does so outside of transactions and leaves an invalid
 * index when it fails, so what is there decides what is to be done.
 */
export const buildIndex = async (work: IndexWork, { dataSource, store, hold, step }: StepContext): Promise<void> => {
  for (;;) {
    const found = await findIndex(dataSource, work);
    if (found?.isValid) break;
    await hold.requireNow();
    if (found !== undefined && found.pid !== null) await delay(MOMENT);
    else if (found !== undefined) await dropIndex(dataSource, work);
    else await build(work, { dataSource, store, hold, step });
  }
  await store.note(dataSource, hold.id, step.position, { state: 'valid' });
};

const build = async (
  work: IndexWork,
  { dataSource, store, hold, step }: Pick<StepContext, 'dataSource' | 'store' | 'hold' | 'step'>,
): Promise<void> => {
  const runner = dataSource.createQueryRunner();
  try {
    const [{ pid }] = await queryRows<[{ pid: number }]>(runner, 'SELECT pg_backend_pid() AS pid');
    hold.interrupt = () => void dataSource.query('SELECT pg_cancel_backend($1)', [pid]).catch(() => undefined);
    hold.look = async () => {
      const progress = await findIndex(dataSource, work);
      if (progress?.total)
        await store.note(dataSource, hold.id, step.position, { done: progress.done ?? 0, total: progress.total });
    };
    await runner.query(work.sql);
  } finally {
    hold.interrupt = undefined;
    hold.look = undefined;
    await runner.release();
  }
};
