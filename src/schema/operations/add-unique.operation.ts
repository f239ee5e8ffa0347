import { quote, quoteTable } from '../../definition/sql.js';
import type { Ground, PreparedOperation } from '../preparation/preparation.js';
import { preparedIndex } from '../preparation/prepared-index.js';
import type { SchemaDiff } from '../schema-diff.js';
import { type Phase, type Precondition, type Remedy, SchemaOperation } from '../schema-operation.js';
import { columnOf, type KeyConstraint, type SchemaState, type TableState, withTable } from '../schema-state.js';
import type { TablesAhead } from '../rows-ahead.js';
import { columnLabels, columnList, counted, rowsOf, shown } from './column-sql.js';
import { DropConstraint } from './drop-constraint.operation.js';
import { DropDuplicates } from './drop-duplicates.operation.js';
import { EmptyDuplicates } from './empty-duplicates.operation.js';

/** Makes the values of one or several columns unique; stopped by values that occur more than once. */
export class AddUnique extends SchemaOperation {
  static readonly kind = 'add_unique';
  static readonly phase: Phase = 'enforce';
  readonly kind = AddUnique.kind;
  override readonly rewrites = 'scans';
  override readonly reads: readonly string[];

  constructor(
    readonly table: TableState,
    readonly constraint: KeyConstraint,
  ) {
    super();
    this.reads = constraint.columns;
  }

  static detect({ addedConstraints }: SchemaDiff): readonly SchemaOperation[] {
    return addedConstraints.flatMap(({ table, item }) => (item.kind === 'unique' ? [new AddUnique(table, item)] : []));
  }

  describe(): string {
    return `Make ${columnList(this.table, this.constraint.columns)} of ${this.table.name} unique`;
  }

  toSql() {
    const columns = columnList(this.table, this.constraint.columns);
    return [
      {
        text: `ALTER TABLE ${quoteTable(this.table)} ADD CONSTRAINT ${quote(this.constraint.name)} UNIQUE (${columns})`,
      },
    ];
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

  override prepared(ground: Ground): PreparedOperation {
    const { name, columns } = this.constraint;
    return preparedIndex(ground, this.table, { name, columns, kind: 'UNIQUE INDEX' }, (index) => [
      {
        text: `ALTER TABLE ${quoteTable(this.table)} ADD CONSTRAINT ${quote(name)} UNIQUE USING INDEX ${quote(index)}`,
      },
    ]);
  }

  override precondition(tables: TablesAhead): Precondition {
    const { columns } = this.constraint;
    const rows = rowsOf(tables, this.table, this.reads);
    const labels = columnLabels(this.table, columns);
    return {
      statement: rows.countRepeated(shown(this.table, columns, rows)),
      code: 'duplicate_values',
      path: labels,
      message: (count) =>
        `${counted(count, 'value')} of "${labels}" ${count === 1 ? 'occurs' : 'occur'} more than once. ` +
        'Make them different first, then make the field unique.',
      remedies: new Map([...this.emptying, ...this.dropping]),
    };
  }

  /** Where a value may be missing, all but the oldest record can lose it. */
  private get emptying(): readonly (readonly [string, Remedy])[] {
    const optional = this.constraint.columns.map((id) => columnOf(this.table, id)).findLast(({ nullable }) => nullable);
    if (optional === undefined) return [];
    const empty = new EmptyDuplicates(this.table, this.constraint.columns, optional);
    return [['nullify', { column: null, operations: () => [empty, this] }]];
  }

  private get dropping(): readonly (readonly [string, Remedy])[] {
    // Only ids that are counted up tell which record came first.
    if (!columnOf(this.table, 'id').identity) return [];
    const keeping = (kept: 'latest' | 'oldest'): Remedy => ({
      column: null,
      deletes: true,
      operations: () => [new DropDuplicates(this.table, this.constraint.columns, kept), this],
    });
    return [
      ['keepLatest', keeping('latest')],
      ['keepOldest', keeping('oldest')],
    ];
  }
}
