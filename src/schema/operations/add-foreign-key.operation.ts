import { quote, quoteTable } from '../../definition/sql.js';
import type { TablesAhead } from '../rows-ahead.js';
import type { SchemaDiff } from '../schema-diff.js';
import { type Phase, type Precondition, type Remedy, SchemaOperation, type TableLock } from '../schema-operation.js';
import { columnOf, type ForeignKeyConstraint, type SchemaState, type TableState, withTable } from '../schema-state.js';
import { columnList, counted, rowsOf, shown } from './column-sql.js';
import { DropConstraint } from './drop-constraint.operation.js';
import { DropPairs } from './drop-pairs.operation.js';
import { ReplaceValues } from './replace-values.operation.js';

/** Makes a column point to existing records only; stopped by values that point nowhere, or that pointed elsewhere. */
export class AddForeignKey extends SchemaOperation {
  static readonly kind = 'add_foreign_key';
  static readonly phase: Phase = 'enforce';
  readonly kind = AddForeignKey.kind;
  override readonly lock: TableLock = 'SHARE ROW EXCLUSIVE';
  override readonly rewrites = 'scans';
  override readonly asksAgain: boolean;

  constructor(
    readonly table: TableState,
    readonly constraint: ForeignKeyConstraint,
    /** What the column pointed to until now, when that was something else. */
    readonly from?: ForeignKeyConstraint,
  ) {
    super();
    // A value that meant a record of the former model may by chance be the id of one in the new model.
    this.asksAgain = from !== undefined;
  }

  static detect({ addedConstraints, droppedConstraints }: SchemaDiff): readonly SchemaOperation[] {
    const former = new Map(droppedConstraints.map(({ item }) => [item.name, item]));
    return addedConstraints.flatMap(({ table, item }) => {
      if (item.kind !== 'foreign_key') return [];
      const old = former.get(item.name);
      const isRetargeted = old?.kind === 'foreign_key' && old.references.tableId !== item.references.tableId;
      return [new AddForeignKey(table, item, isRetargeted ? old : undefined)];
    });
  }

  describe(): string {
    const { references, onDelete } = this.constraint;
    const columns = columnList(this.table, this.constraint.columns);
    return `Make ${columns} of ${this.table.name} refer to ${references.label} (on delete ${onDelete.toLowerCase()})`;
  }

  toSql() {
    const { name, references, onDelete } = this.constraint;
    const columns = columnList(this.table, this.constraint.columns);
    return [
      {
        text:
          `ALTER TABLE ${quoteTable(this.table)} ADD CONSTRAINT ${quote(name)} FOREIGN KEY (${columns}) ` +
          `REFERENCES ${quoteTable(references)} (${quote(references.column ?? 'id')}) ON DELETE ${onDelete}`,
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

  override precondition(tables: TablesAhead): Precondition {
    const { columns } = this.constraint;
    const rows = rowsOf(tables, this.table);
    const label = columnOf(this.table, this.column).label;
    return {
      statement: rows.count(this.isMissing(rows.value(this.column), tables), shown(this.table, columns, rows)),
      ...(this.from === undefined
        ? { code: 'related_record_missing', message: (count) => this.missing(count, label) }
        : { code: 'related_model_changed', message: (count) => this.moved(count, label) }),
      path: label,
      remedies: new Map(this.remedies()),
    };
  }

  /** Whether a value points to nothing that is there. A value that pointed to another model means nothing in this one. */
  private isMissing(value: string, tables?: TablesAhead): string {
    const isPresent = `${value} IS NOT NULL`;
    const { references } = this.constraint;
    // The other table may get its new name only while the plan runs.
    const ahead = tables?.get(references.tableId);
    const parents = ahead === undefined ? quoteTable(references) : ahead.table;
    if (this.from !== undefined || parents === null) return isPresent;
    return `${isPresent} AND NOT EXISTS (SELECT FROM ${parents} parent WHERE parent.${quote(this.key)} = ${value})`;
  }

  private remedies(): readonly (readonly [string, Remedy])[] {
    if (this.table.kind === 'join') {
      return [['nullify', { column: null, operations: () => [new DropPairs(this.table), this] }]];
    }
    const column = columnOf(this.table, this.column);
    const replace = (value: string | null) => [
      new ReplaceValues(this.table, column, (found, tables) => this.isMissing(found, tables), value),
      this,
    ];
    return [
      ...(column.nullable ? [['nullify', { column: null, operations: () => replace(null) }] as const] : []),
      ...(this.from === undefined ? [['default', { column: column.id, operations: replace }] as const] : []),
    ];
  }

  private missing(count: number, label: string): string {
    return (
      `${counted(count, 'value')} of "${label}" ${count === 1 ? 'refers' : 'refer'} to no record of ` +
      `${this.constraint.references.label}. Empty or correct ${count === 1 ? 'it' : 'them'} first.`
    );
  }

  private moved(count: number, label: string): string {
    return (
      `${counted(count, 'value')} of "${label}" ${count === 1 ? 'refers' : 'refer'} to ${this.from?.references.label}, ` +
      `which means nothing in ${this.constraint.references.label}. Empty ${count === 1 ? 'it' : 'them'} first.`
    );
  }

  private get key(): string {
    return this.constraint.references.column ?? 'id';
  }

  private get column(): string {
    return this.constraint.columns[0] ?? '';
  }
}
