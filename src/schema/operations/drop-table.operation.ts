import { quoteTable } from '../../definition/sql.js';
import type { SchemaDiff } from '../schema-diff.js';
import { type Phase, SchemaOperation } from '../schema-operation.js';
import type { SchemaState, TableState } from '../schema-state.js';

/** Drops a model's table. Never CASCADE: whatever else depends on it stops the change. */
export class DropTable extends SchemaOperation {
  static readonly kind: string = 'drop_table';
  static readonly phase: Phase = 'drop';
  readonly kind: string = DropTable.kind;
  override readonly destructive = true;

  constructor(readonly table: TableState) {
    super();
  }

  static detect({ droppedTables }: SchemaDiff): readonly SchemaOperation[] {
    return droppedTables.filter(({ kind }) => kind === 'model').map((table) => new DropTable(table));
  }

  describe(): string {
    return `Drop table ${this.table.name} of ${this.table.label} with all its rows`;
  }

  toSql() {
    return [{ text: `DROP TABLE ${quoteTable(this.table)}` }];
  }

  apply(state: SchemaState): SchemaState {
    const tables = new Map(state.tables);
    tables.delete(this.table.id);
    return { tables };
  }

  inverse(): null {
    return null;
  }
}
