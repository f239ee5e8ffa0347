import { DynamoError } from './dynamo.error.js';

/** The body is within its size, but built so that reading it would take a server's time or memory. */
export class BodyTooComplexError extends DynamoError {
  readonly code = 'body_too_complex';
  readonly status = 400;

  /** @param limit the one that is passed, in words, to follow «The body has more than» */
  constructor(limit: string, remedy: string) {
    super(`The body has more than ${limit}. ${remedy}`);
  }
}

/** Somebody asks more often than a limit allows. */
export class TooManyRequestsError extends DynamoError {
  readonly code = 'too_many_requests';
  readonly status = 429;

  constructor(override readonly retryAfterSeconds: number) {
    super(`There have been too many requests of this kind. Try again in ${retryAfterSeconds} seconds.`);
  }
}

/** The server finishes what it has begun, and begins nothing new. */
export class ServerStoppingError extends DynamoError {
  readonly code = 'server_stopping';
  readonly status = 503;
  override readonly retryAfterSeconds = 1;

  constructor() {
    super('The server is about to stop. Ask again, and another one or the next start will answer.');
  }
}
