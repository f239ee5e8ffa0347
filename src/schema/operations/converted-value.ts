import type { Conversion } from '../conversion.js';
import type { RowsAhead, TablesAhead } from '../rows-ahead.js';
import type { Precondition, Remedy, SchemaOperation } from '../schema-operation.js';
import type { ColumnState, TableState } from '../schema-state.js';
import { convertibility, counted, rowsOf } from './column-sql.js';

/** SQL of what a conversion makes of a value. @param fallback what stands for a value that does not convert */
export const convertedValue = (value: string, { accepts, using }: Conversion, fallback?: string | null): string => {
  if (accepts === undefined) return `CASE WHEN ${value} IS NOT NULL THEN ${using(value)} END`;
  return `CASE WHEN ${value} IS NULL THEN NULL WHEN ${accepts(value)} THEN ${using(value)} ELSE ${fallback ?? 'NULL'} END`;
};

/** Remembers which values do not convert: they are in the way already, and must not be counted again. */
export const convertible = (rows: RowsAhead, columnId: string, { accepts }: Conversion): RowsAhead => {
  const value = rows.value(columnId);
  if (accepts === undefined) return rows;
  return rows.with(convertibility(columnId), `CASE WHEN ${value} IS NULL THEN true ELSE ${accepts(value)} END`);
};

/** Asks for values that do not convert. @param convert the operations that put `fallback` in their place */
export const unconvertible = (
  table: TableState,
  column: ColumnState,
  { accepts, expects }: Conversion,
  tables: TablesAhead,
  convert: (fallback: string | null) => readonly SchemaOperation[],
): Precondition | undefined => {
  if (accepts === undefined) return undefined;
  const rows = rowsOf(tables, table);
  const value = rows.value(column.id);
  const isRefused = `CASE WHEN ${value} IS NULL THEN false ELSE NOT (${accepts(value)}) END`;
  const nullify: Remedy = { column: null, operations: () => convert(null) };
  return {
    statement: rows.count(isRefused, [{ label: column.label, value: column.show?.(value) ?? value }]),
    code: 'unconvertible_values',
    path: column.label,
    message: (count) =>
      `${counted(count, 'value')} of "${column.label}" ${count === 1 ? 'does' : 'do'} not convert: ` +
      `${count === 1 ? 'it' : 'each'} must be ${expects}. Correct ${count === 1 ? 'it' : 'them'} first.`,
    remedies: new Map([
      ['default', { column: column.id, operations: convert }],
      ...(column.nullable ? [['nullify', nullify] as const] : []),
    ]),
  };
};
