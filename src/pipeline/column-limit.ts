import type { QueryRunner } from 'typeorm';
import { queryRows } from '../database/query-rows.js';
import { LimitReachedError } from '../errors/schema-change.error.js';
import type { SchemaPlan } from '../schema/schema-plan.js';
import type { TableState } from '../schema/schema-state.js';

/** PostgreSQL's own limit is 1,600 columns in the life of a table: those that were dropped count too. */
const MOST_COLUMNS = 1500;
const MANY_COLUMNS = 1200;

const columnsEver = async (runner: QueryRunner, { schema, name }: TableState): Promise<number> => {
  const [{ count }] = await queryRows<[{ count: number }]>(
    runner,
    `SELECT coalesce(max(a.attnum), 0)::int AS count FROM pg_attribute a JOIN pg_class t ON t.oid = a.attrelid
      JOIN pg_namespace n ON n.oid = t.relnamespace WHERE n.nspname = $1 AND t.relname = $2`,
    [schema, name],
  );
  return count;
};

/**
 * Counts the columns that tables will have had after a plan.
 *
 * @returns warnings about tables that come near the limit
 * @throws LimitReachedError before PostgreSQL would refuse the column
 */
export const checkColumnLimit = async (plan: SchemaPlan, runner: QueryRunner): Promise<readonly string[]> => {
  const warnings: string[] = [];
  for (const table of plan.after.tables.values()) {
    const before = plan.before.tables.get(table.id);
    const known = new Set(before?.columns.map(({ id }) => id));
    const added = table.columns.filter(({ id }) => !known.has(id)).length;
    if (added === 0 || (before === undefined && added < MANY_COLUMNS)) continue;
    const columns = added + (before === undefined ? 0 : await columnsEver(runner, before));
    const has = `"${table.label}" ${before === undefined ? 'would have' : 'would have had'} ${columns} columns`;
    const rest = 'Deleted fields count too. Create a new model and move the records there.';
    if (columns > MOST_COLUMNS)
      throw new LimitReachedError(`${has}, and a table takes ${MOST_COLUMNS} in its life. ${rest}`);
    if (columns >= MANY_COLUMNS) warnings.push(`${has} of the ${MOST_COLUMNS} that a table takes in its life. ${rest}`);
  }
  return warnings;
};
