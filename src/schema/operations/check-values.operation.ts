import { quote, quoteTable } from '../../definition/sql.js';
import type { Conversion } from '../conversion.js';
import { shortHash } from '../../definition/identifiers.js';
import type { Ground } from '../preparation/preparation.js';
import { preparedConstraint } from '../preparation/prepared-constraint.js';
import { type TablesAhead, withRows } from '../rows-ahead.js';
import type { SchemaDiff } from '../schema-diff.js';
import { type Phase, type Precondition, SchemaOperation, type TableLock } from '../schema-operation.js';
import type { ColumnState, SchemaState, TableState } from '../schema-state.js';
import { convertible, unconvertible } from './converted-value.js';
import { ReplaceValues } from './replace-values.operation.js';

/** Makes sure that the values of a column suit a new type that is stored as the old one was. */
export class CheckValues extends SchemaOperation {
  static readonly kind = 'check_values';
  static readonly phase: Phase = 'alter';
  readonly kind = CheckValues.kind;
  override readonly lock: TableLock = 'SHARE ROW EXCLUSIVE';
  override readonly rewrites = 'scans';
  override readonly asksAgain = true;
  override readonly reads: readonly string[];

  constructor(
    readonly table: TableState,
    readonly column: ColumnState,
    readonly conversion: Conversion,
  ) {
    super();
    this.reads = [column.id];
  }

  static detect({ keptColumns }: SchemaDiff): readonly SchemaOperation[] {
    return keptColumns.flatMap(({ table, after, conversion, isRetyped }) => {
      if (conversion?.accepts === undefined || isRetyped) return [];
      return [new CheckValues(table.after, after, conversion)];
    });
  }

  describe(): string {
    return `Check that every value in column ${this.column.name} of ${this.table.name} is ${this.conversion.expects}`;
  }

  /** No values that do not suit may come while the change is on its way. */
  toSql() {
    return [{ text: `LOCK TABLE ${quoteTable(this.table)} IN ${this.lock} MODE` }];
  }

  apply(state: SchemaState): SchemaState {
    return state;
  }

  /** Nothing was done to the values. */
  inverse(): SchemaOperation {
    const { expects } = this.conversion;
    return new CheckValues(this.table, this.column, { using: (value) => value, expects });
  }

  override look(tables: TablesAhead): TablesAhead {
    return withRows(tables, this.table.id, (rows) => convertible(rows, this.column.id, this.conversion));
  }

  /** Nothing has to stay of it: from then on the application itself refuses such values. */
  override prepared(ground: Ground) {
    const { accepts } = this.conversion;
    if (accepts === undefined) return undefined;
    const value = ground.column(this.table, this.column.id);
    const condition = `CHECK (CASE WHEN ${value} IS NULL THEN true ELSE (${accepts(value)}) END)`;
    const id = `ck_${shortHash(`${this.column.id}:values`)}`;
    return preparedConstraint(ground, this.table, id, condition, (name) => [
      { text: `ALTER TABLE ${quoteTable(this.table)} DROP CONSTRAINT ${quote(name)}` },
    ]);
  }

  override precondition(tables: TablesAhead): Precondition | undefined {
    const { accepts } = this.conversion;
    const isRefused = (value: string) => `CASE WHEN ${value} IS NULL THEN false ELSE NOT (${accepts?.(value)}) END`;
    return unconvertible(this.table, this.column, this.conversion, tables, (fallback) => [
      new ReplaceValues(this.table, this.column, isRefused, fallback),
    ]);
  }
}
