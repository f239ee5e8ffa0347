import type { QueryRunner } from 'typeorm';
import { DistributedTableError } from '../errors/database.error.js';
import type { ModelsDatabase } from './models-database.js';
import { queryRows } from './query-rows.js';

/** Before tables are changed. @throws DistributedTableError for those that Citus keeps on several servers */
export const requireUndistributed = async (
  { isDistributing, schema }: ModelsDatabase,
  names: readonly string[],
  runner: QueryRunner,
): Promise<void> => {
  if (!isDistributing || names.length === 0) return;
  const distributed = await queryRows<{ name: string }[]>(
    runner,
    `SELECT t.relname AS name FROM pg_dist_partition p JOIN pg_class t ON t.oid = p.logicalrelid
        JOIN pg_namespace n ON n.oid = t.relnamespace
      WHERE n.nspname = $1 AND t.relname = ANY($2) ORDER BY 1`,
    [schema, names],
  );
  if (distributed.length > 0) throw new DistributedTableError(distributed.map(({ name }) => name));
};
