import { quote, quoteTable } from '../../definition/sql.js';
import type { SchemaDiff } from '../schema-diff.js';
import { type Phase, SchemaOperation } from '../schema-operation.js';
import { type ColumnState, type SchemaState, type TableState, withColumn } from '../schema-state.js';
import { AddIdentity } from './add-identity.operation.js';

/** Makes a column no longer count up by itself; its values stay. */
export class DropIdentity extends SchemaOperation {
  static readonly kind = 'drop_identity';
  static readonly phase: Phase = 'relax';
  readonly kind = DropIdentity.kind;

  constructor(
    readonly table: TableState,
    readonly column: ColumnState,
  ) {
    super();
  }

  static detect({ keptColumns }: SchemaDiff): readonly SchemaOperation[] {
    return keptColumns
      .filter(({ before, after }) => before.identity && !after.identity)
      .map(({ table, before }) => new DropIdentity(table.before, before));
  }

  describe(): string {
    return `No longer count up column ${this.column.name} of ${this.table.name} by itself`;
  }

  toSql() {
    return [{ text: `ALTER TABLE ${quoteTable(this.table)} ALTER COLUMN ${quote(this.column.name)} DROP IDENTITY` }];
  }

  apply(state: SchemaState): SchemaState {
    return withColumn(state, this.table.id, this.column.id, (column) => ({ ...column, identity: false }));
  }

  inverse(): SchemaOperation {
    return new AddIdentity(this.table, this.column);
  }
}
