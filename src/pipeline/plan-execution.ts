import type { QueryRunner } from 'typeorm';
import {
  isLimitFailure,
  isLockFailure,
  isQueryCanceled,
  isRefusedByRows,
  isUnavailable,
  postgresError,
} from '../database/postgres-error.js';
import {
  InvalidRemedyError,
  LimitReachedError,
  RowsChangedError,
  SchemaBusyError,
  SchemaChangeFailedError,
} from '../errors/schema-change.error.js';
import type { PlanPreparation } from '../schema/preparation/plan-preparation.js';
import { tablesAhead } from '../schema/rows-ahead.js';
import type { SchemaOperation } from '../schema/schema-operation.js';
import type { SchemaState } from '../schema/schema-state.js';
import type { ClearedPlan, Obstacles } from './obstacles.js';
import { lockStatement } from './table-locks.js';

const noRoom = (description: string): string =>
  `There is no room in PostgreSQL for this: ${description}. A table has at most 1,600 columns, and a value in an index about 2,700 bytes.`;

const NOT_DONE =
  'cannot be applied: other records refer to those that it deletes, or the value is none that these records may have';

/** A plan that runs, in the caller's transaction: its locks first, then one operation after the other. */
export class PlanExecution {
  constructor(
    private readonly cleared: ClearedPlan,
    private readonly obstacles: Obstacles,
    private readonly runner: QueryRunner,
    /** What is left to do of operations that were got ready, by their position. */
    private readonly rest: PlanPreparation['rest'] = {},
  ) {}

  /** @throws SchemaBusyError, RowsChangedError, InvalidRemedyError, LimitReachedError, SchemaChangeFailedError, and what says that the database is away */
  async run(): Promise<void> {
    const { plan } = this.cleared;
    const locks = lockStatement(plan);
    if (locks !== undefined) await this.attempt('lock the tables', () => this.runner.query(locks));
    let state = plan.before;
    for (const [position, operation] of plan.operations.entries()) {
      const rest = this.rest[position];
      const work = () => (rest === undefined ? this.perform(operation, state) : this.complete(rest));
      await this.attempt(operation.describe(), work).catch((error: unknown) => {
        const key = this.cleared.remedial.get(operation);
        throw error instanceof RowsChangedError && key !== undefined ? new InvalidRemedyError(key, NOT_DONE) : error;
      });
      state = operation.apply(state);
    }
  }

  private async complete(rest: readonly string[]): Promise<void> {
    for (const text of rest) await this.runner.query(text);
  }

  private async perform(operation: SchemaOperation, state: SchemaState): Promise<void> {
    const precondition = operation.asksAgain ? operation.precondition?.(tablesAhead(state)) : undefined;
    const blocker = precondition && (await this.obstacles.find(precondition));
    if (blocker !== undefined) throw new RowsChangedError(blocker.message);
    for (const { text, values } of operation.toSql()) await this.runner.query(text, values ? [...values] : undefined);
  }

  private async attempt(description: string, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const cause = { cause: error };
      if (isLockFailure(error)) throw new SchemaBusyError(cause);
      if (isUnavailable(error) && !isQueryCanceled(error)) throw error;
      if (isRefusedByRows(error)) throw new RowsChangedError(description, cause);
      if (isLimitFailure(error)) throw new LimitReachedError(noRoom(description), '', cause);
      throw postgresError(error) === undefined ? error : new SchemaChangeFailedError(description, cause);
    }
  }
}
