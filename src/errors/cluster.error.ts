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
