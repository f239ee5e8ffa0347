import { quote, quoteTable } from '../../definition/sql.js';
import { type Conversion, isIdentity } from '../conversion.js';
import { type TablesAhead, withRows } from '../rows-ahead.js';
import type { SchemaDiff } from '../schema-diff.js';
import { type Phase, type Precondition, type Recast, SchemaOperation } from '../schema-operation.js';
import { type ColumnState, type SchemaState, type TableState, withColumn } from '../schema-state.js';
import { convertedValue, convertible, unconvertible } from './converted-value.js';

const VARCHAR = /^character varying(?:\((\d+)\))?$/;

/** Whether PostgreSQL leaves the rows alone, because every value of the one type is stored as one of the other. */
const isWider = (from: string, to: string): boolean => {
  const length = VARCHAR.exec(from);
  if (length === null) return false;
  if (to === 'text') return true;
  const newLength = VARCHAR.exec(to);
  return newLength !== null && Number(newLength[1] ?? Infinity) >= Number(length[1] ?? Infinity);
};

/** Changes the type of a column and converts its values; stopped by values that do not convert. */
export class AlterColumnType extends SchemaOperation {
  static readonly kind = 'alter_column_type';
  static readonly phase: Phase = 'alter';
  readonly kind = AlterColumnType.kind;
  override readonly rewrites: SchemaOperation['rewrites'];
  override readonly asksAgain = true;
  override readonly recast: Recast;
  override readonly destructive: boolean;
  override readonly losesUnasked: boolean;
  override readonly fills: string | undefined;

  constructor(
    readonly table: TableState,
    readonly column: ColumnState,
    readonly to: Pick<ColumnState, 'sqlType' | 'default'>,
    readonly conversion: Conversion,
    /** SQL expression for values that do not convert, or null to empty them; undefined where every value converts. */
    readonly fallback?: string | null,
  ) {
    super();
    const isFree = fallback === undefined && isIdentity(conversion) && isWider(column.sqlType, to.sqlType);
    this.rewrites = isFree ? 'nothing' : 'rewrites';
    this.recast = {
      column,
      sqlType: to.sqlType,
      value: (value) => this.converted(value),
      ...(fallback === undefined && conversion.accepts && { accepts: conversion.accepts }),
    };
    this.fills = fallback === undefined ? undefined : column.id;
    this.losesUnasked = conversion.loses !== undefined;
    this.destructive = this.losesUnasked || fallback !== undefined;
  }

  static detect({ keptColumns }: SchemaDiff): readonly SchemaOperation[] {
    return keptColumns.flatMap(({ table, before, after, conversion, isRetyped }) => {
      if (conversion === undefined || !isRetyped) return [];
      // The column has its new name by now; the default of the old type goes with the type.
      const column = { ...after, sqlType: before.sqlType, default: before.default, show: before.show };
      return [new AlterColumnType(table.after, column, after, conversion)];
    });
  }

  describe(): string {
    const { loses } = this.conversion;
    const change = `Change the type of column ${this.column.name} of ${this.table.name} from ${this.column.sqlType} to ${this.to.sqlType}`;
    const lost = loses === undefined ? '' : `, which loses ${loses}`;
    if (this.fallback === undefined) return change + lost;
    return `${change}${lost}, with ${this.fallback === null ? 'nothing' : this.fallback} where a value does not convert`;
  }

  toSql() {
    const column = quote(this.column.name);
    const actions = [
      ...(this.column.default === null ? [] : [`ALTER COLUMN ${column} DROP DEFAULT`]),
      `ALTER COLUMN ${column} TYPE ${this.to.sqlType}${this.using(column)}`,
      ...(this.to.default === null ? [] : [`ALTER COLUMN ${column} SET DEFAULT ${this.to.default}`]),
    ];
    return [{ text: `ALTER TABLE ${quoteTable(this.table)} ${actions.join(', ')}` }];
  }

  apply(state: SchemaState): SchemaState {
    return withColumn(state, this.table.id, this.column.id, (column) => ({
      ...column,
      sqlType: this.to.sqlType,
      default: this.to.default,
    }));
  }

  override look(tables: TablesAhead): TablesAhead {
    const { id } = this.column;
    return withRows(tables, this.table.id, (rows) => {
      const converted = this.fallback === undefined ? convertible(rows, id, this.conversion) : rows;
      return converted.with(id, this.converted(converted.value(id)));
    });
  }

  /** The way back is a conversion of its own, and not always there. */
  inverse(): null {
    return null;
  }

  override precondition(tables: TablesAhead): Precondition | undefined {
    if (this.fallback !== undefined) return undefined;
    return unconvertible(this.table, this.column, this.conversion, tables, (fallback) => [
      new AlterColumnType(this.table, this.column, this.to, this.conversion, fallback),
    ]);
  }

  /** Values that stay as they are need no expression: PostgreSQL then knows when it can leave the rows alone. */
  private using(column: string): string {
    return isIdentity(this.conversion) && this.fallback === undefined ? '' : ` USING ${this.converted(column)}`;
  }

  private converted(value: string): string {
    return `(${convertedValue(value, this.conversion, this.fallback)})::${this.to.sqlType}`;
  }
}
