import { type Conversion, isIdentity } from './conversion.js';
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
  /** What becomes of the values, when the field changed its type or options. */
  readonly conversion: Conversion | undefined;
  /** The column itself must change for it. */
  readonly isRetyped: boolean;
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

/** Columns of join tables share their ids, those of models do not. */
export const conversionKey = ({ id, kind }: Pick<TableState, 'id' | 'kind'>, columnId: string): string =>
  kind === 'join' ? `${id}:${columnId}` : columnId;

/** By {@link conversionKey}: what becomes of the values of a column. */
export type Conversions = ReadonlyMap<string, Conversion>;

const constraintKey = (constraint: ConstraintState): string =>
  constraint.kind === 'foreign_key'
    ? JSON.stringify([constraint.name, constraint.columns, constraint.references.tableId, constraint.onDelete])
    : JSON.stringify([constraint.name, constraint.kind, constraint.columns]);

/** Whether a constraint must let go of its columns and take hold of them again, because other values come into them. */
const isInTheWay = (constraint: ConstraintState, changes: readonly ColumnChange[]): boolean =>
  constraint.kind !== 'primary_key' &&
  constraint.columns.some((columnId) => {
    const change = changes.find(({ after }) => after.id === columnId);
    if (change?.conversion === undefined) return false;
    // PostgreSQL would read the text of a check anew, with operators of the old type.
    return constraint.kind === 'check' ? change.isRetyped : !isIdentity(change.conversion);
  });
const indexKey = (index: IndexState): string => JSON.stringify([index.name, index.columns]);
const columnKey = (column: ColumnState): string => column.id;

/** Items of `left` that have no equal in `right`. */
const without = <T>(left: readonly T[], right: readonly T[], key: (item: T) => string): readonly T[] => {
  const keys = new Set(right.map(key));
  return left.filter((item) => !keys.has(key(item)));
};
const ofTable = <T>(table: TableState, items: readonly T[]): readonly OfTable<T>[] =>
  items.map((item) => ({ table, item }));

/** @param conversions of columns whose fields changed their type or options */
export const diffSchemas = (
  before: SchemaState,
  after: SchemaState,
  conversions: Conversions = new Map(),
): SchemaDiff => {
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
  const indexes = (table: TableState) => table.indexes;
  const columns = (table: TableState) => table.columns;
  const keptColumns = keptTables.flatMap((table) => columnChanges(table, conversions));
  /** In `list` but not in `others`, or not to be left in place. */
  const moved = (table: TableState, list: readonly ConstraintState[], others: readonly ConstraintState[]) => {
    const gone = new Set(without(list, others, constraintKey));
    const changes = keptColumns.filter(({ table: { after: owner } }) => owner.id === table.id);
    return ofTable(
      table,
      list.filter((item) => gone.has(item) || isInTheWay(item, changes)),
    );
  };

  return {
    addedTables,
    droppedTables,
    keptTables,
    addedColumns: added(columns, columnKey),
    droppedColumns: dropped(columns, columnKey),
    keptColumns,
    addedConstraints: [
      ...addedTables.flatMap((table) => ofTable(table, table.constraints)),
      ...keptTables.flatMap((table) => moved(table.after, table.after.constraints, table.before.constraints)),
    ],
    droppedConstraints: [
      ...droppedTables.flatMap((table) => ofTable(table, table.constraints)),
      ...keptTables.flatMap((table) => moved(table.before, table.before.constraints, table.after.constraints)),
    ],
    addedIndexes: [...addedTables.flatMap((table) => ofTable(table, table.indexes)), ...added(indexes, indexKey)],
    droppedIndexes: dropped(indexes, indexKey),
  };
};

const columnChanges = (table: Change<TableState>, conversions: Conversions): readonly ColumnChange[] =>
  table.after.columns.flatMap((after) => {
    const before = table.before.columns.find(({ id }) => id === after.id);
    if (before === undefined) return [];
    const conversion = conversions.get(conversionKey(table.after, after.id));
    const isRetyped = before.sqlType !== after.sqlType || (conversion !== undefined && !isIdentity(conversion));
    return [{ table, before, after, conversion, isRetyped }];
  });
