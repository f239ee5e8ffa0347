import { quote, quoteTable } from '../../definition/sql.js';
import type { TablesAhead } from '../rows-ahead.js';
import type { SchemaDiff } from '../schema-diff.js';
import { type Phase, SchemaOperation } from '../schema-operation.js';
import { type ColumnState, type SchemaState, type TableState, withTable } from '../schema-state.js';
import { rowsOf } from './column-sql.js';

/** Turns a relation to one into a relation to many: each value becomes a pair, then the column goes. */
export class MoveToJoinTable extends SchemaOperation {
  static readonly kind = 'move_to_join_table';
  static readonly phase: Phase = 'alter';
  readonly kind = MoveToJoinTable.kind;
  override readonly rewrites = 'scans';

  constructor(
    readonly table: TableState,
    readonly column: ColumnState,
    readonly joinTable: TableState,
  ) {
    super();
  }

  static detect({ droppedColumns, addedTables, keptTables }: SchemaDiff): readonly SchemaOperation[] {
    return droppedColumns.flatMap(({ table, item }) => {
      const joinTable = addedTables.find(({ id }) => id === item.id);
      const kept = keptTables.find(({ after }) => after.id === table.id);
      return joinTable === undefined ? [] : [new MoveToJoinTable(kept?.after ?? table, item, joinTable)];
    });
  }

  describe(): string {
    return `Move the values of column ${this.column.name} of ${this.table.name} to join table ${this.joinTable.name}`;
  }

  toSql() {
    const [table, column] = [quoteTable(this.table), quote(this.column.name)];
    return [
      {
        text:
          `INSERT INTO ${quoteTable(this.joinTable)} ("source_id", "target_id") ` +
          `SELECT "id", ${column} FROM ${table} WHERE ${column} IS NOT NULL`,
      },
      { text: `ALTER TABLE ${table} DROP COLUMN ${column}` },
    ];
  }

  apply(state: SchemaState): SchemaState {
    return withTable(state, this.table.id, (table) => ({
      ...table,
      columns: table.columns.filter(({ id }) => id !== this.column.id),
    }));
  }

  override look(tables: TablesAhead): TablesAhead {
    const rows = rowsOf(tables, this.table);
    const value = rows.value(this.column.id);
    const pairs = new Map([
      ['source', rows.value('id')],
      ['target', value],
    ]);
    return new Map(tables).set(this.joinTable.id, rows.derived(pairs, `${value} IS NOT NULL`));
  }

  inverse(): null {
    return null;
  }
}
