import { type TablesAhead, withRows } from '../rows-ahead.js';
import type { SchemaDiff } from '../schema-diff.js';
import { type Phase, type Precondition, type Remedy, SchemaOperation, type TableLock } from '../schema-operation.js';
import { columnOf, type SchemaState, type TableReference, type TableState } from '../schema-state.js';
import { counted, rowsOf, shown } from './column-sql.js';
import { DropPairs } from './drop-pairs.operation.js';
import { ReplaceValues } from './replace-values.operation.js';

const isPresent = (value: string): string => `${value} IS NOT NULL`;

/** Makes sure that a relation is empty before it points elsewhere: its values mean nothing there, even where they exist. */
export class LeaveTarget extends SchemaOperation {
  static readonly kind = 'leave_target';
  static readonly phase: Phase = 'alter';
  readonly kind = LeaveTarget.kind;
  override readonly lock: TableLock = 'none';
  override readonly rewrites = 'scans';
  override readonly asksAgain = true;

  constructor(
    readonly table: TableState,
    readonly columnId: string,
    readonly from: TableReference,
    readonly to: TableReference,
  ) {
    super();
  }

  static detect({ addedConstraints, droppedConstraints }: SchemaDiff): readonly SchemaOperation[] {
    const former = new Map(droppedConstraints.map(({ item }) => [item.name, item]));
    return addedConstraints.flatMap(({ table, item }) => {
      const old = former.get(item.name);
      if (item.kind !== 'foreign_key' || old?.kind !== 'foreign_key') return [];
      if (old.references.tableId === item.references.tableId) return [];
      return item.columns.map((columnId) => new LeaveTarget(table, columnId, old.references, item.references));
    });
  }

  describe(): string {
    return `Check that no value of "${this.label}" of ${this.table.label} refers to ${this.from.label} any more`;
  }

  toSql() {
    return [];
  }

  apply(state: SchemaState): SchemaState {
    return state;
  }

  /** Nothing was done to the values. */
  inverse(): SchemaOperation {
    return new LeaveTarget(this.table, this.columnId, this.to, this.from);
  }

  /** Rows in the way must not be counted again, as values that refer to nothing. */
  override look(tables: TablesAhead): TablesAhead {
    return withRows(tables, this.table.id, (rows) => rows.where(`NOT (${isPresent(rows.value(this.columnId))})`));
  }

  override precondition(tables: TablesAhead): Precondition {
    const rows = rowsOf(tables, this.table);
    return {
      statement: rows.count(isPresent(rows.value(this.columnId)), shown(this.table, [this.columnId], rows)),
      code: 'related_model_changed',
      path: this.label,
      message: (count) =>
        `${counted(count, 'value')} of "${this.label}" ${count === 1 ? 'refers' : 'refer'} to ${this.from.label}, ` +
        `which means nothing in ${this.to.label}. Empty ${count === 1 ? 'it' : 'them'} first.`,
      remedies: new Map(this.remedies()),
    };
  }

  private remedies(): readonly (readonly [string, Remedy])[] {
    const column = columnOf(this.table, this.columnId);
    const isJoin = this.table.kind === 'join';
    if (!isJoin && !column.nullable) return [];
    const empty = isJoin ? new DropPairs(this.table) : new ReplaceValues(this.table, column, isPresent, null);
    return [['nullify', { column: null, operations: () => [empty, this] }]];
  }

  private get label(): string {
    return columnOf(this.table, this.columnId).label;
  }
}
