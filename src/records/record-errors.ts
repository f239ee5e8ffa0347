import { isLockFailure, isStaleDefinition, isUnavailable, postgresError } from '../database/postgres-error.js';
import { SchemaBusyError } from '../errors/schema-change.error.js';
import {
  DatabaseUnavailableError,
  QueryTimeoutError,
  RecordInUseError,
  RefusedByChangeError,
  RefusedValueError,
  RelatedRecordNotFoundError,
  SchemaChangedError,
  UniqueViolationError,
} from '../errors/record.error.js';
import { isPreparedName } from '../schema/preparation/preparation.js';

const UNIQUE_VIOLATION = '23505';
const FOREIGN_KEY_VIOLATION = '23503';
const RESTRICT_VIOLATION = '23001';
const QUERY_CANCELED = '57014';
/** Integrity constraints, data exceptions and limits, such as that of an index entry, that no check of ours foresaw. */
const REFUSED = /^(22|23|54)/;

/** What a model's constraints stand for: constraint name → names of fields. */
export type ConstraintFields = ReadonlyMap<string, readonly string[]>;

/**
 * The database's error in the words of the model; anything that is not the database's comes back as it is.
 *
 * @param action what was tried: a foreign key means another thing when the parent goes than when a child comes
 */
export const translateRecordError = (
  error: unknown,
  model: string,
  action: 'read' | 'write' | 'destroy',
  constraints: ConstraintFields,
): unknown => {
  const cause = { cause: error };
  const { code, constraint } = postgresError(error) ?? {};
  const fields = constraints.get(constraint ?? '') ?? [];
  if (constraint !== undefined && isPreparedName(constraint)) return new RefusedByChangeError(model, cause);
  if (code === UNIQUE_VIOLATION) return new UniqueViolationError(fields, cause);
  if (code === RESTRICT_VIOLATION || code === FOREIGN_KEY_VIOLATION) {
    return action === 'destroy'
      ? new RecordInUseError(model, cause)
      : new RelatedRecordNotFoundError(fields[0] ?? 'relation', cause);
  }
  if (code === QUERY_CANCELED && action === 'read') return new QueryTimeoutError(cause);
  if (isStaleDefinition(error)) return new SchemaChangedError(model, cause);
  if (isLockFailure(error)) return new SchemaBusyError(cause);
  if (isUnavailable(error)) return new DatabaseUnavailableError(cause);
  if (code !== undefined && REFUSED.test(code)) return new RefusedValueError(fields, cause);
  return error;
};
