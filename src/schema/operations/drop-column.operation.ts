import { quote, quoteTable } from '../../definition/sql.js';
import type { SchemaDiff } from '../schema-diff.js';
import { type Phase, SchemaOperation } from '../schema-operation.js';
import { type ColumnState, type SchemaState, type TableState, withTable } from '../schema-state.js';

/** Drops a column with its values. */
export class DropColumn extends SchemaOperation {
  static readonly kind = 'drop_column';
  static readonly phase: Phase = 'drop';
  readonly kind = DropColumn.kind;
  override readonly destructive = true;

  constructor(
    readonly table: TableState,
    readonly column: ColumnState,
  ) {
    super();
  }

  static detect({ droppedColumns, addedTables }: SchemaDiff): readonly SchemaOperation[] {
    // A column whose values move into a join table goes with them.
    const isMoved = (columnId: string) => addedTables.some(({ id }) => id === columnId);
    return droppedColumns.filter(({ item }) => !isMoved(item.id)).map(({ table, item }) => new DropColumn(table, item));
  }

  override get subject(): string {
    return this.column.id;
  }

  describe(): string {
    return `Drop column ${this.column.name} of ${this.table.name} with all its values`;
  }

  toSql() {
    return [{ text: `ALTER TABLE ${quoteTable(this.table)} DROP COLUMN ${quote(this.column.name)}` }];
  }

  apply(state: SchemaState): SchemaState {
    return withTable(state, this.table.id, (table) => ({
      ...table,
      columns: table.columns.filter(({ id }) => id !== this.column.id),
    }));
  }

  inverse(): null {
    return null;
  }
}
