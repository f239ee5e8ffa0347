import type { DataSource, EntityManager } from 'typeorm';
import { StatementRunner } from './statement-runner.js';

/** Where the statements of records go: to any connection of the pool, or to that of a transaction under way. */
export interface RecordConnection {
  readonly runner: StatementRunner;
  /** For what changes nothing. */
  readonly reader: StatementRunner;
  /** Whether a statement that fails leaves the others alone. */
  readonly isPool: boolean;
  /** All of `work`, or nothing; within a transaction under way, by a savepoint. */
  transaction<T>(work: (runner: StatementRunner, manager: EntityManager) => Promise<T>): Promise<T>;
}

/** How records are read. */
export interface Reading {
  /** As far as the data source has any. */
  readonly readFromReplicas: boolean;
  /** Longest time of a statement that reads, in milliseconds; 0 is none. */
  readonly readTimeout: number;
}

export const poolConnection = (
  dataSource: DataSource,
  { readFromReplicas, readTimeout }: Reading,
): RecordConnection => ({
  runner: StatementRunner.onPool(dataSource),
  reader: readFromReplicas
    ? StatementRunner.onReplicas(dataSource, readTimeout)
    : StatementRunner.onPool(dataSource, readTimeout),
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
    isPool: false,
    transaction: (work) => manager.transaction((inner) => work(runner, inner)),
  };
};
