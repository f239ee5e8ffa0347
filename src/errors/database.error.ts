import { DynamoError } from './dynamo.error.js';

/** The database cannot be used by this version of Dynamo. */
export class UnsupportedDatabaseError extends DynamoError {
  readonly status = 500;
  readonly code = 'unsupported_database';
}

/** The table of a model is spread over several servers, where PostgreSQL's own rules for changing it do not hold. */
export class DistributedTableError extends DynamoError {
  readonly status = 409;
  readonly code = 'distributed_table';

  /** @param tables names, at least one */
  constructor(tables: readonly string[]) {
    const names = tables.map((name) => `"${name}"`).join(', ');
    const remedies = tables.map((name) => `SELECT undistribute_table('${name}');`).join(' ');
    super(
      `Citus keeps ${names} on several servers, and models are changed on one only. Nothing was changed. ` +
        `Bring the rows together first (${remedies}), change the model, and distribute them again.`,
    );
  }
}
