import { randomInt, randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { postgresError } from '../postgres-error.js';
import { queryRows } from '../query-rows.js';

/** Whether what was made in a transaction is gone with it. Leaves nothing behind in any case. */
export const rollsBackTables = async (dataSource: DataSource): Promise<boolean> => {
  const name = `dynamo_probe_${randomUUID().replaceAll('-', '')}`;
  const runner = dataSource.createQueryRunner();
  try {
    await runner.startTransaction();
    await runner.query(`CREATE SCHEMA ${name}`);
    await runner.rollbackTransaction();
    const [{ stayed }] = await queryRows<[{ stayed: boolean }]>(
      runner,
      'SELECT to_regnamespace($1) IS NOT NULL AS stayed',
      [name],
    );
    if (stayed) await runner.query(`DROP SCHEMA IF EXISTS ${name}`);
    return !stayed;
  } catch (error) {
    if (runner.isTransactionActive) await runner.rollbackTransaction();
    throw error;
  } finally {
    await runner.release();
  }
};

const FUNCTION_MISSING = '42883';
const NOT_SUPPORTED = '0A000';

/** Whether an advisory lock that one transaction has is one that another does not get. */
export const locksExclude = async (dataSource: DataSource): Promise<boolean> => {
  const key = randomInt(2 ** 47);
  const take = 'SELECT pg_try_advisory_xact_lock($1::bigint) AS taken';
  try {
    return await dataSource.transaction(async (first) => {
      const [{ taken }] = await queryRows<[{ taken: boolean }]>(first, take, [key]);
      const isFree = await dataSource.transaction(async (second) => {
        const [other] = await queryRows<[{ taken: boolean }]>(second, take, [key]);
        return other.taken;
      });
      return taken && !isFree;
    });
  } catch (error) {
    if ([FUNCTION_MISSING, NOT_SUPPORTED].includes(postgresError(error)?.code ?? '')) return false;
    throw error;
  }
};
