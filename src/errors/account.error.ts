import { DynamoError, type FieldError } from './dynamo.error.js';
import { NotFoundError } from './not-found.error.js';

/** Email and password do not belong together. Says the same whether or not there is such a user. */
export class InvalidCredentialsError extends DynamoError {
  readonly code = 'invalid_credentials';
  readonly status = 401;

  constructor() {
    super('Email and password do not match.');
  }
}

/** What a request carries to say who sends it is no key or token, or none any more. */
export class InvalidTokenError extends DynamoError {
  readonly code = 'invalid_token';
  readonly status = 401;

  /** @param what in words, such as `The API key` */
  constructor(what: string) {
    super(`${what} is not valid, or not valid any more.`);
  }
}

/** A request with a session's cookie may come from a page of somebody else's. */
export class CrossSiteRequestError extends DynamoError {
  readonly code = 'csrf_failed';
  readonly status = 403;

  /** @param problem as a sentence */
  constructor(problem: string) {
    super(`${problem} Send the session's "csrfToken" in the header X-CSRF-Token, from a page of this server.`);
  }
}

/** A password that others would guess. */
export class WeakPasswordError extends DynamoError {
  readonly code = 'weak_password';
  readonly status = 400;

  /** @param problem as a sentence @param path where the request has it */
  constructor(problem: string, path: string) {
    super(problem, [{ path, code: 'weak_password', message: problem }]);
  }
}

/** Too many at once, or in a short time. */
export class TooManyLoginsError extends DynamoError {
  readonly code = 'too_many_requests';
  readonly status = 429;
  override readonly retryAfterSeconds = 5;

  constructor() {
    super('Too many people are signing in at this moment. Try again in a few seconds.');
  }
}

/** There is a superuser, so nobody can set the server up again. */
export class AlreadySetUpError extends DynamoError {
  readonly code = 'already_set_up';
  readonly status = 409;

  constructor() {
    super('This server has been set up already. Sign in instead.');
  }
}

/** Nobody could manage accounts any more. */
export class LastSuperuserError extends DynamoError {
  readonly code = 'last_superuser';
  readonly status = 409;

  constructor() {
    super('This is the last active superuser. Make somebody else a superuser first.');
  }
}

/** Another user or group has the name. */
export class AccountNameTakenError extends DynamoError {
  readonly status = 409;

  /** @param path `email` of a user, or `name` of a group */
  constructor(
    path: 'email' | 'name',
    value: string,
    readonly code = `${path}_taken`,
  ) {
    const message = `There is already a ${path === 'email' ? 'user' : 'group'} "${value}". Case makes no difference.`;
    super(message, [{ path, code: `${path}_taken`, message } satisfies FieldError]);
  }
}

/** The group that stands for everybody is always there, and is nobody's. */
export class BuiltInGroupError extends DynamoError {
  readonly code = 'built_in_group';
  readonly status = 409;

  /** @param what in words, to follow «The group "anonymous"» */
  constructor(what: string) {
    super(`The group "anonymous" stands for everybody, so ${what}.`);
  }
}

/** Who sends the request is no user of the database. */
export class NoUserError extends DynamoError {
  readonly code = 'no_user';
  readonly status = 409;

  constructor() {
    super('This key belongs to no user. Make keys for users with POST /api/meta/keys.');
  }
}

/** No user has this id or email. */
export class UserNotFoundError extends NotFoundError {
  readonly code = 'user_not_found';
  constructor(id: string) {
    super(`There is no user "${id}". Give the id or the email.`);
  }
}

/** No group has this id or name. */
export class GroupNotFoundError extends NotFoundError {
  readonly code = 'group_not_found';
  constructor(id: string) {
    super(`There is no group "${id}". Give the id or the name.`);
  }
}

/** No key has this id, or it is somebody else's. */
export class KeyNotFoundError extends NotFoundError {
  readonly code = 'key_not_found';
  constructor(id: string) {
    super(`There is no API key "${id}".`);
  }
}
