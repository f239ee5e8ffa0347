import type { DataSource, EntityMetadata } from 'typeorm';
import { literal, quote, quoteTable } from '../definition/sql.js';

/** A column of an application's own entity that everybody who may see the entity may see. */
export interface HostColumn {
  /** The property. */
  readonly name: string;
  /** Name of the field type whose values it has. */
  readonly type: string;
  readonly isRequired: boolean;
  readonly options: object;
}

/** Rows of an entity as a table whose columns are called like its properties. */
export interface HostRows {
  /** SQL, to stand in a FROM clause with an alias. Columns that are not shown are not in it. */
  readonly table: string;
  readonly columns: readonly HostColumn[];
}

type EntityColumn = EntityMetadata['columns'][number];

const asIs = (column: string): string => column;
const asText = (column: string): string => `${column}::text`;
/** ISO 8601 whatever the session's DateStyle; without a zone, because the column knows none. */
const asIsoText = (column: string): string => `(to_json(${column}) #>> '{}')`;
const asJson = (column: string): string => `to_jsonb(${column})`;

/** Types of columns as TypeORM calls them → the field type whose values they have, and how they become them. */
const TYPES: ReadonlyMap<string, readonly [type: string, read: (column: string) => string]> = new Map([
  ['character varying', ['text', asIs]],
  ['text', ['text', asIs]],
  ['smallint', ['small_integer', asIs]],
  ['integer', ['integer', asIs]],
  ['bigint', ['big_integer', asIs]],
  ['double precision', ['float', asIs]],
  ['boolean', ['boolean', asIs]],
  ['date', ['date', asIs]],
  ['timestamp with time zone', ['date_time', asIs]],
  ['timestamp without time zone', ['text', asIsoText]],
  ['uuid', ['uuid', asIs]],
  ['jsonb', ['json', asIs]],
  ['json', ['json', asJson]],
]);

/** A property may be called like a keyword, but not like something that no field could be called. */
const PLAIN = /^[A-Za-z][A-Za-z0-9_]*$/;

const isShown = ({ isSelect, isVirtual, isPrimary, embeddedMetadata, relationMetadata, propertyName }: EntityColumn) =>
  isSelect &&
  !isVirtual &&
  !isPrimary &&
  embeddedMetadata === undefined &&
  relationMetadata === undefined &&
  propertyName !== 'id' &&
  PLAIN.test(propertyName);

/**
 * What may be read of an entity: neither columns with `select: false`, nor rows that are softly deleted, nor those of
 * other classes in the same table.
 */
export const hostRows = (dataSource: DataSource, metadata: EntityMetadata, schema: string): HostRows => {
  const shown = metadata.columns.filter(isShown).map((column) => {
    const [type, read] = column.isArray
      ? (['json', asJson] as const)
      : (TYPES.get(dataSource.driver.normalizeType(column)) ?? (['text', asText] as const));
    const field = { name: column.propertyName, type, isRequired: !column.isNullable, options: {} };
    return { field, sql: `${read(`h.${quote(column.databaseName)}`)} AS ${quote(column.propertyName)}` };
  });
  const key = metadata.primaryColumns[0]?.databaseName ?? 'id';
  const { deleteDateColumn, discriminatorColumn, discriminatorValue, childEntityMetadatas } = metadata;
  const isChild = metadata.tableType === 'entity-child' && childEntityMetadatas.length === 0;
  const conditions = [
    ...(deleteDateColumn === undefined ? [] : [`h.${quote(deleteDateColumn.databaseName)} IS NULL`]),
    ...(isChild && discriminatorColumn !== undefined && discriminatorValue !== undefined
      ? [`h.${quote(discriminatorColumn.databaseName)} = ${literal(discriminatorValue)}`]
      : []),
  ];
  const list = [`h.${quote(key)} AS id`, ...shown.map(({ sql }) => sql)].join(', ');
  const from = quoteTable({ schema: metadata.schema ?? schema, name: metadata.tableName });
  const where = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
  return { table: `(SELECT ${list} FROM ${from} h${where})`, columns: shown.map(({ field }) => field) };
};
