import type { Column, RecordStatements } from './record-statements.js';

/** A condition on the rows of a model, whose table is called `t`. Its parameters count from `$1`. */
export interface WhereClause {
  readonly sql: string;
  readonly values: readonly unknown[];
}

/** An older definition finds nothing: what it says of values and columns may mean other rows by now. */
const fitting = ({ guard }: RecordStatements, { sql }: WhereClause): string => `WHERE (${sql}) AND ${guard.condition}`;

const counted = (rows: string): string => `WITH changed AS (${rows}) SELECT count(*)::float8 AS count FROM changed`;

/** Sets these columns of all rows that fit; the values follow those of the condition. Gives the number of rows. */
export const updateWhere = (statements: RecordStatements, columns: readonly Column[], where: WhereClause): string => {
  const { table } = statements;
  const assignments = columns.map(({ name }, position) => `${name} = $${where.values.length + position + 1}`);
  return counted(
    columns.length === 0
      ? `SELECT FROM ${table} t ${fitting(statements, where)}`
      : `UPDATE ${table} t SET ${assignments.join(', ')} ${fitting(statements, where)} RETURNING 1`,
  );
};

/** Deletes all rows that fit; gives their number. */
export const destroyWhere = (statements: RecordStatements, where: WhereClause): string =>
  counted(`DELETE FROM ${statements.table} t ${fitting(statements, where)} RETURNING 1`);

/** Locks all rows that fit and gives their ids, in one order. */
export const lockWhere = (statements: RecordStatements, where: WhereClause): string => {
  const { table, primaryKey } = statements;
  return `SELECT ${primaryKey.returned('t.id')} AS id FROM ${table} t ${fitting(statements, where)} ORDER BY t.id FOR UPDATE`;
};
