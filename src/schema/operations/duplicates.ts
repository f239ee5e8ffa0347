import { quote, quoteTable } from '../../definition/sql.js';
import type { RowsAhead } from '../rows-ahead.js';
import type { TableState } from '../schema-state.js';
import { columnList } from './column-sql.js';

/** Null equals nothing, so only rows with a value in every column can repeat another. */
export const arePresent = (columns: readonly string[], rows: RowsAhead): string =>
  columns.map((id) => `${rows.value(id)} IS NOT NULL`).join(' AND ');

/** SQL condition on rows `r` of a table: whether an earlier row (in `order` of the ids) has the same values. */
export const isRepeated = (table: TableState, columns: readonly string[], order: 'ASC' | 'DESC'): string => {
  const list = columnList(table, columns);
  const numbered =
    `SELECT ${quote('id')}, row_number() OVER (PARTITION BY ${list} ORDER BY ${quote('id')} ${order}) AS number ` +
    `FROM ${quoteTable(table)} WHERE ROW(${list}) IS NOT NULL`;
  return `r.${quote('id')} IN (SELECT ${quote('id')} FROM (${numbered}) repeated WHERE number > 1)`;
};
