import { DynamoError } from './dynamo.error.js';

/** The request wants to be answered at a schema version that this node has not reached. Nothing was done. */
export class SchemaBehindError extends DynamoError {
  readonly code = 'schema_behind';
  readonly status = 409;
  override readonly retryAfterSeconds = 1;

  constructor(
    readonly wanted: number,
    readonly known: number,
  ) {
    super(
      `X-Schema-Version asks for schema version ${wanted}, but no change up to ${wanted} is known here yet. ` +
        'Nothing was done. Repeat the request in a moment; if that does not help, leave the header out.',
    );
  }
}

/** The connection to the database was lost before the change was made. Nothing was changed. */
export class ChangeNotAppliedError extends DynamoError {
  readonly code = 'change_not_applied';
  readonly status = 503;
  override readonly concernsOperator = true;
  override readonly retryAfterSeconds = 1;

  constructor(options?: ErrorOptions) {
    super('The connection to the database was lost, and nothing was changed. Try again.', [], options);
  }
}

/** The connection to the database was lost while a change was made, and the database does not say what became of it. */
export class ChangeOutcomeUnknownError extends DynamoError {
  readonly code = 'change_outcome_unknown';
  readonly status = 503;
  override readonly concernsOperator = true;
  override readonly retryAfterSeconds = 5;

  constructor(options?: ErrorOptions) {
    super(
      'The connection to the database was lost while the change was made: it is there whole, or not at all. Read the model again to see, before you repeat it.',
      [],
      options,
    );
  }
}

/** `X-Write-Position` is no position that an answer has ever had. */
export class InvalidWritePositionError extends DynamoError {
  readonly code = 'invalid_write_position';
  readonly status = 400;

  constructor() {
    const message =
      'X-Write-Position must be what an earlier answer had in the header of that name, such as 1-0/16B3748. Send that, or leave it out.';
    super(message, [{ path: 'X-Write-Position', code: 'invalid_write_position', message }]);
  }
}

/** `X-Schema-Version` is no version that an answer has ever had. */
export class InvalidSchemaVersionError extends DynamoError {
  readonly code = 'invalid_schema_version';
  readonly status = 400;

  constructor() {
    const message =
      'X-Schema-Version must be a number as an earlier answer had it in the header of that name. Send that, or leave it out.';
    super(message, [{ path: 'X-Schema-Version', code: 'invalid_schema_version', message }]);
  }
}
