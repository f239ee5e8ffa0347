import { isObject } from './json.js';

/** One thing that is wrong with a request: `path` is dotted (`tags.0`), `message` says what to do. */
export interface Mistake {
  readonly path: string;
  readonly code: string;
  readonly message: string;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const mistakesOf = (errors: unknown): readonly Mistake[] =>
  (Array.isArray(errors) ? errors : [])
    .filter(isObject)
    .map(({ path, code, message }) => ({ path: textOf(path), code: textOf(code), message: textOf(message) }));

/** The server has refused a request: what its problem document says. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly code: string;
  readonly mistakes: readonly Mistake[];
  /** After how many seconds it is worth to try again, where the server says so. */
  readonly retryAfter: number | undefined;
  /** The whole problem document; what it has besides depends on its code. */
  readonly problem: Readonly<Record<string, unknown>>;

  /** @param problem body of the answer, whatever it was */
  constructor(status: number, problem: unknown, retryAfter?: string | null) {
    const known = isObject(problem) ? problem : {};
    const { detail, code, errors } = known;
    super(textOf(detail) || 'dynamo.errors.noAnswer');
    this.problem = known;
    this.status = status;
    this.code = textOf(code) || 'error';
    this.mistakes = mistakesOf(errors);
    this.retryAfter = retryAfter ? Number(retryAfter) : undefined;
  }
}

/** Nothing has answered. */
export class OfflineError extends Error {
  override readonly name = 'OfflineError';

  constructor(cause: unknown) {
    super('dynamo.errors.offline', { cause });
  }
}
