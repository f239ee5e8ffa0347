import { DataSource } from 'typeorm';
import { AppliedModelStore, parseDefinition } from '../database/applied-model.store.js';
import { queryRows } from '../database/query-rows.js';
import { declareModels } from '../declarations/declare-models.js';
import type { ModelDefinition } from '../definition/model-definition.js';
import { quote } from '../definition/sql.js';
import { FieldTypeRegistry } from '../field-types/field-type.registry.js';
import { FIELD_TYPES } from '../field-types/index.js';
import { isPostgresUrl, withoutCredentials } from '../server.database.js';
import { CommandFailedError, UsageError } from './command.error.js';

const CONNECT_TIMEOUT = 5000;
const KNOWN = new Set(FIELD_TYPES.map(({ name }) => name));

const connect = async (url: string): Promise<DataSource> => {
  if (!isPostgresUrl(url)) {
    throw new UsageError(
      'The address of the database must be one such as postgres://user:password@127.0.0.1:5432/shop; characters such as / or % in the password are written %2F and %25.',
    );
  }
  try {
    return await new DataSource({ type: 'postgres', url, connectTimeoutMS: CONNECT_TIMEOUT }).initialize();
  } catch (error) {
    // Some network errors have a code and no message.
    const reason = error instanceof Error ? error.message || String(Reflect.get(error, 'code')) : String(error);
    throw new CommandFailedError(`The database at ${withoutCredentials(url)} does not answer: ${reason}.`, [], {
      cause: error,
    });
  }
};

/** Reads without creating anything: a database that has never seen Dynamo stays as it is. */
const readModels = async (dataSource: DataSource, schema: string): Promise<readonly ModelDefinition[]> => {
  const table = `${quote(schema)}.applied_model`;
  const [found] = await queryRows<{ exists: boolean }[]>(dataSource, 'SELECT to_regclass($1) IS NOT NULL AS exists', [
    table,
  ]);
  if (found?.exists !== true) {
    throw new CommandFailedError(
      `There are no models of Dynamo in the schema "${schema}" of this database. Start the application on it once, or name its schema with --schema.`,
    );
  }
  return (await new AppliedModelStore(schema).find(dataSource)).map(parseDefinition);
};

/** @throws CommandFailedError when a model has a type that only its application knows */
const requireKnownTypes = (models: readonly ModelDefinition[]): void => {
  for (const { app, name, fields } of models) {
    const field = fields.find(({ type }) => !KNOWN.has(type));
    if (field === undefined) continue;
    throw new CommandFailedError(
      `"${app}.${name}.${field.name}" is of the type "${field.type}", which is the application's own. Ask the running application: dynamo types --url …`,
    );
  }
};

/**
 * The declarations of the models in a database.
 *
 * @param schema PostgreSQL schema of Dynamo's own tables
 * @throws UsageError, CommandFailedError
 */
export const declarationsFromDatabase = async (url: string, schema: string): Promise<string> => {
  const dataSource = await connect(url);
  try {
    const models = await readModels(dataSource, schema);
    requireKnownTypes(models);
    return declareModels(models, new FieldTypeRegistry());
  } finally {
    await dataSource.destroy();
  }
};
