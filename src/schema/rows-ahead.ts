import { quote, quoteTable } from '../definition/sql.js';
import type { SqlStatement } from './schema-operation.js';
import type { SchemaState, TableState } from './schema-state.js';

/** A value in a sample: what people call it, and its SQL expression. */
export interface Shown {
  readonly label: string;
  readonly value: string;
}

/**
 * The rows of one table as they will be once the operations so far have run, as SQL over the table as it is now. So a
 * plan finds out what stands in its way before it changes or locks anything. Expressions begin with the alias `r`.
 */
export class RowsAhead {
  private constructor(
    private readonly source: string,
    /** Column id → SQL expression of the value that it will have. */
    private readonly values: ReadonlyMap<string, string>,
    /** What tells people which record a row is of; null where nothing does. */
    private readonly key: string | null,
    /** The table as it is called now; null when it is new, and no row can be there. */
    readonly table: string | null,
  ) {}

  static of(table: TableState): RowsAhead {
    const values = new Map(table.columns.map(({ id, name }) => [id, `r.${quote(name)}`]));
    const key = `r.${quote(table.kind === 'model' ? 'id' : 'source_id')}`;
    return new RowsAhead(quoteTable(table), values, key, quoteTable(table));
  }

  static ofNew({ columns }: TableState): RowsAhead {
    const values = new Map(columns.map(({ id, sqlType }) => [id, `NULL::${sqlType}`]));
    return new RowsAhead('(SELECT WHERE false)', values, null, null);
  }

  /** Whether there can be no rows to ask. */
  get isEmpty(): boolean {
    return this.table === null;
  }

  has(columnId: string): boolean {
    return this.values.has(columnId);
  }

  /** The value of a column. */
  value(columnId: string): string {
    return this.values.get(columnId) ?? 'NULL';
  }

  /** The same rows with another value in one column. */
  with(columnId: string, expression: string): RowsAhead {
    return new RowsAhead(this.source, new Map(this.values).set(columnId, expression), this.key, this.table);
  }

  /** Rows of another table, made from those of this one that meet a condition. */
  derived(values: ReadonlyMap<string, string>, condition: string): RowsAhead {
    return this.nested(values, null, `WHERE ${condition}`);
  }

  /** Only the rows that meet a condition. */
  where(condition: string): RowsAhead {
    return this.nested(this.values, this.key, `WHERE ${condition}`);
  }

  /** The same rows with their number among those with equal values in `columns`, under a column id of its own. */
  numbered(columns: readonly string[], order: 'ASC' | 'DESC', numberId: string): RowsAhead {
    const equal = columns.map((id) => this.value(id)).join(', ');
    const number = `row_number() OVER (PARTITION BY ${equal} ORDER BY ${this.key ?? equal} ${order})`;
    return this.nested(new Map(this.values).set(numberId, number), this.key, '');
  }

  /** Selects the rows that meet a condition, by their id. */
  select(condition: string, shown: readonly Shown[]): string {
    const list = [
      ...(this.key === null ? [] : [`${this.key} AS "id"`]),
      ...shown.map(({ label, value }) => `${value} AS ${quote(label)}`),
    ];
    const order = this.key === null ? '' : ` ORDER BY ${this.key}`;
    return `SELECT ${list.join(', ')} FROM ${this.source} r WHERE ${condition}${order}`;
  }

  /** Counts the rows that meet a condition, with up to five of them. */
  count(condition: string, shown: readonly Shown[]): SqlStatement {
    return countAndSamples(
      `SELECT count(*)::int FROM ${this.source} r WHERE ${condition}`,
      `${this.select(condition, shown)} LIMIT 5`,
    );
  }

  /** Counts the groups of rows that agree in all of `columns` where none of them is null, with up to five of them. */
  countRepeated(columns: readonly Shown[]): SqlStatement {
    const list = columns.map(({ label, value }) => `${value} AS ${quote(label)}`).join(', ');
    const positions = columns.map((_, position) => position + 1).join(', ');
    const present = columns.map(({ value }) => `${value} IS NOT NULL`).join(' AND ');
    const groups =
      `SELECT ${list}, count(*)::int AS "records" FROM ${this.source} r WHERE ${present} ` +
      `GROUP BY ${positions} HAVING count(*) > 1`;
    return countAndSamples(`SELECT count(*)::int FROM (${groups}) repeated`, `${groups} ORDER BY ${positions} LIMIT 5`);
  }

  private nested(values: ReadonlyMap<string, string>, key: string | null, rest: string): RowsAhead {
    const columns = [...values].map(([id, expression], position) => ({ id, expression, name: `c${position}` }));
    const list = [
      ...(key === null ? [] : [`${key} AS key`]),
      ...columns.map(({ expression, name }) => `${expression} AS ${name}`),
    ];
    return new RowsAhead(
      `(SELECT ${list.join(', ')} FROM ${this.source} r ${rest})`,
      new Map(columns.map(({ id, name }) => [id, `r.${name}`])),
      key === null ? null : 'r.key',
      this.table,
    );
  }
}

const countAndSamples = (count: string, samples: string): SqlStatement => ({
  text: `SELECT (${count}) AS count, (SELECT coalesce(json_agg(sample), '[]') FROM (${samples}) sample) AS samples`,
});

/** Table id → its rows. */
export type TablesAhead = ReadonlyMap<string, RowsAhead>;

export const tablesAhead = ({ tables }: SchemaState): TablesAhead =>
  new Map([...tables.values()].map((table) => [table.id, RowsAhead.of(table)]));

/** `tables` with the rows of one replaced by what `change` makes of them. */
export const withRows = (tables: TablesAhead, id: string, change: (rows: RowsAhead) => RowsAhead): TablesAhead => {
  const rows = tables.get(id);
  return rows === undefined ? tables : new Map(tables).set(id, change(rows));
};
