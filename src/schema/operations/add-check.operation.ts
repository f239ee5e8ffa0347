import { quote, quoteTable } from '../../definition/sql.js';
import type { Ground } from '../preparation/preparation.js';
import { preparedConstraint } from '../preparation/prepared-constraint.js';
import type { TablesAhead } from '../rows-ahead.js';
import type { SchemaDiff } from '../schema-diff.js';
import { type Phase, type Precondition, type Remedy, SchemaOperation } from '../schema-operation.js';
import { type CheckConstraint, columnOf, type SchemaState, type TableState, withTable } from '../schema-state.js';
import { counted, rowsOf, shown } from './column-sql.js';
import { DropConstraint } from './drop-constraint.operation.js';
import { ReplaceValues } from './replace-values.operation.js';

/** Restricts the values of a column, to choices or a range; stopped by values that are outside. */
export class AddCheck extends SchemaOperation {
  static readonly kind = 'add_check';
  static readonly phase: Phase = 'enforce';
  readonly kind = AddCheck.kind;
  override readonly rewrites = 'scans';
  override readonly reads: readonly string[];

  constructor(
    readonly table: TableState,
    readonly constraint: CheckConstraint,
  ) {
    super();
    this.reads = constraint.columns;
  }

  static detect({ addedConstraints }: SchemaDiff): readonly SchemaOperation[] {
    return addedConstraints.flatMap(({ table, item }) => (item.kind === 'check' ? [new AddCheck(table, item)] : []));
  }

  describe(): string {
    return `Allow in column ${this.column.name} of ${this.table.name} only ${this.constraint.expects}`;
  }

  toSql() {
    const { name } = this.constraint;
    const condition = this.isMet(quote(this.column.name));
    return [{ text: `ALTER TABLE ${quoteTable(this.table)} ADD CONSTRAINT ${quote(name)} CHECK (${condition})` }];
  }

  apply(state: SchemaState): SchemaState {
    return withTable(state, this.table.id, (table) => ({
      ...table,
      constraints: [...table.constraints, this.constraint],
    }));
  }

  inverse(): SchemaOperation {
    return new DropConstraint(this.table, this.constraint);
  }

  override precondition(tables: TablesAhead): Precondition {
    const rows = rowsOf(tables, this.table, this.reads);
    const { label } = this.column;
    return {
      statement: rows.count(
        this.isBroken(rows.value(this.column.id)),
        shown(this.table, this.constraint.columns, rows),
      ),
      code: 'refused_values',
      path: label,
      message: (count) =>
        `${counted(count, 'record')} ${count === 1 ? 'has' : 'have'} a "${label}" that is no longer allowed; it must be ` +
        `${this.constraint.expects}. Change ${count === 1 ? 'it' : 'them'} first.`,
      remedies: new Map(this.remedies()),
    };
  }

  override prepared(ground: Ground) {
    const condition = `CHECK (${this.isMet(ground.column(this.table, this.column.id))})`;
    return preparedConstraint(ground, this.table, this.constraint.name, condition, (name) => [
      {
        text: `ALTER TABLE ${quoteTable(this.table)} RENAME CONSTRAINT ${quote(name)} TO ${quote(this.constraint.name)}`,
      },
    ]);
  }

  private remedies(): readonly (readonly [string, Remedy])[] {
    const replace = (value: string | null) => [
      new ReplaceValues(this.table, this.column, (column) => this.isBroken(column), value),
      this,
    ];
    return [
      ['default', { column: this.column.id, operations: replace }],
      ...(this.column.nullable ? [['nullify', { column: null, operations: () => replace(null) }] as const] : []),
    ];
  }

  private isMet(value: string): string {
    return this.constraint.condition.join(value);
  }

  /** Null meets every check. */
  private isBroken(value: string): string {
    return `NOT (${this.isMet(value)})`;
  }

  private get column() {
    return columnOf(this.table, this.constraint.columns[0]);
  }
}
