import { quote, quoteTable } from '../../definition/sql.js';
import type { SchemaDiff } from '../schema-diff.js';
import { type Phase, type Precondition, SchemaOperation } from '../schema-operation.js';
import { columnOf, type KeyConstraint, type SchemaState, type TableState, withTable } from '../schema-state.js';
import { columnLabels, columnList } from './column-sql.js';
import { DropConstraint } from './drop-constraint.operation.js';

/** Makes the values of one or several columns unique; stopped by values that occur more than once. */
export class AddUnique extends SchemaOperation {
  static readonly kind = 'add_unique';
  static readonly phase: Phase = 'enforce';
  readonly kind = AddUnique.kind;
  override readonly rewrites = 'scans';

  constructor(
    readonly table: TableState,
    readonly constraint: KeyConstraint,
  ) {
    super();
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

  override precondition(): Precondition {
    const columns = columnList(this.table, this.constraint.columns);
    const labelled = this.constraint.columns
      .map((id) => columnOf(this.table, id))
      .map(({ name, label }) => `${quote(name)} AS ${quote(label)}`);
    const present = this.constraint.columns.map((id) => `${quote(columnOf(this.table, id).name)} IS NOT NULL`);
    const labels = columnLabels(this.table, this.constraint.columns);
    return {
      statement: {
        text:
          `WITH duplicate AS (SELECT ${labelled.join(', ')}, count(*)::int AS "records" FROM ${quoteTable(this.table)} ` +
          `WHERE ${present.join(' AND ')} GROUP BY ${columns} HAVING count(*) > 1) ` +
          `SELECT (SELECT count(*)::int FROM duplicate) AS count, ` +
          `(SELECT coalesce(json_agg(sample), '[]') FROM (SELECT * FROM duplicate LIMIT 5) sample) AS samples`,
      },
      code: 'duplicate_values',
      path: labels,
      message: (count) =>
        `${count === 1 ? '1 value' : `${count} values`} of "${labels}" ${count === 1 ? 'occurs' : 'occur'} more than once. ` +
        'Make them different first, then make the field unique.',
    };
  }
}
