import { postgresError } from '../database/postgres-error.js';

const UNIQUE_VIOLATION = '23505';

/** @throws what `error` makes when PostgreSQL finds the value a second time */
export const onUniqueViolation = async <T>(work: () => Promise<T>, error: () => Error): Promise<T> => {
  try {
    return await work();
  } catch (cause) {
    throw postgresError(cause)?.code === UNIQUE_VIOLATION ? error() : cause;
  }
};
