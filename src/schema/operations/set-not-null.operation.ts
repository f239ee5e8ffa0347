import { quote, quoteTable } from '../../definition/sql.js';
import { shortHash } from '../../definition/identifiers.js';
import type { Ground } from '../preparation/preparation.js';
import { preparedConstraint } from '../preparation/prepared-constraint.js';
import type { SchemaDiff } from '../schema-diff.js';
import { type Phase, type Precondition, SchemaOperation } from '../schema-operation.js';
import { type ColumnState, type SchemaState, type TableState, withColumn } from '../schema-state.js';
import type { TablesAhead } from '../rows-ahead.js';
import { rowsOf } from './column-sql.js';
import { DropNotNull } from './drop-not-null.operation.js';
import { FillNulls } from './fill-nulls.operation.js';

/** Makes a value required; stopped by rows that have none. */
export class SetNotNull extends SchemaOperation {
  static readonly kind = 'set_not_null';
  static readonly phase: Phase = 'enforce';
  readonly kind = SetNotNull.kind;
  override readonly rewrites = 'scans';
  override readonly reads: readonly string[];

  constructor(
    readonly table: TableState,
    readonly column: ColumnState,
  ) {
    super();
    this.reads = [column.id];
  }

  static detect({ keptColumns, addedColumns }: SchemaDiff): readonly SchemaOperation[] {
    const kept = keptColumns
      .filter(({ before, after }) => before.nullable && !after.nullable)
      .map(({ table, after }) => new SetNotNull(table.after, after));
    const added = addedColumns
      .filter(({ item }) => !item.nullable && item.default === null && !item.identity)
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

  /** With a check that says the same PostgreSQL does not look at the rows again. */
  override prepared(ground: Ground) {
    const condition = `CHECK (${ground.column(this.table, this.column.id)} IS NOT NULL)`;
    const id = `nn_${shortHash(`${this.table.id}:${this.column.id}`)}`;
    return preparedConstraint(ground, this.table, id, condition, (name) => [
      ...this.toSql(),
      { text: `ALTER TABLE ${quoteTable(this.table)} DROP CONSTRAINT ${quote(name)}` },
    ]);
  }

  override precondition(tables: TablesAhead): Precondition {
    const rows = rowsOf(tables, this.table, this.reads);
    const { label } = this.column;
    return {
      statement: rows.count(`${rows.value(this.column.id)} IS NULL`, []),
      code: 'rows_without_value',
      path: label,
      message: (count) =>
        `${count === 1 ? '1 existing record has' : `${count} existing records have`} no "${label}". ` +
        'Give a new field a default, or fill these records first; then make it required.',
      remedies: new Map([
        [
          'backfill',
          {
            column: this.column.id,
            operations: (value) => [new FillNulls(this.table, this.column, String(value)), this],
          },
        ],
      ]),
    };
  }
}
