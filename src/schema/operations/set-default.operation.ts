import { quote, quoteTable } from '../../definition/sql.js';
import type { SchemaDiff } from '../schema-diff.js';
import { type Phase, SchemaOperation } from '../schema-operation.js';
import { type ColumnState, type SchemaState, type TableState, withColumn } from '../schema-state.js';

/** Sets or drops the default for new rows; rows that exist keep their values. */
export class SetDefault extends SchemaOperation {
  static readonly kind = 'set_default';
  static readonly phase: Phase = 'alter';
  readonly kind = SetDefault.kind;

  constructor(
    readonly table: TableState,
    readonly column: ColumnState,
    readonly to: string | null,
  ) {
    super();
  }

  static detect({ keptColumns }: SchemaDiff): readonly SchemaOperation[] {
    // A change of type takes care of the default, which would mean nothing in the new type.
    return keptColumns
      .filter(({ before, after, isRetyped }) => before.default !== after.default && !isRetyped)
      .map(({ table, before, after }) => {
        const column = { ...after, default: before.default };
        return new SetDefault(table.after, column, after.default);
      });
  }

  describe(): string {
    const column = `column ${this.column.name} of ${this.table.name}`;
    return this.to === null ? `Drop the default of ${column}` : `Set the default of ${column} to ${this.to}`;
  }

  toSql() {
    const action = this.to === null ? 'DROP DEFAULT' : `SET DEFAULT ${this.to}`;
    return [{ text: `ALTER TABLE ${quoteTable(this.table)} ALTER COLUMN ${quote(this.column.name)} ${action}` }];
  }

  apply(state: SchemaState): SchemaState {
    return withColumn(state, this.table.id, this.column.id, (column) => ({ ...column, default: this.to }));
  }

  inverse(): SchemaOperation {
    return new SetDefault(this.table, { ...this.column, default: this.to }, this.column.default);
  }
}
