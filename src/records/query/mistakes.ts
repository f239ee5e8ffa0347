import { type FieldError, MOST_LISTED_ERRORS } from '../../errors/dynamo.error.js';
import { InvalidValueError } from '../../errors/invalid-value.error.js';
import { InvalidQueryError } from '../../errors/record.error.js';
import { TOO_COMPLEX } from './limits.js';

/** One mistake in a query. */
export const mistake = (path: string, code: string, message: string): InvalidQueryError =>
  new InvalidQueryError([{ path, code, message }]);

/** Names the place of what a field type refuses. @throws InvalidQueryError */
export const named = <T>(path: string, name: string, work: () => T): T => {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof InvalidValueError)) throw error;
    throw mistake(path, 'invalid_value', `"${name}" ${error.message}.`);
  }
};

/** Collects what is wrong with a query, so that one answer says all of it. */
export class Mistakes {
  private readonly errors: FieldError[] = [];

  /** Result of `work`, or undefined when it was a mistake. What costs too much ends the search for more mistakes. */
  attempt<T>(work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof InvalidQueryError) || error.code === TOO_COMPLEX) throw error;
      this.errors.push(...error.errors);
      if (this.errors.length >= MOST_LISTED_ERRORS) this.throwIfAny();
      return undefined;
    }
  }

  /** @throws InvalidQueryError listing everything that is wrong */
  throwIfAny(): void {
    const [first, ...others] = this.errors;
    if (first !== undefined) throw new InvalidQueryError([first, ...others]);
  }
}
