import type { QueryRunner } from 'typeorm';
import { quoteTable } from '../definition/sql.js';
import { type SchemaPlan, touchesRows } from '../schema/schema-plan.js';
import { queryRows } from './query-rows.js';

/** From here on PostgreSQL's estimate is close enough, and counting takes longer than reading the plan. */
const MANY = 10_000;

/** Number of rows, by table id, of the tables that a plan scans or rewrites. */
export const countRows = async (plan: SchemaPlan, runner: QueryRunner): Promise<ReadonlyMap<string, number>> => {
  const read = new Set(plan.operations.filter(touchesRows).map(({ table }) => table.id));
  const counts = new Map<string, number>();
  for (const table of plan.before.tables.values()) {
    if (!read.has(table.id)) continue;
    const [{ estimate }] = await queryRows<[{ estimate: number }]>(
      runner,
      `SELECT coalesce(max(t.reltuples), -1)::float8 AS estimate FROM pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace
        WHERE n.nspname = $1 AND t.relname = $2`,
      [table.schema, table.name],
    );
    counts.set(table.id, estimate >= MANY ? estimate : await count(runner, table));
  }
  return counts;
};

const count = async (
  runner: QueryRunner,
  table: { readonly schema: string; readonly name: string },
): Promise<number> => {
  const [{ rows }] = await queryRows<[{ rows: number }]>(
    runner,
    `SELECT count(*)::float8 AS rows FROM ${quoteTable(table)}`,
  );
  return rows;
};
