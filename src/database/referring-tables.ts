import type { QueryRunner } from 'typeorm';
import type { TableState } from '../schema/schema-state.js';
import { queryRows } from './query-rows.js';

/** Names of the foreign keys with which the table's own relations to many hold on to it. */
const ownPairs = (table: TableState, tables: readonly TableState[]): readonly string[] =>
  tables
    .filter(({ kind }) => kind === 'join')
    .flatMap(({ constraints }) => constraints)
    .filter(
      (constraint) =>
        constraint.kind === 'foreign_key' &&
        constraint.references.tableId === table.id &&
        constraint.columns.includes('source'),
    )
    .map(({ name }) => name);

/** Whether rows of any table, also of the application's own, may refer to rows of this one. Its own pairs go with a row anyway. */
export const isReferredTo = async (
  runner: QueryRunner,
  table: TableState,
  tables: readonly TableState[],
): Promise<boolean> => {
  const [{ count }] = await queryRows<[{ count: number }]>(
    runner,
    `SELECT count(*)::int AS count FROM pg_constraint c JOIN pg_class t ON t.oid = c.confrelid
      JOIN pg_namespace n ON n.oid = t.relnamespace
      WHERE c.contype = 'f' AND n.nspname = $1 AND t.relname = $2 AND NOT c.conname = ANY($3)`,
    [table.schema, table.name, ownPairs(table, tables)],
  );
  return count > 0;
};
