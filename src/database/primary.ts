import type { DataSource, EntityManager } from 'typeorm';

/** Reads what must not be late, also where the data source sends reads to replicas. */
export const onPrimary = async <T>(
  dataSource: DataSource,
  work: (manager: EntityManager) => Promise<T>,
): Promise<T> => {
  if (!('replication' in dataSource.options) || dataSource.options.replication === undefined) {
    return work(dataSource.manager);
  }
  const runner = dataSource.createQueryRunner('master');
  try {
    return await work(runner.manager);
  } finally {
    await runner.release();
  }
};
