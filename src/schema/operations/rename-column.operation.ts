import { quote, quoteTable } from '../../definition/sql.js';
import type { SchemaDiff } from '../schema-diff.js';
import { type Phase, SchemaOperation } from '../schema-operation.js';
import { type ColumnState, type SchemaState, type TableState, withColumn } from '../schema-state.js';

/**
 * Renames a column; its values stay. The new name has never been another field's, so names that change places
 * need no detour.
 */
export class RenameColumn extends SchemaOperation {
  static readonly kind = 'rename_column';
  static readonly phase: Phase = 'rename';
  readonly kind = RenameColumn.kind;

  constructor(
    readonly table: TableState,
    readonly column: ColumnState,
    readonly to: string,
  ) {
    super();
  }

  static detect({ keptColumns }: SchemaDiff): readonly SchemaOperation[] {
    return keptColumns
      .filter(({ before, after }) => before.name !== after.name)
      .map(({ table, before, after }) => new RenameColumn(table.after, before, after.name));
  }

  describe(): string {
    return `Rename column ${this.column.name} of ${this.table.name} to ${this.to}`;
  }

  toSql() {
    const [from, to] = [quote(this.column.name), quote(this.to)];
    return [{ text: `ALTER TABLE ${quoteTable(this.table)} RENAME COLUMN ${from} TO ${to}` }];
  }

  apply(state: SchemaState): SchemaState {
    return withColumn(state, this.table.id, this.column.id, (column) => ({ ...column, name: this.to }));
  }

  inverse(): SchemaOperation {
    return new RenameColumn(this.table, { ...this.column, name: this.to }, this.column.name);
  }
}
