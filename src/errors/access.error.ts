import { DynamoError } from './dynamo.error.js';

/** Whoever asks may not do that. Says the same whether or not there is something to do it with. */
export class AccessDeniedError extends DynamoError {
  readonly code = 'forbidden';
  readonly status = 403;

  /** @param what in words, to follow «You may not» */
  constructor(what: string) {
    super(`You may not ${what}.`);
  }
}

/** Nobody is known to ask, and nobody unknown may do that. */
export class AuthenticationRequiredError extends DynamoError {
  readonly code = 'authentication_required';
  readonly status = 401;

  /** @param what in words, to follow «You may not» */
  constructor(what: string) {
    super(`You may not ${what} without signing in.`);
  }
}

/** The application's access policy limits records by a filter that does not fit the model, so nobody gets any. */
export class InvalidAccessRuleError extends DynamoError {
  readonly code = 'invalid_access_rule';
  readonly status = 403;
  override readonly concernsOperator = true;

  constructor(model: string, options: ErrorOptions) {
    super(
      `The access rule for "${model}" does not fit the model. Whoever runs the server finds the reason in the log.`,
      [],
      options,
    );
  }
}
