import { quoteTable } from '../../definition/sql.js';
import type { SchemaDiff } from '../schema-diff.js';
import { type Phase, SchemaOperation } from '../schema-operation.js';
import { type IndexState, type SchemaState, type TableState, withTable } from '../schema-state.js';
import { columnList } from './column-sql.js';
import { CreateIndex } from './create-index.operation.js';

/** Drops an index; the values stay. */
export class DropIndex extends SchemaOperation {
  static readonly kind = 'drop_index';
  static readonly phase: Phase = 'relax';
  readonly kind = DropIndex.kind;

  constructor(
    readonly table: TableState,
    readonly index: IndexState,
  ) {
    super();
  }

  static detect({ droppedIndexes }: SchemaDiff): readonly SchemaOperation[] {
    return droppedIndexes.map(({ table, item }) => new DropIndex(table, item));
  }

  describe(): string {
    return `Drop the index on ${columnList(this.table, this.index.columns)} of ${this.table.name}`;
  }

  toSql() {
    return [{ text: `DROP INDEX ${quoteTable({ schema: this.table.schema, name: this.index.name })}` }];
  }

  apply(state: SchemaState): SchemaState {
    return withTable(state, this.table.id, (table) => ({
      ...table,
      indexes: table.indexes.filter(({ name }) => name !== this.index.name),
    }));
  }

  inverse(): SchemaOperation {
    return new CreateIndex(this.table, this.index);
  }
}
