import { isLockFailure, isUnavailable } from '../database/postgres-error.js';
import type { ChangeOutcome } from '../dynamo.measures.js';
import { DynamoError } from '../errors/dynamo.error.js';
import { RowsChangedError, SchemaBusyError } from '../errors/schema-change.error.js';
import { PlanOnly, PreparationNeeded } from '../pipeline/change-context.js';

/** What an error that ends a change says of it; undefined where nothing was to be changed, or not yet. */
export const outcomeOf = (error: unknown): ChangeOutcome | undefined => {
  if (error instanceof PlanOnly || error instanceof PreparationNeeded) return undefined;
  if (error instanceof SchemaBusyError || error instanceof RowsChangedError || isLockFailure(error)) return 'busy';
  if (isUnavailable(error)) return 'failed';
  return error instanceof DynamoError && error.status < 500 ? 'refused' : 'failed';
};
