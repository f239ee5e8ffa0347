import type { QueryRunner } from 'typeorm';
import { type CatalogTable, compareWithCatalog, defaultDifferences } from '../schema/schema-drift.js';
import type { TableState } from '../schema/schema-state.js';
import { queryRows } from './query-rows.js';
import { statement, StatementRunner } from './statement-runner.js';

const CATALOG = `
  SELECT t.relname AS name, t.relnatts AS "columnsEver",
    (SELECT coalesce(json_agg(json_build_object(
        'name', a.attname, 'sqlType', format_type(a.atttypid, a.atttypmod), 'nullable', NOT a.attnotnull,
        'default', pg_get_expr(d.adbin, d.adrelid), 'identity', a.attidentity <> '') ORDER BY a.attnum), '[]')
      FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
      WHERE a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns,
    (SELECT coalesce(json_agg(json_build_object(
        'name', c.conname,
        'kind', CASE c.contype WHEN 'p' THEN 'primary_key' WHEN 'u' THEN 'unique' WHEN 'f' THEN 'foreign_key'
          WHEN 'c' THEN 'check' ELSE c.contype::text END,
        'columns', (SELECT json_agg(a.attname ORDER BY k.position)
          FROM unnest(c.conkey) WITH ORDINALITY k(attnum, position)
          JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.attnum),
        'references', (SELECT r.relname FROM pg_class r WHERE r.oid = c.confrelid),
        'onDelete', CASE c.confdeltype WHEN 'r' THEN 'RESTRICT' WHEN 'c' THEN 'CASCADE' WHEN 'n' THEN 'SET NULL' ELSE c.confdeltype::text END,
        'validated', c.convalidated)), '[]')
      FROM pg_constraint c WHERE c.conrelid = t.oid AND c.contype IN ('p', 'u', 'f', 'c', 'x')) AS constraints,
    (SELECT coalesce(json_agg(json_build_object(
        'name', x.relname, 'valid', i.indisvalid,
        'columns', (SELECT coalesce(json_agg(a.attname ORDER BY k.position), '[]')
          FROM unnest(i.indkey::int2[]) WITH ORDINALITY k(attnum, position)
          JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum))), '[]')
      FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid
      WHERE i.indrelid = t.oid AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid AND c.conrelid = t.oid)) AS indexes
  FROM pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace
  WHERE n.nspname = $1 AND t.relname = ANY($2) AND t.relkind IN ('r', 'p')`;

const CATALOG_STATEMENT = statement(CATALOG, 0);

/** Reads these tables from pg_catalog, as the transaction of `runner` sees them. */
export const readCatalog = async (
  runner: QueryRunner,
  schema: string,
  names: readonly string[],
): Promise<readonly CatalogTable[]> => {
  // Prepared, because planning this takes longer than running it.
  const statements = await StatementRunner.onConnection(runner);
  return statements.rows<CatalogTable>(CATALOG_STATEMENT, [schema, names]);
};

/** What differs between the tables as they should be and as the catalog has them; empty when nothing does. */
export const findDrift = async (
  runner: QueryRunner,
  tables: readonly TableState[],
  catalog: readonly CatalogTable[],
): Promise<readonly string[]> => {
  const found = new Map(catalog.map((table) => [table.name, table]));
  const pairs = tables.flatMap((wanted) => {
    const table = found.get(wanted.name);
    return table === undefined ? [] : [{ wanted, table }];
  });
  const missing = tables.filter(({ name }) => !found.has(name)).map(({ name }) => `${name}: the table is missing`);
  const different = pairs.flatMap(({ wanted, table }) => compareWithCatalog(wanted, table));

  const defaults = pairs.flatMap(({ wanted, table }) => defaultDifferences(wanted, table));
  if (defaults.length === 0) return [...missing, ...different];
  // PostgreSQL prints a default in its own words ('a'::character varying), so the values decide.
  const comparisons = defaults.map(({ wanted, found: actual }) => `(${wanted}) IS NOT DISTINCT FROM (${actual})`);
  const [answers] = await queryRows<[Record<string, boolean>]>(
    runner,
    `SELECT ${comparisons.map((comparison, position) => `${comparison} AS "${position}"`).join(', ')}`,
  );
  const unequal = defaults
    .filter((_, position) => answers[position] !== true)
    .map(({ column, wanted, found: actual }) => `${column}: the default is ${actual} instead of ${wanted}`);
  return [...missing, ...different, ...unequal];
};
