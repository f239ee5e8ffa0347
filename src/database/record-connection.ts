import type { DataSource, EntityManager } from 'typeorm';
import { StatementRunner } from './statement-runner.js';

/** Where the statements of records go: to any connection of the pool, or to that of a transaction under way. */
export interface RecordConnection {
  readonly runner: StatementRunner;
  /** For what changes nothing. */
  readonly reader: StatementRunner;
  /** To be told when a statement on `runner` has written something that is committed. */
  noteWrite(): void;
  /** Whether a statement that fails leaves the others alone. */
  readonly isPool: boolean;
  /** All of `work`, or nothing; within a transaction under way, by a savepoint. */
  transaction<T>(work: (runner: StatementRunner, manager: EntityManager) => Promise<T>): Promise<T>;
}

/**
 * @param readTimeout longest time of a statement that reads, in milliseconds; 0 is none
 * @param noteWrite is told of what is written without a transaction
 */
export const poolConnection = (
  dataSource: DataSource,
  readTimeout: number,
  noteWrite: () => void = () => undefined,
): RecordConnection => ({
  runner: StatementRunner.onPool(dataSource),
  reader: StatementRunner.onPool(dataSource, readTimeout),
  noteWrite,
  isPool: true,
  transaction: (work) => StatementRunner.inTransaction(dataSource, work),
});

/** @param manager of the transaction */
export const transactionConnection = async (manager: EntityManager): Promise<RecordConnection> => {
  const { queryRunner } = manager;
  if (queryRunner === undefined) throw new Error('This is no manager of a transaction.');
  const runner = await StatementRunner.onConnection(queryRunner);
  return {
    runner,
    reader: runner,
    noteWrite: () => undefined,
    isPool: false,
    transaction: (work) => manager.transaction((inner) => work(runner, inner)),
  };
};
