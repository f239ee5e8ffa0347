import type { DataSource } from 'typeorm';
import { UnsupportedDatabaseError } from '../errors/database.error.js';
import { type Queried, queryRows } from './query-rows.js';
import type { DatabaseSystem, ServerFacts } from './systems/database-system.js';
import { SYSTEMS } from './systems/index.js';

const OLDEST_POSTGRES = 14;

const factsOf = async (source: Queried): Promise<ServerFacts> => {
  const [{ version, number }] = await queryRows<[{ version: string; number: string }]>(
    source,
    `SELECT version() AS version, current_setting('server_version_num') AS number`,
  );
  const extensions = await queryRows<{ name: string }[]>(source, 'SELECT extname AS name FROM pg_extension');
  return { version, major: Math.floor(Number(number) / 10_000), extensions: extensions.map(({ name }) => name) };
};

/** What the server is besides PostgreSQL, or instead of it; undefined where it is that alone. */
export const findSystem = async (source: Queried): Promise<DatabaseSystem | undefined> => {
  const facts = await factsOf(source);
  return SYSTEMS.find((system) => system.isThis(facts));
};

/** @throws UnsupportedDatabaseError for what is no PostgreSQL 14 or newer, and for what only looks like one */
export const requireServer = async (dataSource: DataSource): Promise<void> => {
  if (dataSource.options.type !== 'postgres') {
    throw new UnsupportedDatabaseError(
      `Dynamo needs PostgreSQL, but the data source is of type "${dataSource.options.type}".`,
    );
  }
  const facts = await factsOf(dataSource);
  const system = SYSTEMS.find((candidate) => candidate.isThis(facts));
  await system?.requireUsable(dataSource);
  if (facts.major >= OLDEST_POSTGRES) return;
  throw new UnsupportedDatabaseError(
    `Dynamo needs PostgreSQL ${OLDEST_POSTGRES} or newer, but the server is ${facts.major}.`,
  );
};
