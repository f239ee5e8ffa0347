import { quoteTable } from '../../definition/sql.js';
import { RowsAhead, type TablesAhead, withRows } from '../rows-ahead.js';
import { SchemaOperation, type TableLock } from '../schema-operation.js';
import type { SchemaState, TableState } from '../schema-state.js';

/** Empties a join table. Only done when asked for by name. */
export class DropPairs extends SchemaOperation {
  static readonly kind = 'drop_pairs';
  readonly kind = DropPairs.kind;
  override readonly destructive = true;
  override readonly lock: TableLock = 'ROW EXCLUSIVE';
  override readonly rewrites = 'rewrites';

  constructor(readonly table: TableState) {
    super();
  }

  describe(): string {
    return `Delete all pairs of ${this.table.label}`;
  }

  toSql() {
    return [{ text: `DELETE FROM ${quoteTable(this.table)}` }];
  }

  apply(state: SchemaState): SchemaState {
    return state;
  }

  override look(tables: TablesAhead): TablesAhead {
    return withRows(tables, this.table.id, () => RowsAhead.ofNew(this.table));
  }

  inverse(): null {
    return null;
  }
}
