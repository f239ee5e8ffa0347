import { quote, quoteTable } from '../../definition/sql.js';
import type { Ground, PreparedOperation } from '../preparation/preparation.js';
import { preparedIndex } from '../preparation/prepared-index.js';
import type { SchemaDiff } from '../schema-diff.js';
import { type Phase, SchemaOperation, type TableLock } from '../schema-operation.js';
import { type IndexState, type SchemaState, type TableState, withTable } from '../schema-state.js';
import { columnList } from './column-sql.js';
import { DropIndex } from './drop-index.operation.js';

/** Builds an index; reads go on meanwhile, writes wait. */
export class CreateIndex extends SchemaOperation {
  static readonly kind = 'create_index';
  static readonly phase: Phase = 'enforce';
  readonly kind = CreateIndex.kind;
  override readonly lock: TableLock = 'SHARE';
  override readonly rewrites = 'scans';
  override readonly reads: readonly string[];

  constructor(
    readonly table: TableState,
    readonly index: IndexState,
  ) {
    super();
    this.reads = index.columns;
  }

  static detect({ addedIndexes }: SchemaDiff): readonly SchemaOperation[] {
    return addedIndexes.map(({ table, item }) => new CreateIndex(table, item));
  }

  describe(): string {
    return `Create an index on ${columnList(this.table, this.index.columns)} of ${this.table.name}`;
  }

  toSql() {
    const columns = columnList(this.table, this.index.columns);
    return [{ text: `CREATE INDEX ${quote(this.index.name)} ON ${quoteTable(this.table)} (${columns})` }];
  }

  apply(state: SchemaState): SchemaState {
    return withTable(state, this.table.id, (table) => ({ ...table, indexes: [...table.indexes, this.index] }));
  }

  inverse(): SchemaOperation {
    return new DropIndex(this.table, this.index);
  }

  override prepared(ground: Ground): PreparedOperation {
    const { name, columns } = this.index;
    return preparedIndex(ground, this.table, { name, columns, kind: 'INDEX' }, (prepared) => [
      {
        text: `ALTER INDEX ${quoteTable({ schema: this.table.schema, name: prepared })} RENAME TO ${quote(name)}`,
      },
    ]);
  }
}
