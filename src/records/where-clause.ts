import type { RecordStatements, Column } from './record-statements.js';

/** A condition on the rows of a model, whose table is called `t`. Its parameters count from `$1`. */
export interface WhereClause {
  readonly sql: string;
  readonly values: readonly unknown[];
}

/** What the query of a request selects. */
export interface RecordFilter {
  /** Null when it says nothing, so that all records would be meant. @throws InvalidQueryError */
  where(query: Readonly<Record<string, unknown>>): WhereClause | null;
}

const counted = (rows: string): string => `WITH changed AS (${rows}) SELECT count(*)::float8 AS count FROM changed`;

/** Sets these columns of all rows that fit; the values follow those of the condition. Gives the number of rows. */
export const updateWhere = (
  { table }: RecordStatements,
  columns: readonly Column[],
  { sql, values }: WhereClause,
): string => {
  const assignments = columns.map(({ name }, position) => `${name} = $${values.length + position + 1}`);
  return counted(
    columns.length === 0
      ? `SELECT FROM ${table} t WHERE (${sql})`
      : `UPDATE ${table} t SET ${assignments.join(', ')} WHERE (${sql}) RETURNING 1`,
  );
};

/** Deletes all rows that fit; gives their number. */
export const destroyWhere = ({ table }: RecordStatements, { sql }: WhereClause): string =>
  counted(`DELETE FROM ${table} t WHERE (${sql}) RETURNING 1`);

/** Locks all rows that fit and gives their ids, in one order. */
export const lockWhere = ({ table, primaryKey }: RecordStatements, { sql }: WhereClause): string =>
  `SELECT ${primaryKey.returned('t.id')} AS id FROM ${table} t WHERE (${sql}) ORDER BY t.id FOR UPDATE`;
