import { quote, quoteTable } from '../../definition/sql.js';
import type { SchemaDiff } from '../schema-diff.js';
import { type Phase, type Precondition, SchemaOperation } from '../schema-operation.js';
import { type ColumnState, type SchemaState, type TableState, withColumn } from '../schema-state.js';
import { DropNotNull } from './drop-not-null.operation.js';

/** Makes a value required; stopped by rows that have none. */
export class SetNotNull extends SchemaOperation {
  static readonly kind = 'set_not_null';
  static readonly phase: Phase = 'enforce';
  readonly kind = SetNotNull.kind;
  override readonly rewrites = 'scans';

  constructor(
    readonly table: TableState,
    readonly column: ColumnState,
  ) {
    super();
  }

  static detect({ keptColumns, addedColumns }: SchemaDiff): readonly SchemaOperation[] {
    const kept = keptColumns
      .filter(({ before, after }) => before.nullable && !after.nullable)
      .map(({ table, after }) => new SetNotNull(table.after, after));
    const added = addedColumns
      .filter(({ item }) => !item.nullable && item.default === null)
      .map(({ table, item }) => new SetNotNull(table, item));
    return [...kept, ...added];
  }

  describe(): string {
    return `Require a value in column ${this.column.name} of ${this.table.name}`;
  }

  toSql() {
    return [{ text: `ALTER TABLE ${quoteTable(this.table)} ALTER COLUMN ${quote(this.column.name)} SET NOT NULL` }];
  }

  apply(state: SchemaState): SchemaState {
    return withColumn(state, this.table.id, this.column.id, (column) => ({ ...column, nullable: false }));
  }

  inverse(): SchemaOperation {
    return new DropNotNull(this.table, this.column);
  }

  override precondition(): Precondition {
    const missing = `${quoteTable(this.table)} WHERE ${quote(this.column.name)} IS NULL`;
    return {
      statement: {
        text:
          `SELECT (SELECT count(*)::int FROM ${missing}) AS count, ` +
          `(SELECT coalesce(json_agg(sample), '[]') FROM (SELECT id FROM ${missing} ORDER BY id LIMIT 5) sample) AS samples`,
      },
      code: 'rows_without_value',
      path: this.column.label,
      message: (count) =>
        `${count === 1 ? '1 existing record has' : `${count} existing records have`} no "${this.column.label}". ` +
        'Give a new field a default, or fill these records first; then make it required.',
    };
  }
}
