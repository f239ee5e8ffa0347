import { quote, quoteTable } from '../../definition/sql.js';
import { type TablesAhead, withRows } from '../rows-ahead.js';
import { type Recast, SchemaOperation, type TableLock } from '../schema-operation.js';
import type { ColumnState, SchemaState, TableState } from '../schema-state.js';

/** Replaces the values of a column that meet a condition. Only done when asked for by name. */
export class ReplaceValues extends SchemaOperation {
  static readonly kind = 'replace_values';
  readonly kind = ReplaceValues.kind;
  override readonly destructive = true;
  override readonly lock: TableLock = 'ROW EXCLUSIVE';
  override readonly rewrites = 'rewrites';
  override readonly fills: string;
  override readonly recast: Recast;

  constructor(
    readonly table: TableState,
    readonly column: ColumnState,
    /** SQL condition on a value; with `tables` while rows are only looked at. */
    private readonly isReplaced: (value: string, tables?: TablesAhead) => string,
    /** SQL expression, or null to empty the column. */
    readonly value: string | null,
  ) {
    super();
    this.fills = column.id;
    const { sqlType } = column;
    this.recast = { column, sqlType, value: (found, tables) => this.replaced(found, tables) };
  }

  describe(): string {
    const column = `column ${this.column.name} of ${this.table.name}`;
    return this.value === null
      ? `Empty ${column} where its value does not fit`
      : `Set ${column} to ${this.value} where its value does not fit`;
  }

  toSql() {
    const column = quote(this.column.name);
    const condition = this.isReplaced(`${quoteTable(this.table)}.${column}`);
    return [{ text: `UPDATE ${quoteTable(this.table)} SET ${column} = ${this.replacement} WHERE ${condition}` }];
  }

  apply(state: SchemaState): SchemaState {
    return state;
  }

  override look(tables: TablesAhead): TablesAhead {
    const { id } = this.column;
    return withRows(tables, this.table.id, (rows) => rows.with(id, this.replaced(rows.value(id), tables)));
  }

  inverse(): null {
    return null;
  }

  private replaced(value: string, tables: TablesAhead): string {
    return `CASE WHEN ${this.isReplaced(value, tables)} THEN ${this.replacement} ELSE ${value} END`;
  }

  private get replacement(): string {
    return this.value ?? 'NULL';
  }
}
