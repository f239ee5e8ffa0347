import type { EntityMetadata } from 'typeorm';
import type { KeyType } from '../definition/field-definition.js';
import { type HostRows, hostRows } from './host-rows.js';
import type { ModelsDatabase } from './models-database.js';

/** An entity of the application itself, as far as a relation needs it. */
export interface HostEntity {
  readonly name: string;
  readonly target: EntityMetadata['target'];
  readonly key: KeyType;
  /** What may be read of it. */
  readonly rows: () => HostRows;
  readonly table: { readonly schema: string; readonly name: string; readonly column: string };
}

/** An entity, or why no relation can point to what has this name, as a sentence. */
export type HostEntityAnswer =
  | { readonly entity: HostEntity; readonly problem?: undefined }
  | { readonly entity?: undefined; readonly problem: string };

/** Types of columns that a key may have, as TypeORM calls them, and the type that refers to each. */
const KEY_TYPES: ReadonlyMap<string, KeyType> = new Map([
  ['smallint', 'integer'],
  ['integer', 'integer'],
  ['bigint', 'bigint'],
  ['uuid', 'uuid'],
  ['text', 'text'],
  ['character varying', 'text'],
]);

const hasTable = ({ tableType }: EntityMetadata): boolean => tableType === 'regular' || tableType === 'entity-child';

/** Looks among the entities that the application has given its data source; models are none of them. */
export const findHostEntity = ({ dataSource, schema }: ModelsDatabase, name: string): HostEntityAnswer => {
  const found = dataSource.entityMetadatas.find((metadata) => metadata.name === name && hasTable(metadata));
  if (found === undefined) {
    return {
      problem: `There is no entity "${name}". Name a model as "app.Model", or one of the application's own entities as it is written in the code.`,
    };
  }
  const [key, ...others] = found.primaryColumns;
  if (key === undefined || others.length > 0) {
    return { problem: `"${name}" has a key of several columns. A relation can only point to a key of one.` };
  }
  const columnType = dataSource.driver.normalizeType(key);
  const type = KEY_TYPES.get(columnType);
  if (type === undefined) {
    return {
      problem: `"${name}" has a key of type ${columnType}. A relation can only point to integer, bigint, uuid or text.`,
    };
  }
  const table = { schema: found.schema ?? schema, name: found.tableName, column: key.databaseName };
  return { entity: { name, target: found.target, key: type, table, rows: () => hostRows(dataSource, found, schema) } };
};
