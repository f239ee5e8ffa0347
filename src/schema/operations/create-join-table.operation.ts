import type { SchemaDiff } from '../schema-diff.js';
import type { SchemaOperation } from '../schema-operation.js';
import { CreateTable } from './create-table.operation.js';
import { DropJoinTable } from './drop-join-table.operation.js';

/** Creates the table that holds the pairs of a many_to_many field. */
export class CreateJoinTable extends CreateTable {
  static override readonly kind = 'create_join_table';
  override readonly kind = CreateJoinTable.kind;

  static override detect({ addedTables }: SchemaDiff): readonly SchemaOperation[] {
    return addedTables.filter(({ kind }) => kind === 'join').map((table) => new CreateJoinTable(table));
  }

  override describe(): string {
    return `Create join table ${this.table.name} for ${this.table.label}`;
  }

  override inverse(): SchemaOperation {
    return new DropJoinTable(this.table);
  }
}
