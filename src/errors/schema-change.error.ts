import { DynamoError, type FieldError } from './dynamo.error.js';

/** A reason why existing rows stand in the way of a change, with their number and up to five of them. */
export interface Blocker extends FieldError {
  readonly count: number;
  readonly samples: readonly unknown[];
  /** What may be done about the rows: the actions that `remedies` takes for this path. */
  readonly remedies: readonly string[];
}

/** A plan as data: what an answer shows and what `confirm` refers to. */
export interface PlanSummary {
  readonly hash: string;
  readonly destructive: boolean;
  readonly operations: readonly {
    readonly kind: string;
    readonly description: string;
    readonly destructive: boolean;
    /** Lock on the table while it runs. */
    readonly lock: string;
    /** Whether its time grows with the number of rows. */
    readonly rewrites: string;
    /** Rows that it reads or writes, counted or estimated; 0 where their number makes no difference. */
    readonly rows: number;
    readonly sql: readonly string[];
  }[];
  /** Rows in the way: as long as there are any, nothing is applied. */
  readonly blockers: readonly Blocker[];
  readonly warnings: readonly string[];
  /**
   * What is done in the background before the change is made, because its tables have many rows; nobody has to wait for
   * that. Empty where the change is made at once.
   */
  readonly preparation: readonly string[];
}

/** Other models refer to the model that is to be deleted. */
export class ModelInUseError extends DynamoError {
  readonly status = 409;
  readonly code = 'model_in_use';

  constructor(model: string, references: readonly string[]) {
    super(
      `"${model}" cannot be deleted: ${references.map((name) => `"${name}"`).join(', ')} ` +
        `${references.length === 1 ? 'refers' : 'refer'} to it. Delete ${references.length === 1 ? 'this field' : 'these fields'} first.`,
      references.map((path) => ({ path, code: 'model_in_use', message: `refers to "${model}"` })),
    );
  }
}

/** Existing rows do not fit the new definition. Nothing was changed. */
export class BlockedChangeError extends DynamoError {
  readonly status = 409;
  readonly code: string;
  readonly blockers: readonly Blocker[];
  override readonly extensions: object;

  constructor(blockers: readonly [Blocker, ...Blocker[]]) {
    super(
      blockers[0].message,
      blockers.map(({ path, code, message }) => ({ path, code, message })),
    );
    this.code = blockers[0].code;
    this.blockers = blockers;
    this.extensions = { blockers };
  }
}

/** The change drops data that nobody asked to drop; repeat it with `confirm` set to `plan.hash` to apply it. */
export class DestructiveChangeError extends DynamoError {
  readonly status = 409;
  readonly code = 'destructive_change';

  override readonly extensions: object;

  constructor(readonly plan: PlanSummary) {
    const losses = plan.operations.filter((operation) => operation.destructive).map(({ description }) => description);
    super(`This change loses data: ${losses.join('; ')}. Repeat it with ?confirm=${plan.hash} to apply it.`);
    this.extensions = { plan };
  }
}

/** The plan that was confirmed is not the plan that would run now. */
export class PlanChangedError extends DynamoError {
  readonly status = 409;
  readonly code = 'plan_changed';

  override readonly extensions: object;

  constructor(readonly plan: PlanSummary) {
    super(
      'The model has changed since this plan was made. Look at the new plan and confirm its hash if you still want it.',
    );
    this.extensions = { plan };
  }
}

/** There is no way from the values of the old type to values of the new one. */
export class TypeChangeImpossibleError extends DynamoError {
  readonly status = 400;
  readonly code = 'type_change_impossible';

  constructor(path: string, field: string, from: string, to: string) {
    const message =
      `"${field}" cannot change from ${from} to ${to}, because the values of the one mean nothing in the other. ` +
      'Add a new field of that type, fill it, then delete this one.';
    super(message, [{ path, code: 'type_change_impossible', message }]);
  }
}

/** What `remedies` says cannot be done. */
export class InvalidRemedyError extends DynamoError {
  readonly status = 400;
  readonly code = 'invalid_remedy';

  constructor(key: string, problem: string) {
    const message = `The remedy for "${key}" ${problem}.`;
    super(message, [{ path: `remedies.${key}`, code: 'invalid_remedy', message }]);
  }
}

/** PostgreSQL allows no more of something. Nothing was changed. */
export class LimitReachedError extends DynamoError {
  readonly status = 400;
  readonly code = 'limit_reached';

  constructor(message: string, path = '', options?: ErrorOptions) {
    super(message, [{ path, code: 'limit_reached', message }], options);
  }
}

/** Somebody else changed the model, field or record since it was read. */
export class PreconditionFailedError extends DynamoError {
  readonly status = 412;
  readonly code = 'precondition_failed';

  constructor(readonly etag: string) {
    super(
      'Somebody else has changed this since you read it. Read it again and repeat your change if you still want it.',
    );
  }
}

/** Rows came in between that the change cannot take. Nothing was changed; trying again finds them in time. */
export class RowsChangedError extends DynamoError {
  readonly status = 409;
  readonly code = 'rows_changed';
  override readonly retryAfterSeconds = 1;

  constructor(description: string, options?: ErrorOptions) {
    super(`Records changed while this was applied: ${description}. Nothing was changed; try again.`, [], options);
  }
}

/** Another schema change, or long-running traffic, held the locks for too long. Safe to repeat. */
export class SchemaBusyError extends DynamoError {
  readonly status = 409;
  readonly code = 'schema_busy';
  override readonly retryAfterSeconds = 1;

  constructor(options?: ErrorOptions) {
    super('Another change or a long-running query holds the table. Nothing was changed; try again.', [], options);
  }
}

/** After the change the database would not have been as the definition says. The change was rolled back. */
export class SchemaDriftError extends DynamoError {
  readonly status = 409;
  readonly code = 'schema_drift';

  constructor(readonly differences: readonly string[]) {
    super(
      `The table was changed outside of Dynamo, so nothing was applied: ${differences.join('; ')}. Undo that change and repeat.`,
      differences.map((message) => ({ path: '', code: 'schema_drift', message })),
    );
  }
}

/** PostgreSQL refused the change for a reason that Dynamo does not know. The cause is for the log, not for the answer. */
export class SchemaChangeFailedError extends DynamoError {
  readonly status = 409;
  readonly code = 'schema_change_failed';
  override readonly concernsOperator = true;

  constructor(description: string, options: ErrorOptions) {
    super(
      `The database refused to apply "${description}". Nothing was changed; the server's log has the reason.`,
      [],
      options,
    );
  }
}

/** A receiver of a `pre_…` signal refused the change. Everything was rolled back. */
export class VetoError extends DynamoError {
  readonly status = 409;
  readonly code = 'vetoed';

  constructor(signal: string, cause: unknown) {
    super(`A receiver of ${signal} refused the change: ${cause instanceof Error ? cause.message : String(cause)}`, [], {
      cause,
    });
  }
}
