import { queryRows } from '../../database/query-rows.js';
import type { PreparationWork } from '../../schema/preparation/preparation.js';
import type { StepContext } from './step-runner.js';

/** What one transaction should take, in milliseconds: its rows are locked that long. */
const MOMENT = 50;
const FEWEST = 100;
const MOST = 20_000;

/** Writes a column of every row, a few thousand rows at a time in the order of their keys. */
export const fillRows = async (
  { table, keyType, assignment }: Extract<PreparationWork, { readonly kind: 'fill' }>,
  { dataSource, store, hold, step, cursor, transaction }: StepContext,
): Promise<void> => {
  const { position } = step;
  const [{ total }] = await queryRows<[{ total: number | null }]>(
    dataSource,
    'SELECT CASE WHEN reltuples > 0 THEN reltuples END::float8 AS total FROM pg_class WHERE oid = $1::regclass',
    [table],
  );
  await store.note(dataSource, hold.id, position, { total });
  let [last, done, size] = [cursor, step.done, 1000];
  for (;;) {
    const began = performance.now();
    const next = await transaction(async (runner) => {
      const [bound] = await queryRows<{ last: string; rows: number }[]>(
        runner,
        `SELECT last, rows FROM (
            SELECT b.id::text AS last, row_number() OVER (ORDER BY b.id)::int AS rows FROM (
              SELECT id FROM ${table} WHERE $1::${keyType} IS NULL OR id > $1::${keyType} ORDER BY id LIMIT $2
            ) b ORDER BY b.id DESC LIMIT 1) bounds`,
        [last, size],
      );
      if (bound === undefined) {
        await store.note(runner, hold.id, position, { state: 'valid', total: done });
        return undefined;
      }
      await runner.query(
        `UPDATE ${table} SET ${assignment} WHERE ($1::${keyType} IS NULL OR id > $1::${keyType}) AND id <= $2::${keyType}`,
        [last, bound.last],
      );
      await store.note(runner, hold.id, position, { done: done + bound.rows, cursor: bound.last });
      return bound;
    });
    if (next === undefined) return;
    last = next.last;
    done += next.rows;
    const factor = Math.min(2, Math.max(0.5, MOMENT / (performance.now() - began)));
    size = Math.round(Math.min(MOST, Math.max(FEWEST, size * factor)));
  }
};
