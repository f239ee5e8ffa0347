import { quote, quoteTable } from '../../definition/sql.js';
import { type TablesAhead, withRows } from '../rows-ahead.js';
import { SchemaOperation, type TableLock } from '../schema-operation.js';
import type { ColumnState, SchemaState, TableState } from '../schema-state.js';
import { columnLabels } from './column-sql.js';
import { arePresent, isRepeated } from './duplicates.js';

/** Empties a column in all but the oldest of the rows that agree in some columns. Only done when asked for by name. */
export class EmptyDuplicates extends SchemaOperation {
  static readonly kind = 'empty_duplicates';
  readonly kind = EmptyDuplicates.kind;
  override readonly destructive = true;
  override readonly lock: TableLock = 'ROW EXCLUSIVE';
  override readonly rewrites = 'rewrites';

  constructor(
    readonly table: TableState,
    readonly columns: readonly string[],
    readonly column: ColumnState,
  ) {
    super();
  }

  describe(): string {
    const repeated = columnLabels(this.table, this.columns);
    return `Empty column ${this.column.name} of ${this.table.name} where an older record has the same ${repeated}`;
  }

  toSql() {
    const condition = isRepeated(this.table, this.columns, 'ASC');
    return [{ text: `UPDATE ${quoteTable(this.table)} r SET ${quote(this.column.name)} = NULL WHERE ${condition}` }];
  }

  apply(state: SchemaState): SchemaState {
    return state;
  }

  override look(tables: TablesAhead): TablesAhead {
    return withRows(tables, this.table.id, (rows) => {
      const numbered = rows.numbered(this.columns, 'ASC', 'number');
      const value = numbered.value(this.column.id);
      const isRepetition = `${numbered.value('number')} > 1 AND ${arePresent(this.columns, numbered)}`;
      return numbered.with(this.column.id, `CASE WHEN ${isRepetition} THEN NULL ELSE ${value} END`);
    });
  }

  inverse(): null {
    return null;
  }
}
