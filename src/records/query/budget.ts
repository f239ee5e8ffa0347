import { requireWithin } from './limits.js';

/** Counts the conditions of one request, wherever they stand. */
export class Budget {
  private spent = 0;

  /** @throws InvalidQueryError when there are too many */
  spend(at: string, conditions = 1): void {
    this.spent += conditions;
    requireWithin('conditions', this.spent, at);
  }
}
