import type { DataSource, QueryRunner } from 'typeorm';
import { quote } from '../definition/sql.js';
import { DynamoError } from '../errors/dynamo.error.js';
import { queryRows } from './query-rows.js';
import { acquireSchemaLock } from './schema-lock.js';

const OLDEST_POSTGRES = 14;

/** Each entry takes Dynamo's own tables one version further. Entries are only ever added. */
const UPGRADES: readonly ((schema: string) => string)[] = [
  (schema) => `
    CREATE TABLE ${schema}.meta_model (
      id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
      app text NOT NULL,
      name text NOT NULL,
      verbose_name text,
      description text NOT NULL DEFAULT '',
      admin boolean NOT NULL,
      folded_name text GENERATED ALWAYS AS (lower(replace(app || '.' || name, '_', ''))) STORED
    );
    CREATE INDEX meta_model_folded_name ON ${schema}.meta_model (folded_name);
    CREATE TABLE ${schema}.meta_field (
      id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
      meta_model_id uuid NOT NULL REFERENCES ${schema}.meta_model ON DELETE CASCADE,
      name text NOT NULL,
      verbose_name text,
      type text NOT NULL,
      related_model text,
      related_model_id uuid,
      description text NOT NULL DEFAULT '',
      "order" integer,
      unique_together text,
      "unique" boolean NOT NULL DEFAULT false,
      help text NOT NULL DEFAULT '',
      choices jsonb,
      "default" jsonb,
      required boolean NOT NULL DEFAULT false,
      options jsonb NOT NULL DEFAULT '{}',
      sequence bigint GENERATED ALWAYS AS IDENTITY
    );
    CREATE INDEX meta_field_meta_model_id ON ${schema}.meta_field (meta_model_id);
    CREATE INDEX meta_field_related_model_id ON ${schema}.meta_field (related_model_id);
    -- The definition as last applied to the table; null once the model is deleted. It outlives the meta rows, so that
    -- a deletion can be followed whichever way it was made, and by every node.
    CREATE TABLE ${schema}.applied_model (
      id uuid PRIMARY KEY,
      app text NOT NULL,
      name text NOT NULL,
      folded_name text GENERATED ALWAYS AS (lower(replace(app || '.' || name, '_', ''))) STORED,
      table_name text NOT NULL,
      hash text NOT NULL,
      version bigint NOT NULL,
      related_ids uuid[] NOT NULL,
      definition jsonb
    );
    CREATE INDEX applied_model_version ON ${schema}.applied_model (version);
    CREATE INDEX applied_model_folded_name ON ${schema}.applied_model (folded_name);
    CREATE TABLE ${schema}.schema_version (version bigint NOT NULL);
    INSERT INTO ${schema}.schema_version VALUES (0);`,
  (schema) => `ALTER TABLE ${schema}.meta_model ADD COLUMN primary_key text NOT NULL DEFAULT 'big_auto';`,
  (schema) => `
    -- One row per model and change, written in the transaction of the change.
    CREATE TABLE ${schema}.schema_change (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      model_id uuid NOT NULL,
      version bigint NOT NULL,
      at timestamptz NOT NULL DEFAULT clock_timestamp(),
      "by" text,
      kind text NOT NULL,
      before jsonb,
      after jsonb,
      operations jsonb NOT NULL,
      duration_ms double precision NOT NULL
    );
    CREATE INDEX schema_change_model_id ON ${schema}.schema_change (model_id, id);`,
];

/** The database cannot be used by this version of Dynamo. */
export class UnsupportedDatabaseError extends DynamoError {
  readonly status = 500;
  readonly code = 'unsupported_database';
}

const requireVersion = async (dataSource: DataSource): Promise<void> => {
  if (dataSource.options.type !== 'postgres') {
    throw new UnsupportedDatabaseError(
      `Dynamo needs PostgreSQL, but the data source is of type "${dataSource.options.type}".`,
    );
  }
  const [{ version }] = await queryRows<[{ version: string }]>(
    dataSource,
    `SELECT current_setting('server_version_num') AS version`,
  );
  const major = Math.floor(Number(version) / 10_000);
  if (major < OLDEST_POSTGRES) {
    throw new UnsupportedDatabaseError(
      `Dynamo needs PostgreSQL ${OLDEST_POSTGRES} or newer, but the server is ${major}.`,
    );
  }
};

/** How many upgrades the tables have had; 0 for a database that is new to Dynamo. */
const currentVersion = async (runner: QueryRunner, schema: string): Promise<number> => {
  const table = `${schema}.upgrade`;
  const [{ exists }] = await queryRows<[{ exists: boolean }]>(runner, 'SELECT to_regclass($1) IS NOT NULL AS exists', [
    table,
  ]);
  if (!exists) {
    await runner.query(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
    await runner.query(`CREATE TABLE ${table} (version integer PRIMARY KEY, at timestamptz NOT NULL DEFAULT now())`);
  }
  const [{ version }] = await queryRows<[{ version: number }]>(
    runner,
    `SELECT coalesce(max(version), 0) AS version FROM ${table}`,
  );
  return version;
};

/**
 * Creates Dynamo's own tables in `schemaName`, or brings them up to date. Any number of processes may do so at once.
 *
 * @throws UnsupportedDatabaseError for a server that is no PostgreSQL 14 or newer, or tables of a newer Dynamo
 */
export const upgradeMetaTables = async (
  dataSource: DataSource,
  schemaName: string,
  lockTimeout: number,
): Promise<void> => {
  await requireVersion(dataSource);
  const schema = quote(schemaName);
  const runner = dataSource.createQueryRunner();
  try {
    await runner.startTransaction();
    await acquireSchemaLock(runner, lockTimeout);
    const version = await currentVersion(runner, schema);
    if (version > UPGRADES.length) {
      throw new UnsupportedDatabaseError(
        `The tables in schema "${schemaName}" were made by a newer Dynamo (${version} > ${UPGRADES.length}). Update this application.`,
      );
    }
    for (const [position, upgrade] of UPGRADES.entries()) {
      if (position < version) continue;
      await runner.query(upgrade(schema));
      await runner.query(`INSERT INTO ${schema}.upgrade (version) VALUES ($1)`, [position + 1]);
    }
    await runner.commitTransaction();
  } catch (error) {
    if (runner.isTransactionActive) await runner.rollbackTransaction();
    throw error;
  } finally {
    await runner.release();
  }
};
