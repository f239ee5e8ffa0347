import { quote, quoteTable } from '../../definition/sql.js';
import { RowsAhead, type TablesAhead } from '../rows-ahead.js';
import type { SchemaDiff } from '../schema-diff.js';
import { type Phase, SchemaOperation } from '../schema-operation.js';
import type { SchemaState, TableState } from '../schema-state.js';
import { columnList, columnSql } from './column-sql.js';
import { DropTable } from './drop-table.operation.js';

/** Creates a model's table with its columns and primary key; other constraints follow when every table exists. */
export class CreateTable extends SchemaOperation {
  static readonly kind: string = 'create_table';
  static readonly phase: Phase = 'create';
  readonly kind: string = CreateTable.kind;
  override readonly lock = 'none';

  constructor(readonly table: TableState) {
    super();
  }

  static detect({ addedTables }: SchemaDiff): readonly SchemaOperation[] {
    return addedTables.filter(({ kind }) => kind === 'model').map((table) => new CreateTable(table));
  }

  describe(): string {
    return `Create table ${this.table.name} for ${this.table.label}`;
  }

  toSql() {
    const keys = this.primaryKeys.map(
      ({ name, columns }) => `CONSTRAINT ${quote(name)} PRIMARY KEY (${columnList(this.table, columns)})`,
    );
    const lines = [...this.table.columns.map(columnSql), ...keys];
    return [{ text: `CREATE TABLE ${quoteTable(this.table)} (${lines.join(', ')})` }];
  }

  apply(state: SchemaState): SchemaState {
    const bare = { ...this.table, constraints: this.primaryKeys, indexes: [] };
    return { tables: new Map(state.tables).set(this.table.id, bare) };
  }

  override look(tables: TablesAhead): TablesAhead {
    return new Map(tables).set(this.table.id, RowsAhead.ofNew(this.table));
  }

  inverse(): SchemaOperation {
    return new DropTable(this.table);
  }

  private get primaryKeys() {
    return this.table.constraints.filter(({ kind }) => kind === 'primary_key');
  }
}
