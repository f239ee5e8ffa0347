import type { ColumnState, ConstraintState, IndexState, SchemaState, TableState } from './schema-state.js';

export interface Change<T> {
  readonly before: T;
  readonly after: T;
}
/** Something that belongs to a table; `table` is the one it is in before (dropped) or after (added). */
export interface OfTable<T> {
  readonly table: TableState;
  readonly item: T;
}
export interface ColumnChange extends Change<ColumnState> {
  readonly table: Change<TableState>;
}

/** Two states compared by id: what is new, what is gone, what stays and may differ. */
export interface SchemaDiff {
  readonly addedTables: readonly TableState[];
  readonly droppedTables: readonly TableState[];
  readonly keptTables: readonly Change<TableState>[];
  /** Of kept tables only, like everything about columns here. */
  readonly addedColumns: readonly OfTable<ColumnState>[];
  readonly droppedColumns: readonly OfTable<ColumnState>[];
  readonly keptColumns: readonly ColumnChange[];
  /** Of added tables too. */
  readonly addedConstraints: readonly OfTable<ConstraintState>[];
  /** Of dropped tables too. */
  readonly droppedConstraints: readonly OfTable<ConstraintState>[];
  readonly addedIndexes: readonly OfTable<IndexState>[];
  readonly droppedIndexes: readonly OfTable<IndexState>[];
}

const constraintKey = (constraint: ConstraintState): string =>
  constraint.kind === 'foreign_key'
    ? JSON.stringify([constraint.name, constraint.columns, constraint.references.tableId, constraint.onDelete])
    : JSON.stringify([constraint.name, constraint.kind, constraint.columns]);
const indexKey = (index: IndexState): string => JSON.stringify([index.name, index.columns]);
const columnKey = (column: ColumnState): string => column.id;

/** Items of `left` that have no equal in `right`. */
const without = <T>(left: readonly T[], right: readonly T[], key: (item: T) => string): readonly T[] => {
  const keys = new Set(right.map(key));
  return left.filter((item) => !keys.has(key(item)));
};
const ofTable = <T>(table: TableState, items: readonly T[]): readonly OfTable<T>[] =>
  items.map((item) => ({ table, item }));

export const diffSchemas = (before: SchemaState, after: SchemaState): SchemaDiff => {
  const addedTables = [...after.tables.values()].filter(({ id }) => !before.tables.has(id));
  const droppedTables = [...before.tables.values()].filter(({ id }) => !after.tables.has(id));
  const keptTables = [...after.tables.values()].flatMap((table) => {
    const old = before.tables.get(table.id);
    return old === undefined ? [] : [{ before: old, after: table }];
  });
  /** In `after` but not in `before`, for every kept table. */
  const added = <T>(list: (table: TableState) => readonly T[], key: (item: T) => string) =>
    keptTables.flatMap((table) => ofTable(table.after, without(list(table.after), list(table.before), key)));
  const dropped = <T>(list: (table: TableState) => readonly T[], key: (item: T) => string) =>
    keptTables.flatMap((table) => ofTable(table.before, without(list(table.before), list(table.after), key)));
  const constraints = (table: TableState) => table.constraints;
  const indexes = (table: TableState) => table.indexes;
  const columns = (table: TableState) => table.columns;

  return {
    addedTables,
    droppedTables,
    keptTables,
    addedColumns: added(columns, columnKey),
    droppedColumns: dropped(columns, columnKey),
    keptColumns: keptTables.flatMap((table) =>
      table.after.columns.flatMap((column) => {
        const old = table.before.columns.find(({ id }) => id === column.id);
        return old === undefined ? [] : [{ table, before: old, after: column }];
      }),
    ),
    addedConstraints: [
      ...addedTables.flatMap((table) => ofTable(table, table.constraints)),
      ...added(constraints, constraintKey),
    ],
    droppedConstraints: [
      ...droppedTables.flatMap((table) => ofTable(table, table.constraints)),
      ...dropped(constraints, constraintKey),
    ],
    addedIndexes: [...addedTables.flatMap((table) => ofTable(table, table.indexes)), ...added(indexes, indexKey)],
    droppedIndexes: dropped(indexes, indexKey),
  };
};
