import { quote, quoteTable } from '../../definition/sql.js';
import type { SqlStatement } from '../schema-operation.js';
import { columnOf, type TableReference, type TableState } from '../schema-state.js';

/** What names begin with that belong to a change on its way. No field, model or constraint of a definition is called so. */
const PREFIX = 'dynamo$';

/** The name under which something is got ready that will have another one. */
export const preparedName = (name: string): string => `${PREFIX}${name}`;

/** Whether something in the catalogue belongs to a change on its way, and not to a definition. */
export const isPreparedName = (name: string): boolean => name.startsWith(PREFIX);

/** What a step does; all of it as text, so that any process can take over where another has stopped. */
export type PreparationWork =
  /** Takes a moment; all statements in one transaction. */
  | { readonly kind: 'alter'; readonly sql: readonly string[] }
  /** Reads the whole table while it is read and written. */
  | { readonly kind: 'validate'; readonly sql: string }
  /** Outside of any transaction; `schema` and `index` say where the index is then found. */
  | { readonly kind: 'index'; readonly sql: string; readonly schema: string; readonly index: string }
  /** Goes through the rows by their key, so many at a time. */
  | { readonly kind: 'fill'; readonly table: string; readonly keyType: string; readonly assignment: string };

/** One thing that is done before the change itself, without holding up anybody. */
export type PreparationStep = PreparationWork & {
  /** A sentence for people, without the full stop. */
  readonly description: string;
  /** Id of the table whose rows it reads or writes. */
  readonly tableId: string;
};

/** How to get rid of what was got ready. Each can be repeated. */
export type PreparationUndo =
  | { readonly kind: 'alter'; readonly sql: readonly string[] }
  | { readonly kind: 'drop_index'; readonly schema: string; readonly index: string };

/** An operation that is got ready beforehand, so that little is left for the change itself. */
export interface PreparedOperation {
  /** Of the constraint or index that it makes. */
  readonly name: string;
  readonly steps: readonly PreparationStep[];
  readonly undo: readonly PreparationUndo[];
  /** What then runs in place of the operation's own statements. */
  readonly rest: readonly SqlStatement[];
}

/** The tables as statements find them before a change: under the names of now, with columns that stand in for others. */
export class Ground {
  /** Ids of the tables that were referred to. */
  readonly referred = new Set<string>();

  constructor(
    private readonly before: ReadonlyMap<string, TableState>,
    private readonly after: ReadonlyMap<string, TableState>,
    /** Table and column id → name of the column that stands in. */
    private readonly standIns: ReadonlyMap<string, string> = new Map(),
  ) {}

  /** The quoted name of a table. */
  table({ id }: Pick<TableState, 'id'>): string {
    return quoteTable(this.state(id));
  }

  /** The quoted name of a column. */
  column({ id }: Pick<TableState, 'id'>, columnId: string): string {
    return quote(this.standIns.get(`${id}:${columnId}`) ?? columnOf(this.state(id), columnId).name);
  }

  columns(table: Pick<TableState, 'id'>, ids: readonly string[]): string {
    return ids.map((id) => this.column(table, id)).join(', ');
  }

  /** The quoted name of the table that a foreign key points to; undefined when the change is yet to create it. */
  reference(to: TableReference): string | undefined {
    const state = this.before.get(to.tableId);
    if (state === undefined && this.after.has(to.tableId)) return undefined;
    this.referred.add(to.tableId);
    return quoteTable(state ?? to);
  }

  state(id: string): TableState {
    const state = this.before.get(id);
    if (state === undefined) throw new Error(`Table ${id} is not there before the change.`);
    return state;
  }
}
