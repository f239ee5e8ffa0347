import type { QueryRunner } from 'typeorm';
import { literal, quoteTable } from '../definition/sql.js';
import { queryRows } from './query-rows.js';

/** Of the smallest row there is: its head and its pointer. */
const LEAST_BYTES = 28;

interface Table {
  readonly id: string;
  readonly schema: string;
  readonly name: string;
}

/** Ids of the tables with at least `limit` rows. Small ones are known by their size; the others are counted up to the limit. */
export const findLargeTables = async (
  runner: QueryRunner,
  tables: readonly Table[],
  limit: number,
): Promise<ReadonlySet<string>> => {
  const large = new Set<string>();
  for (const table of tables) {
    const name = quoteTable(table);
    const [{ rows }] = await queryRows<[{ rows: number }]>(
      runner,
      `SELECT CASE WHEN pg_relation_size(${literal(name)}::regclass) >= $1::bigint * ${LEAST_BYTES}
        THEN (SELECT count(*) FROM (SELECT FROM ${name} LIMIT $1) counted) ELSE 0 END::float8 AS rows`,
      [limit],
    );
    if (rows >= limit) large.add(table.id);
  }
  return large;
};
