/** Tables as they are or should be: plain values, matched by id, comparable without a database. */
export interface SchemaState {
  readonly tables: ReadonlyMap<string, TableState>;
}

export interface TableState {
  /** Id of the model, or of the many_to_many field that owns a join table. */
  readonly id: string;
  readonly kind: 'model' | 'join';
  /** What people call it: `music.Track`, or `music.Playlist.tracks`. */
  readonly label: string;
  readonly schema: string;
  readonly name: string;
  readonly columns: readonly ColumnState[];
  readonly constraints: readonly ConstraintState[];
  readonly indexes: readonly IndexState[];
}

export interface ColumnState {
  /** Id of the field; `id`, `source` and `target` for columns that belong to no field. */
  readonly id: string;
  /** Name of the field, for sentences and error paths. */
  readonly label: string;
  readonly name: string;
  /** Exactly as PostgreSQL prints it: `character varying(255)`. */
  readonly sqlType: string;
  readonly nullable: boolean;
  /** An SQL expression, or null for none. */
  readonly default: string | null;
  readonly identity: boolean;
  /** SQL of a value as people see it. Left out: the value itself. */
  show?(value: string): string;
}

export type ConstraintState = KeyConstraint | ForeignKeyConstraint | CheckConstraint;

export interface KeyConstraint {
  readonly kind: 'primary_key' | 'unique';
  readonly name: string;
  /** Ids of columns, in order. */
  readonly columns: readonly string[];
}

export interface ForeignKeyConstraint {
  readonly kind: 'foreign_key';
  readonly name: string;
  readonly columns: readonly string[];
  readonly references: TableReference;
  readonly onDelete: 'RESTRICT' | 'CASCADE' | 'SET NULL';
}

/** What the values of one column must meet. Null meets everything. */
export interface CheckConstraint {
  readonly kind: 'check';
  /** Made from the column and the condition, so that another condition is another constraint. */
  readonly name: string;
  readonly columns: readonly [string];
  /** The SQL of the condition in the parts between which the column goes: `['', ' >= 0']`. */
  readonly condition: readonly string[];
  /** The same in words, to follow «must be». */
  readonly expects: string;
}

/** The table a foreign key points to. */
export interface TableReference {
  readonly tableId: string;
  readonly label: string;
  readonly schema: string;
  readonly name: string;
  /** The column there. Left out: `id`, as in every table of a model. */
  readonly column?: string;
}

export interface IndexState {
  readonly name: string;
  readonly columns: readonly string[];
}

export const schemaState = (tables: readonly TableState[]): SchemaState => ({
  tables: new Map(tables.map((table) => [table.id, table])),
});

/** The column with this id. @throws Error when the table has none, which would be a mistake in Dynamo. */
export const columnOf = (table: TableState, id: string): ColumnState => {
  const column = table.columns.find((candidate) => candidate.id === id);
  if (column === undefined) throw new Error(`Table ${table.name} has no column with id ${id}.`);
  return column;
};

/** `state` with one table replaced by what `change` makes of it. */
export const withTable = (state: SchemaState, id: string, change: (table: TableState) => TableState): SchemaState => {
  const table = state.tables.get(id);
  return table === undefined ? state : { tables: new Map(state.tables).set(id, change(table)) };
};

/** `state` with one column replaced by what `change` makes of it. */
export const withColumn = (
  state: SchemaState,
  tableId: string,
  columnId: string,
  change: (column: ColumnState) => ColumnState,
): SchemaState =>
  withTable(state, tableId, (table) => ({
    ...table,
    columns: table.columns.map((column) => (column.id === columnId ? change(column) : column)),
  }));
