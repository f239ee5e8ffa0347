import { quote, quoteTable } from '../../definition/sql.js';
import { type Ground, type PreparedOperation } from '../preparation/preparation.js';
import { preparedConstraint } from '../preparation/prepared-constraint.js';
import type { TablesAhead } from '../rows-ahead.js';
import type { SchemaDiff } from '../schema-diff.js';
import { type Phase, type Precondition, type Remedy, SchemaOperation, type TableLock } from '../schema-operation.js';
import { columnOf, type ForeignKeyConstraint, type SchemaState, type TableState, withTable } from '../schema-state.js';
import { columnList, counted, rowsOf, shown } from './column-sql.js';
import { DropConstraint } from './drop-constraint.operation.js';
import { DropPairs } from './drop-pairs.operation.js';
import { ReplaceValues } from './replace-values.operation.js';

/** Makes a column point to existing records only; stopped by values that point nowhere. */
export class AddForeignKey extends SchemaOperation {
  static readonly kind = 'add_foreign_key';
  static readonly phase: Phase = 'enforce';
  readonly kind = AddForeignKey.kind;
  override readonly lock: TableLock = 'SHARE ROW EXCLUSIVE';
  override readonly rewrites = 'scans';
  override readonly reads: readonly string[];

  constructor(
    readonly table: TableState,
    readonly constraint: ForeignKeyConstraint,
  ) {
    super();
    this.reads = constraint.columns;
  }

  static detect({ addedConstraints }: SchemaDiff): readonly SchemaOperation[] {
    return addedConstraints.flatMap(({ table, item }) =>
      item.kind === 'foreign_key' ? [new AddForeignKey(table, item)] : [],
    );
  }

  describe(): string {
    const { references, onDelete } = this.constraint;
    const columns = columnList(this.table, this.constraint.columns);
    return `Make ${columns} of ${this.table.name} refer to ${references.label} (on delete ${onDelete.toLowerCase()})`;
  }

  toSql() {
    const { name, references } = this.constraint;
    const condition = this.condition(columnList(this.table, this.constraint.columns), quoteTable(references));
    return [{ text: `ALTER TABLE ${quoteTable(this.table)} ADD CONSTRAINT ${quote(name)} ${condition}` }];
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

  override prepared(ground: Ground): PreparedOperation | undefined {
    const { name, references, columns } = this.constraint;
    const parents = ground.reference(references);
    if (parents === undefined) return undefined;
    const condition = this.condition(ground.columns(this.table, columns), parents);
    return preparedConstraint(ground, this.table, name, condition, (prepared) => [
      { text: `ALTER TABLE ${quoteTable(this.table)} RENAME CONSTRAINT ${quote(prepared)} TO ${quote(name)}` },
    ]);
  }

  override precondition(tables: TablesAhead): Precondition {
    const { columns } = this.constraint;
    const rows = rowsOf(tables, this.table, this.reads);
    const label = columnOf(this.table, this.column).label;
    return {
      statement: rows.count(this.isMissing(rows.value(this.column), tables), shown(this.table, columns, rows)),
      code: 'related_record_missing',
      path: label,
      message: (count) =>
        `${counted(count, 'value')} of "${label}" ${count === 1 ? 'refers' : 'refer'} to no record of ` +
        `${this.constraint.references.label}. Empty or correct ${count === 1 ? 'it' : 'them'} first.`,
      remedies: new Map(this.remedies()),
    };
  }

  /** Whether a value points to nothing that is there. */
  private isMissing(value: string, tables?: TablesAhead): string {
    const isPresent = `${value} IS NOT NULL`;
    const { references } = this.constraint;
    // The other table may get its new name only while the plan runs.
    const ahead = tables?.get(references.tableId);
    const parents = ahead === undefined ? quoteTable(references) : ahead.table;
    if (parents === null) return isPresent;
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
      ['default', { column: column.id, operations: replace }],
    ];
  }

  private condition(columns: string, parents: string): string {
    return `FOREIGN KEY (${columns}) REFERENCES ${parents} (${quote(this.key)}) ON DELETE ${this.constraint.onDelete}`;
  }

  private get key(): string {
    return this.constraint.references.column ?? 'id';
  }

  private get column(): string {
    return this.constraint.columns[0] ?? '';
  }
}
