import { DynamoError } from './dynamo.error.js';

const HEADER = 'Idempotency-Key';

/** `Idempotency-Key` is no key. */
export class InvalidIdempotencyKeyError extends DynamoError {
  readonly code = 'invalid_idempotency_key';
  readonly status = 400;

  constructor() {
    const message = `${HEADER} must have between 1 and 255 visible ASCII characters, and no spaces. Send a new UUID, for example.`;
    super(message, [{ path: HEADER, code: 'invalid_idempotency_key', message }]);
  }
}

/** The key was sent with another request before. Nothing was done. */
export class IdempotencyKeyReusedError extends DynamoError {
  readonly code = 'idempotency_key_reused';
  readonly status = 422;

  constructor() {
    const message = `This ${HEADER} belongs to another request, which was carried out. Nothing was done now. Send the same request again to get its answer, or another key with this one.`;
    super(message, [{ path: HEADER, code: 'idempotency_key_reused', message }]);
  }
}

/** A request with this key is being carried out at the moment, on this node or another. */
export class IdempotencyInProgressError extends DynamoError {
  readonly code = 'idempotency_in_progress';
  readonly status = 409;
  override readonly retryAfterSeconds = 1;

  constructor(options?: ErrorOptions) {
    super(`A request with this ${HEADER} is still being carried out. Send it again to get its answer.`, [], options);
  }
}

/** The request cannot be repeated by its key, so it was not carried out. */
export class IdempotencyKeyUnsupportedError extends DynamoError {
  readonly code = 'idempotency_key_unsupported';
  readonly status = 400;

  constructor() {
    const message = `${HEADER} works for writes of records only, and not for imports. Nothing was done. Leave it out: without it this request is carried out each time that it is sent.`;
    super(message, [{ path: HEADER, code: 'idempotency_key_unsupported', message }]);
  }
}

/** Idempotency keys are switched off here, so the request was not carried out. */
export class IdempotencyKeysOffError extends DynamoError {
  readonly code = 'idempotency_keys_off';
  readonly status = 400;

  constructor() {
    const message = `${HEADER} is switched off here (idempotencyKeyLifetime is 0). Nothing was done. Leave it out: without it this request is carried out each time that it is sent.`;
    super(message, [{ path: HEADER, code: 'idempotency_keys_off', message }]);
  }
}

/** Nobody is known to send the request, so that its key could be anybody's. */
export class IdempotencyNeedsCallerError extends DynamoError {
  readonly code = 'idempotency_needs_caller';
  readonly status = 400;

  constructor() {
    const message = `${HEADER} is for those who say who they are, because everybody has keys of their own. Nothing was done. Sign in, or leave it out.`;
    super(message, [{ path: HEADER, code: 'idempotency_needs_caller', message }]);
  }
}

/** The connection to the database was lost at the end of a write with a key, and the database does not say what became of it. */
export class WriteOutcomeUnknownError extends DynamoError {
  readonly code = 'write_outcome_unknown';
  readonly status = 503;
  override readonly concernsOperator = true;
  override readonly retryAfterSeconds = 5;

  constructor(options?: ErrorOptions) {
    super(
      `The connection to the database was lost while the records were written: it was done whole, or not at all. Send the same request with the same ${HEADER} again; it is carried out once in any case.`,
      [],
      options,
    );
  }
}
