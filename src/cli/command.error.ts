import { DynamoError } from '../errors/dynamo.error.js';

/** A command was called in a way that it does not know. */
export class UsageError extends DynamoError {
  readonly status = 400;
  readonly code = 'usage';
}

/** A command could not do what it was asked for. */
export class CommandFailedError extends DynamoError {
  readonly status = 500;
  readonly code = 'command_failed';
}
