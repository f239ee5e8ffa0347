import { quote, quoteTable } from '../../definition/sql.js';
import type { SchemaDiff } from '../schema-diff.js';
import { type Phase, SchemaOperation } from '../schema-operation.js';
import { type ColumnState, type SchemaState, type TableState, withColumn } from '../schema-state.js';
import { SetNotNull } from './set-not-null.operation.js';

/** Makes a value optional. */
export class DropNotNull extends SchemaOperation {
  static readonly kind = 'drop_not_null';
  static readonly phase: Phase = 'relax';
  readonly kind = DropNotNull.kind;

  constructor(
    readonly table: TableState,
    readonly column: ColumnState,
  ) {
    super();
  }

  static detect({ keptColumns }: SchemaDiff): readonly SchemaOperation[] {
    return keptColumns
      .filter(({ before, after }) => !before.nullable && after.nullable)
      .map(({ table, before }) => new DropNotNull(table.before, before));
  }

  describe(): string {
    return `Allow column ${this.column.name} of ${this.table.name} to be empty`;
  }

  toSql() {
    return [{ text: `ALTER TABLE ${quoteTable(this.table)} ALTER COLUMN ${quote(this.column.name)} DROP NOT NULL` }];
  }

  apply(state: SchemaState): SchemaState {
    return withColumn(state, this.table.id, this.column.id, (column) => ({ ...column, nullable: true }));
  }

  inverse(): SchemaOperation {
    return new SetNotNull(this.table, this.column);
  }
}
