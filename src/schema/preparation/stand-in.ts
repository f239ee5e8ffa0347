import { shortHash } from '../../definition/identifiers.js';
import { literal, quote, quoteTable } from '../../definition/sql.js';
import { columnSql } from '../operations/column-sql.js';
import type { TablesAhead } from '../rows-ahead.js';
import type { Recast, SqlStatement } from '../schema-operation.js';
import type { ColumnState, TableState } from '../schema-state.js';
import { type Ground, type PreparedOperation, preparedName } from './preparation.js';

const nameOf = (table: TableState, columnId: string): string => preparedName(shortHash(`${table.id}:${columnId}`));

/** A column that is filled while nobody reads it, and then takes the name, and the place, of another. */
export interface StandIn {
  readonly columnId: string;
  /** Of the column until then. */
  readonly name: string;
  readonly prepared: Pick<PreparedOperation, 'steps' | 'undo'>;
  /** What puts it in place of the column, which is called so by then. @param after the column as the plan leaves it */
  rest(table: TableState, column: ColumnState, after: ColumnState): readonly SqlStatement[];
  /** What follows once it is known to have no nulls, if anything. */
  last?(table: TableState, column: ColumnState): readonly SqlStatement[];
}

/**
 * Stands in for a column whose values all change: a trigger keeps it up to date, and refuses what does not convert.
 *
 * @param recasts what the operations make of a value, one after the other
 */
export const standInFor = (
  ground: Ground,
  table: TableState,
  column: ColumnState,
  recasts: readonly Recast[],
  tables: TablesAhead,
): StandIn => {
  const name = nameOf(table, column.id);
  const here = ground.table(table);
  const { schema, label } = ground.state(table.id);
  const follow = quoteTable({ schema, name });
  const old = `NEW.${ground.column(table, column.id)}`;

  const conditions: string[] = [];
  let value = old;
  for (const recast of recasts) {
    if (recast.accepts) conditions.push(`(${value}) IS NULL OR (${recast.accepts(value)})`);
    value = `(${recast.value(value, tables)})`;
  }
  const sqlType = recasts.at(-1)?.sqlType ?? column.sqlType;
  const refusal =
    `RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = ${literal(name)}, ` +
    `MESSAGE = 'A value does not convert to the type that the column is about to have.'`;
  const body = [
    'BEGIN',
    ...conditions.map((condition) => `IF NOT (${condition}) THEN ${refusal}; END IF;`),
    `NEW.${quote(name)} := ${value}; RETURN NEW; END`,
  ].join(' ');
  const trigger = `TRIGGER ${quote(name)}`;
  return {
    columnId: column.id,
    name,
    prepared: {
      steps: [
        {
          kind: 'alter',
          tableId: table.id,
          description: `Begin a new column for "${column.label}" of ${label}`,
          sql: [
            `ALTER TABLE ${here} ADD COLUMN ${quote(name)} ${sqlType}`,
            `CREATE FUNCTION ${follow}() RETURNS trigger LANGUAGE plpgsql AS ${literal(body)}`,
            `CREATE ${trigger} BEFORE INSERT OR UPDATE OF ${ground.column(table, column.id)}, ${quote(name)} ` +
              `ON ${here} FOR EACH ROW EXECUTE FUNCTION ${follow}()`,
          ],
        },
        {
          kind: 'fill',
          tableId: table.id,
          description: `Convert "${column.label}" of the existing records of ${label}`,
          table: here,
          keyType: keyTypeOf(ground.state(table.id)),
          // The trigger says what, so that there is one place that does.
          assignment: `${quote(name)} = NULL`,
        },
      ],
      undo: [
        {
          kind: 'alter',
          sql: [
            `DROP TRIGGER IF EXISTS ${quote(name)} ON ${here}`,
            `DROP FUNCTION IF EXISTS ${follow}()`,
            `ALTER TABLE ${here} DROP COLUMN IF EXISTS ${quote(name)}`,
          ],
        },
      ],
    },
    rest: (owner, replaced, after) => [
      { text: `DROP TRIGGER ${quote(name)} ON ${quoteTable(owner)}` },
      { text: `DROP FUNCTION ${follow}()` },
      { text: `ALTER TABLE ${quoteTable(owner)} DROP COLUMN ${quote(replaced.name)}` },
      ...renamed(owner, name, replaced.name),
      ...(after.default === null ? [] : [defaultSet(owner, replaced.name, `SET DEFAULT ${after.default}`)]),
    ],
  };
};

