import { quote, quoteTable } from '../../definition/sql.js';
import { type TablesAhead, withRows } from '../rows-ahead.js';
import { type Recast, SchemaOperation, type TableLock } from '../schema-operation.js';
import type { ColumnState, SchemaState, TableState } from '../schema-state.js';

/** Gives a value to the rows that have none. Only done when asked for by name. */
export class FillNulls extends SchemaOperation {
  static readonly kind = 'fill_nulls';
  readonly kind = FillNulls.kind;
  override readonly lock: TableLock = 'ROW EXCLUSIVE';
  override readonly rewrites = 'rewrites';
  override readonly fills: string;
  override readonly recast: Recast;

  constructor(
    readonly table: TableState,
    readonly column: ColumnState,
    /** SQL expression. */
    readonly value: string,
  ) {
    super();
    this.fills = column.id;
    this.recast = { column, sqlType: column.sqlType, value: (found) => this.filled(found) };
  }

  describe(): string {
    return `Set column ${this.column.name} of ${this.table.name} to ${this.value} where it is empty`;
  }

  toSql() {
    const column = quote(this.column.name);
    return [{ text: `UPDATE ${quoteTable(this.table)} SET ${column} = ${this.value} WHERE ${column} IS NULL` }];
  }

  apply(state: SchemaState): SchemaState {
    return state;
  }

  override look(tables: TablesAhead): TablesAhead {
    const { id } = this.column;
    return withRows(tables, this.table.id, (rows) => rows.with(id, this.filled(rows.value(id))));
  }

  inverse(): null {
    return null;
  }

  private filled(value: string): string {
    return `coalesce(${value}, ${this.value})`;
  }
}
