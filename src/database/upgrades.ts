import type { DataSource, QueryRunner } from 'typeorm';
import { quote } from '../definition/sql.js';
import { UnsupportedDatabaseError } from '../errors/database.error.js';
import { queryRows } from './query-rows.js';
import { requireServer } from './required-server.js';
import { acquireSchemaLock } from './schema-lock.js';

/** Tables of Dynamo's own, and how they came to be what they are. */
export interface UpgradePath {
  readonly schema: string;
  /** Table that says which upgrades the schema has had. */
  readonly journal: string;
  /** Each takes the tables one version further, given the quoted schema. Entries are only ever added. */
  readonly upgrades: readonly ((schema: string) => string)[];
}

/** How many upgrades the tables have had; 0 for a database that is new to Dynamo. */
const currentVersion = async (runner: QueryRunner, schema: string, table: string): Promise<number> => {
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
 * Creates tables, or brings them up to date. Any number of processes may do so at once.
 *
 * @throws UnsupportedDatabaseError as {@link requireServer} does, and for tables of a newer Dynamo
 */
export const applyUpgrades = async (
  dataSource: DataSource,
  { schema: schemaName, journal, upgrades }: UpgradePath,
  lockTimeout: number,
): Promise<void> => {
  await requireServer(dataSource);
  const schema = quote(schemaName);
  const table = `${schema}.${quote(journal)}`;
  const runner = dataSource.createQueryRunner();
  try {
    await runner.startTransaction();
    await acquireSchemaLock(runner, lockTimeout);
    const version = await currentVersion(runner, schema, table);
    if (version > upgrades.length) {
      throw new UnsupportedDatabaseError(
        `The tables in schema "${schemaName}" were made by a newer Dynamo (${version} > ${upgrades.length}). Update this application.`,
      );
    }
    for (const [position, upgrade] of upgrades.entries()) {
      if (position < version) continue;
      await runner.query(upgrade(schema));
      await runner.query(`INSERT INTO ${table} (version) VALUES ($1)`, [position + 1]);
    }
    await runner.commitTransaction();
  } catch (error) {
    if (runner.isTransactionActive) await runner.rollbackTransaction();
    throw error;
  } finally {
    await runner.release();
  }
};