/**
 * A new column under another name, so that what is to hold for it can be got ready.
 *
 * @param isDifferent each row has a value of its own
 * @param fill SQL of the value that every row begins with, where the column has no default
 */
export const standInForNew = (
  ground: Ground,
  table: TableState,
  column: ColumnState,
  isDifferent: boolean,
  fill: string | undefined,
): StandIn => {
  const name = nameOf(table, column.id);
  const here = ground.table(table);
  const { label } = ground.state(table.id);
  const first = isDifferent ? null : (column.default ?? fill ?? null);
  // PostgreSQL knows of a constant without looking at the rows; what else there is to NOT NULL is asked for by itself.
  const nullable = column.default === null || isDifferent || column.nullable;
  const added = columnSql({ ...column, name, nullable, default: first, identity: false });
  // Counts until the column has a sequence of its own, and goes with the column.
  const counter = quoteTable({ schema: ground.state(table.id).schema, name });
  const later = column.identity ? `nextval(${literal(counter)})` : column.default;
  return {
    columnId: column.id,
    name,
    prepared: {
      steps: [
        {
          kind: 'alter',
          tableId: table.id,
          description: `Begin column "${column.label}" of ${label}`,
          sql: [
            `ALTER TABLE ${here} ADD COLUMN ${added}`,
            ...(column.identity
              ? [`CREATE SEQUENCE ${counter} AS ${column.sqlType} OWNED BY ${here}.${quote(name)}`]
              : []),
            ...(isDifferent ? [`ALTER TABLE ${here} ALTER COLUMN ${quote(name)} SET DEFAULT ${later}`] : []),
          ],
        },
        ...(isDifferent
          ? [
              {
                kind: 'fill',
                tableId: table.id,
                description: `Give every existing record of ${label} a "${column.label}"`,
                table: here,
                keyType: keyTypeOf(ground.state(table.id)),
                // Those that came meanwhile have one.
                assignment: `${quote(name)} = coalesce(${quote(name)}, ${later})`,
              } as const,
            ]
          : []),
      ],
      undo: [{ kind: 'alter', sql: [`ALTER TABLE ${here} DROP COLUMN IF EXISTS ${quote(name)}`] }],
    },
    rest: (owner, { name: wanted }) => [
      ...renamed(owner, name, wanted),
      ...(fill === undefined || column.default !== null ? [] : [defaultSet(owner, wanted, 'DROP DEFAULT')]),
    ],
    last: (owner, { name: wanted }) => (column.identity ? counted(owner, wanted, counter) : []),
  };
};

/** Lets a column go on counting by itself where a sequence is that did it so far. */
const counted = (owner: TableState, column: string, counter: string): readonly SqlStatement[] => {
  const own = `pg_get_serial_sequence(${literal(quoteTable(owner))}, ${literal(column)})`;
  return [
    defaultSet(owner, column, 'DROP DEFAULT'),
    // PostgreSQL would take it for the column's own.
    { text: `ALTER SEQUENCE ${counter} OWNED BY NONE` },
    defaultSet(owner, column, 'ADD GENERATED BY DEFAULT AS IDENTITY'),
    { text: `SELECT setval(${own}, last_value, is_called) FROM ${counter}` },
    { text: `DROP SEQUENCE ${counter}` },
  ];
};

const renamed = (owner: TableState, from: string, to: string): readonly SqlStatement[] => [
  { text: `ALTER TABLE ${quoteTable(owner)} RENAME COLUMN ${quote(from)} TO ${quote(to)}` },
];

const defaultSet = (owner: TableState, column: string, action: string): SqlStatement => ({
  text: `ALTER TABLE ${quoteTable(owner)} ALTER COLUMN ${quote(column)} ${action}`,
});

const keyTypeOf = ({ columns }: TableState): string => columns.find(({ id }) => id === 'id')?.sqlType ?? 'bigint';
