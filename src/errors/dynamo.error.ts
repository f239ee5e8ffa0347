/** As many mistakes as anybody reads; a list of thousands of records may have a hundred thousand. */
export const MOST_LISTED_ERRORS = 100;

/** One thing that is wrong, and where: `path` is dotted (`fields.2.name`), `code` is stable, `message` says what to do. */
export interface FieldError {
  readonly path: string;
  readonly code: string;
  readonly message: string;
}

/**
 * Base of every error that Dynamo raises on purpose. `code` is stable and meant for programs, `message` for people,
 * `status` is the HTTP status that answers it.
 *
 * @example
 * try {
 *   await models.create({ name: 'select' });
 * } catch (error) {
 *   if (error instanceof DynamoError) console.error(error.code, error.message);
 * }
 */
export abstract class DynamoError extends Error {
  abstract readonly code: string;
  abstract readonly status: number;
  readonly errors: readonly FieldError[];
  /** What an answer shows besides, such as a plan. */
  readonly extensions: object = {};
  /** When it is worth to try again, in seconds. */
  readonly retryAfterSeconds: number | undefined = undefined;
  /** Whether the answer hides a cause that whoever runs the server should read in the log. */
  readonly concernsOperator: boolean = false;

  constructor(message: string, errors: readonly FieldError[] = [], options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.errors = errors;
  }
}
