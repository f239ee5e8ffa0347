import { quote, quoteTable } from '../../definition/sql.js';
import type { SchemaDiff } from '../schema-diff.js';
import { type Phase, SchemaOperation } from '../schema-operation.js';
import { type SchemaState, schemaState, type TableState } from '../schema-state.js';

/** Renames a table; rows, constraints and foreign keys of other tables stay as they are. */
export class RenameTable extends SchemaOperation {
  static readonly kind = 'rename_table';
  static readonly phase: Phase = 'rename';
  readonly kind = RenameTable.kind;

  constructor(
    readonly table: TableState,
    readonly to: string,
  ) {
    super();
  }

  static detect({ keptTables }: SchemaDiff): readonly SchemaOperation[] {
    return keptTables
      .filter(({ before, after }) => before.name !== after.name)
      .map(({ before, after }) => new RenameTable(before, after.name));
  }

  describe(): string {
    return `Rename table ${this.table.name} to ${this.to}`;
  }

  toSql() {
    return [{ text: `ALTER TABLE ${quoteTable(this.table)} RENAME TO ${quote(this.to)}` }];
  }

  apply(state: SchemaState): SchemaState {
    const tables = [...state.tables.values()].map((table) => this.renamedIn(table));
    return schemaState(tables);
  }

  inverse(): SchemaOperation {
    return new RenameTable({ ...this.table, name: this.to }, this.table.name);
  }

  /** The table itself, or one whose foreign keys lead to it. */
  private renamedIn(table: TableState): TableState {
    const constraints = table.constraints.map((constraint) =>
      constraint.kind === 'foreign_key' && constraint.references.tableId === this.table.id
        ? { ...constraint, references: { ...constraint.references, name: this.to } }
        : constraint,
    );
    return { ...table, constraints, name: table.id === this.table.id ? this.to : table.name };
  }
}
