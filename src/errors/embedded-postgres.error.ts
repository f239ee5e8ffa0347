import { DynamoError } from './dynamo.error.js';

export type EmbeddedPostgresErrorCode =
  'no_binaries' | 'unwritable_directory' | 'unreachable_directory' | 'incompatible_version' | 'start_failed';

/** The embedded PostgreSQL cannot run here. `message` is one sentence that says why and what to do. */
export class EmbeddedPostgresError extends DynamoError {
  readonly status = 503;

  constructor(
    readonly code: EmbeddedPostgresErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, [], options);
  }
}
