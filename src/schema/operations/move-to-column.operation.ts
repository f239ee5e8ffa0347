import { quote, quoteTable } from '../../definition/sql.js';
import { type TablesAhead, withRows } from '../rows-ahead.js';
import type { SchemaDiff } from '../schema-diff.js';
import { type Phase, SchemaOperation, type TableLock } from '../schema-operation.js';
import type { ColumnState, SchemaState, TableState } from '../schema-state.js';

/** Turns a relation to many into a relation to one: of several pairs the one with the smallest id stays. */
export class MoveToColumn extends SchemaOperation {
  static readonly kind = 'move_to_column';
  static readonly phase: Phase = 'alter';
  readonly kind = MoveToColumn.kind;
  override readonly destructive = true;
  override readonly losesUnasked = true;
  override readonly lock: TableLock = 'ROW EXCLUSIVE';
  override readonly rewrites = 'rewrites';
  override readonly fills: string;

  constructor(
    readonly table: TableState,
    readonly column: ColumnState,
    readonly joinTable: TableState,
  ) {
    super();
    this.fills = column.id;
  }

  static detect({ addedColumns, droppedTables }: SchemaDiff): readonly SchemaOperation[] {
    return addedColumns.flatMap(({ table, item }) => {
      const joinTable = droppedTables.find(({ id }) => id === item.id);
      return joinTable === undefined ? [] : [new MoveToColumn(table, item, joinTable)];
    });
  }

  describe(): string {
    return (
      `Move the pairs of join table ${this.joinTable.name} to column ${this.column.name} of ${this.table.name}, ` +
      'which loses all but the first of each record'
    );
  }

  toSql() {
    const [table, joinTable] = [quoteTable(this.table), quoteTable(this.joinTable)];
    const first = this.first(joinTable, `${table}."id"`);
    return [{ text: `UPDATE ${table} SET ${quote(this.column.name)} = ${first}` }, { text: `DROP TABLE ${joinTable}` }];
  }

  apply(state: SchemaState): SchemaState {
    const tables = new Map(state.tables);
    tables.delete(this.joinTable.id);
    return { tables };
  }

  override look(tables: TablesAhead): TablesAhead {
    const joinTable = tables.get(this.joinTable.id)?.table ?? quoteTable(this.joinTable);
    return withRows(tables, this.table.id, (rows) =>
      rows.with(this.column.id, this.first(joinTable, rows.value('id'))),
    );
  }

  inverse(): null {
    return null;
  }

  private first(joinTable: string, id: string): string {
    return `(SELECT j."target_id" FROM ${joinTable} j WHERE j."source_id" = ${id} ORDER BY j."target_id" LIMIT 1)`;
  }
}
