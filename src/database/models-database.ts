import type { DataSource } from 'typeorm';
import { queryRows } from './query-rows.js';
import { findSystem } from './required-server.js';

/** Where the tables of models live. */
export class ModelsDatabase {
  private constructor(
    readonly dataSource: DataSource,
    /** PostgreSQL schema of the models' tables: the data source's own, or else the first in the connection's search path. */
    readonly schema: string,
    /** Whether tables may be kept on several servers. */
    readonly isDistributing: boolean,
  ) {}

  /** @param dynamoSchema where Dynamo's own tables are; a role of that name would have it first in its search path */
  static async locate(dataSource: DataSource, dynamoSchema: string): Promise<ModelsDatabase> {
    const own = 'schema' in dataSource.options ? dataSource.options.schema : undefined;
    const [found] = await queryRows<{ schema: string }[]>(
      dataSource,
      `SELECT schema FROM unnest(current_schemas(false)) WITH ORDINALITY AS path(schema, position)
        WHERE schema <> $1 ORDER BY position LIMIT 1`,
      [dynamoSchema],
    );
    const system = await findSystem(dataSource);
    return new ModelsDatabase(dataSource, own ?? found?.schema ?? 'public', system?.isDistributing === true);
  }
}
