import { quoteTable } from '../../definition/sql.js';
import { type TablesAhead, withRows } from '../rows-ahead.js';
import { SchemaOperation, type TableLock } from '../schema-operation.js';
import type { SchemaState, TableState } from '../schema-state.js';
import { columnLabels } from './column-sql.js';
import { arePresent, isRepeated } from './duplicates.js';

/** Deletes all but one of the rows that agree in some columns. Only done when asked for by name. */
export class DropDuplicates extends SchemaOperation {
  static readonly kind = 'drop_duplicates';
  readonly kind = DropDuplicates.kind;
  override readonly destructive = true;
  override readonly lock: TableLock = 'ROW EXCLUSIVE';
  override readonly rewrites = 'rewrites';

  constructor(
    readonly table: TableState,
    readonly columns: readonly string[],
    readonly kept: 'latest' | 'oldest',
  ) {
    super();
  }

  describe(): string {
    return `Delete the records of ${this.table.label} that repeat ${columnLabels(this.table, this.columns)}, except the ${this.kept} of each, with what is deleted along with them`;
  }

  toSql() {
    return [
      { text: `DELETE FROM ${quoteTable(this.table)} r WHERE ${isRepeated(this.table, this.columns, this.order)}` },
    ];
  }

  apply(state: SchemaState): SchemaState {
    return state;
  }

  override look(tables: TablesAhead): TablesAhead {
    return withRows(tables, this.table.id, (rows) => {
      const numbered = rows.numbered(this.columns, this.order, 'number');
      return numbered.where(`${numbered.value('number')} = 1 OR NOT (${arePresent(this.columns, numbered)})`);
    });
  }

  inverse(): null {
    return null;
  }

  private get order(): 'ASC' | 'DESC' {
    return this.kept === 'oldest' ? 'ASC' : 'DESC';
  }
}
