import { quote, quoteTable } from '../../definition/sql.js';
import type { SchemaDiff } from '../schema-diff.js';
import { type Phase, SchemaOperation } from '../schema-operation.js';
import { type ConstraintState, type SchemaState, type TableState, withTable } from '../schema-state.js';
import { AddCheck } from './add-check.operation.js';
import { AddForeignKey } from './add-foreign-key.operation.js';
import { AddUnique } from './add-unique.operation.js';
import { columnList } from './column-sql.js';

/** Lifts a unique, check or foreign key constraint. */
export class DropConstraint extends SchemaOperation {
  static readonly kind = 'drop_constraint';
  static readonly phase: Phase = 'relax';
  readonly kind = DropConstraint.kind;

  constructor(
    readonly table: TableState,
    readonly constraint: ConstraintState,
  ) {
    super();
  }

  static detect({ droppedConstraints, droppedTables }: SchemaDiff): readonly SchemaOperation[] {
    // A dropped table takes its own keys along; foreign keys go first, so that tables in a cycle can be dropped at all.
    return droppedConstraints
      .filter(({ table, item }) => item.kind === 'foreign_key' || !droppedTables.includes(table))
      .map(({ table, item }) => new DropConstraint(table, item));
  }

  describe(): string {
    const columns = columnList(this.table, this.constraint.columns);
    if (this.constraint.kind === 'check') {
      return `No longer allow in ${columns} of ${this.table.name} only ${this.constraint.expects}`;
    }
    return this.constraint.kind === 'foreign_key'
      ? `No longer make ${columns} of ${this.table.name} refer to ${this.constraint.references.label}`
      : `Allow the same value of ${columns} of ${this.table.name} more than once`;
  }

  toSql() {
    return [{ text: `ALTER TABLE ${quoteTable(this.table)} DROP CONSTRAINT ${quote(this.constraint.name)}` }];
  }

  apply(state: SchemaState): SchemaState {
    return withTable(state, this.table.id, (table) => ({
      ...table,
      constraints: table.constraints.filter(({ name }) => name !== this.constraint.name),
    }));
  }

  inverse(): SchemaOperation | null {
    if (this.constraint.kind === 'check') return new AddCheck(this.table, this.constraint);
    if (this.constraint.kind === 'foreign_key') return new AddForeignKey(this.table, this.constraint);
    return this.constraint.kind === 'unique' ? new AddUnique(this.table, this.constraint) : null;
  }
}
