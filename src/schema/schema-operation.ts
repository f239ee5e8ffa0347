import type { Ground, PreparedOperation } from './preparation/preparation.js';
import type { SchemaDiff } from './schema-diff.js';
import type { TablesAhead } from './rows-ahead.js';
import type { ColumnState, SchemaState, TableState } from './schema-state.js';

/** The order in which operations run, so that each finds what it needs: room first, promises last. */
export const PHASES = ['relax', 'drop', 'rename', 'create', 'alter', 'enforce'] as const;
export type Phase = (typeof PHASES)[number];

export interface SqlStatement {
  readonly text: string;
  readonly values?: readonly unknown[];
}

/** Something that may be done, if it is asked for by name, about rows that stand in the way. */
export interface Remedy {
  /** The column whose values the given value must be one of; null when the remedy takes no value. */
  readonly column: string | null;
  /** Deletes records, which is not offered where others may refer to them. */
  readonly deletes?: boolean;
  /** What then runs instead of the operation that asked. @param value SQL expression, null for no value */
  operations(value: string | null): readonly SchemaOperation[];
}

/** A question to the rows before anything runs; a count above zero stops the change. */
export interface Precondition {
  /** Selects one row: `count` and `samples` (a JSON array of at most five). */
  readonly statement: SqlStatement;
  readonly code: string;
  /** Name of the field, or of the fields joined by a comma. */
  readonly path: string;
  message(count: number): string;
  /** By the name of the action, such as `backfill`. */
  readonly remedies: ReadonlyMap<string, Remedy>;
}

/** PostgreSQL's lock on the table while the operation runs. */
export type TableLock = 'none' | 'ROW EXCLUSIVE' | 'SHARE' | 'SHARE ROW EXCLUSIVE' | 'ACCESS EXCLUSIVE';

/** What an operation makes of every value of a column, so that another column can take its place with those values. */
export interface Recast {
  readonly column: ColumnState;
  /** Type of the column afterwards. */
  readonly sqlType: string;
  /** SQL of what becomes of a value. */
  value(value: string, tables: TablesAhead): string;
  /** SQL condition without which a value must not be lost. Left out: every value has something that becomes of it. */
  accepts?(value: string): string;
}

/** One step of a plan: what it says, the SQL it runs, what it does to a state, and how to undo it. */
export abstract class SchemaOperation {
  abstract readonly kind: string;
  /** The table as it is when the operation runs. */
  abstract readonly table: TableState;
  /** Loses data. */
  readonly destructive: boolean = false;
  /** Loses what nobody asks to lose by name: values that are rounded or left out on their way. Always to be agreed to. */
  readonly losesUnasked: boolean = false;
  readonly lock: TableLock = 'ACCESS EXCLUSIVE';
  /** Rewrites or scans the table, so its time grows with the number of rows. */
  readonly rewrites: 'nothing' | 'scans' | 'rewrites' = 'nothing';
  /** PostgreSQL itself would not notice a row that came between the question and the operation. */
  readonly asksAgain: boolean = false;

  /** Id of the model or field that it is about. */
  get subject(): string {
    return this.table.id;
  }
  /** Id of the column in which it puts values of its own; they may repeat what must be unique. */
  readonly fills: string | undefined = undefined;
  /** A sentence for people, without the full stop. */
  abstract describe(): string;
  abstract toSql(): readonly SqlStatement[];
  /** The same effect on a state in memory. */
  abstract apply(state: SchemaState): SchemaState;
  /** The operation that undoes this one, or null where data would be lost. */
  abstract inverse(): SchemaOperation | null;
  /** The same effect on rows that are only looked at. */
  look(tables: TablesAhead): TablesAhead {
    return tables;
  }
  /** Left out: the operation cannot fail because of the rows. */
  precondition?(tables: TablesAhead): Precondition | undefined;

  /** Ids of the columns whose values it reads. */
  readonly reads: readonly string[] = [];
  /** The column that it adds. */
  readonly adds: ColumnState | undefined = undefined;
  /** What it does to values, where that is all it does. */
  readonly recast: Recast | undefined = undefined;
  /** How it is got ready where there are many rows. Left out: it is not, and holds up others for as long as it takes. */
  prepared?(ground: Ground): PreparedOperation | undefined;
}

/** The static side of an operation's class: where it finds work in a diff. */
export interface OperationType {
  readonly kind: string;
  readonly phase: Phase;
  detect(diff: SchemaDiff): readonly SchemaOperation[];
}
