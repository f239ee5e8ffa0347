import { quote, quoteTable } from '../../definition/sql.js';
import type { SchemaDiff } from '../schema-diff.js';
import { type Phase, type Precondition, SchemaOperation, type TableLock } from '../schema-operation.js';
import { columnOf, type ForeignKeyConstraint, type SchemaState, type TableState, withTable } from '../schema-state.js';
import { columnLabels, columnList } from './column-sql.js';
import { DropConstraint } from './drop-constraint.operation.js';

/** Makes a column point to existing records only; stopped by values that point nowhere. */
export class AddForeignKey extends SchemaOperation {
  static readonly kind = 'add_foreign_key';
  static readonly phase: Phase = 'enforce';
  readonly kind = AddForeignKey.kind;
  override readonly lock: TableLock = 'SHARE ROW EXCLUSIVE';
  override readonly rewrites = 'scans';

  constructor(
    readonly table: TableState,
    readonly constraint: ForeignKeyConstraint,
  ) {
    super();
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

  override precondition(): Precondition {
    const { references } = this.constraint;
    const column = `child.${quote(columnOf(this.table, this.constraint.columns[0] ?? '').name)}`;
    const label = columnLabels(this.table, this.constraint.columns);
    const dangling =
      `${quoteTable(this.table)} child WHERE ${column} IS NOT NULL AND NOT EXISTS ` +
      `(SELECT FROM ${quoteTable(references)} parent WHERE parent.${quote(references.column ?? 'id')} = ${column})`;
    return {
      statement: {
        text:
          `SELECT (SELECT count(*)::int FROM ${dangling}) AS count, (SELECT coalesce(json_agg(sample), '[]') ` +
          `FROM (SELECT ${column} AS ${quote(label)} FROM ${dangling} LIMIT 5) sample) AS samples`,
      },
      code: 'related_record_missing',
      path: label,
      message: (count) =>
        `${count} ${count === 1 ? 'value' : 'values'} of "${label}" ${count === 1 ? 'refers' : 'refer'} to no record of ` +
        `${this.constraint.references.label}. Empty or correct ${count === 1 ? 'it' : 'them'} first.`,
    };
  }
}
