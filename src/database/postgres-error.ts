import { QueryFailedError } from 'typeorm';
import { DynamoError } from '../errors/dynamo.error.js';

/** What the pg driver says about an error of the server. */
export interface PostgresError {
  readonly code: string;
  readonly constraint?: string;
  readonly column?: string;
  readonly table?: string;
}

/** The server's error inside `error`, or undefined when it is something else. */
export const postgresError = (error: unknown): PostgresError | undefined => {
  if (error instanceof DynamoError) return undefined; // these have codes too
  const inner: unknown = error instanceof QueryFailedError ? error.driverError : error;
  if (typeof inner !== 'object' || inner === null || !('code' in inner) || typeof inner.code !== 'string')
    return undefined;
  return inner as PostgresError;
};

const LOCK_NOT_AVAILABLE = '55P03';
const DEADLOCK = '40P01';
const SERIALIZATION_FAILURE = '40001';

/** Whether somebody else's lock is the reason, so that trying again helps. */
export const isLockFailure = (error: unknown): boolean =>
  [LOCK_NOT_AVAILABLE, DEADLOCK, SERIALIZATION_FAILURE].includes(postgresError(error)?.code ?? '');

const QUERY_CANCELED = '57014';

/** Whether the statement took too long, or somebody did not want it any more. */
export const isQueryCanceled = (error: unknown): boolean => postgresError(error)?.code === QUERY_CANCELED;

const UNDEFINED_COLUMN = '42703';
const UNDEFINED_TABLE = '42P01';
const CHANGED_PLAN = '0A000';

/** Whether the statement was written for a definition that is no longer the table's. */
export const isStaleDefinition = (error: unknown): boolean =>
  [UNDEFINED_COLUMN, UNDEFINED_TABLE, CHANGED_PLAN].includes(postgresError(error)?.code ?? '');

/**
 * Network errors of Node, the classes of SQLSTATE that mean: not now, those of a session that was silent for too long, and
 * that of a server that takes no writes (any more).
 */
const UNAVAILABLE = /^(08|53|57)|^25(006|P03|P04)$|^(ECONN|ENOTFOUND|EPIPE|ETIMEDOUT|ENOENT)/;

/** How pg speaks of a connection that it has lost or waits for in vain, and TypeORM of one that it lost in a transaction. */
const LOST_CONNECTION =
  /Connection terminated|timeout exceeded when trying to connect|timeout expired|Query read timeout|not queryable|^QueryRunnerAlreadyReleasedError/;

/** Whether the database cannot serve anybody at the moment. */
export const isUnavailable = (error: unknown): boolean => {
  const code = postgresError(error)?.code;
  if (code !== undefined) return UNAVAILABLE.test(code);
  return error instanceof Error && LOST_CONNECTION.test(`${error.name}: ${error.message}`);
};

/** Whether rows that a constraint or conversion cannot take are the reason. */
export const isRefusedByRows = (error: unknown): boolean => /^(22|23)/.test(postgresError(error)?.code ?? '');

/** Whether a limit of PostgreSQL's own is the reason: of columns, or of the size of an index entry. */
export const isLimitFailure = (error: unknown): boolean => (postgresError(error)?.code ?? '').startsWith('54');

/** Whether the values, or what the statement believes of the table, are the reason. */
export const isAboutValuesOrNames = (error: unknown): boolean =>
  /^(0A|22|23|42)/.test(postgresError(error)?.code ?? '');
