import { quoteTable } from '../../definition/sql.js';
import { type TablesAhead, withRows } from '../rows-ahead.js';
import type { SchemaDiff } from '../schema-diff.js';
import { type Phase, SchemaOperation } from '../schema-operation.js';
import { type ColumnState, type SchemaState, type TableState, withTable } from '../schema-state.js';
import { columnSql } from './column-sql.js';
import { DropColumn } from './drop-column.operation.js';

/** The one function among defaults that PostgreSQL calls for each row. */
const PER_ROW = 'gen_random_uuid()';

/** Whether every row gets a value of its own, which PostgreSQL writes into each at once. */
export const isOtherForEachRow = (column: ColumnState): boolean => column.identity || column.default === PER_ROW;

/** Adds a column. With a constant default PostgreSQL does not touch the rows, also when it is NOT NULL. */
export class AddColumn extends SchemaOperation {
  static readonly kind = 'add_column';
  static readonly phase: Phase = 'create';
  readonly kind = AddColumn.kind;
  override readonly rewrites: SchemaOperation['rewrites'];
  override readonly adds: ColumnState;

  constructor(
    readonly table: TableState,
    readonly column: ColumnState,
  ) {
    super();
    this.adds = column;
    this.rewrites = isOtherForEachRow(column) ? 'rewrites' : 'nothing';
  }

  static detect({ addedColumns }: SchemaDiff): readonly SchemaOperation[] {
    return addedColumns.map(({ table, item }) => new AddColumn(table, item));
  }

  describe(): string {
    return `Add column ${this.column.name} (${this.column.sqlType}) to ${this.table.name}`;
  }

  toSql() {
    return [{ text: `ALTER TABLE ${quoteTable(this.table)} ADD COLUMN ${columnSql(this.added)}` }];
  }

  apply(state: SchemaState): SchemaState {
    return withTable(state, this.table.id, (table) => ({ ...table, columns: [...table.columns, this.added] }));
  }

  override look(tables: TablesAhead): TablesAhead {
    const { id, sqlType, identity } = this.column;
    return withRows(tables, this.table.id, (rows) =>
      // Where the database counts, every row gets a number of its own, as its id is.
      rows.with(id, this.column.default ?? (identity ? rows.value('id') : `NULL::${sqlType}`)),
    );
  }

  inverse(): SchemaOperation {
    return new DropColumn(this.table, this.column);
  }

  /** Numbers every row when the database counts. Without a default NOT NULL would fail on any row; it is set afterwards, when the rows have been asked. */
  private get added(): ColumnState {
    const { identity, default: expression } = this.column;
    return expression === null && !identity ? { ...this.column, nullable: true } : this.column;
  }
}
