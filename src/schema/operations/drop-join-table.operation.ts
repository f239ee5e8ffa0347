import type { SchemaDiff } from '../schema-diff.js';
import type { SchemaOperation } from '../schema-operation.js';
import { DropTable } from './drop-table.operation.js';

/** Drops the table that holds the pairs of a many_to_many field. */
export class DropJoinTable extends DropTable {
  static override readonly kind = 'drop_join_table';
  override readonly kind = DropJoinTable.kind;

  static override detect({ droppedTables, addedColumns }: SchemaDiff): readonly SchemaOperation[] {
    // A join table whose pairs move into a column goes with them.
    const isMoved = (tableId: string) => addedColumns.some(({ item }) => item.id === tableId);
    return droppedTables
      .filter(({ kind, id }) => kind === 'join' && !isMoved(id))
      .map((table) => new DropJoinTable(table));
  }

  override describe(): string {
    return `Drop join table ${this.table.name} of ${this.table.label} with all its pairs`;
  }
}
