import { DynamoError } from './dynamo.error.js';

/** The change goes on in the background; what it needs is being got ready. It is not an error, but not done either. */
export class ChangeContinuesError extends DynamoError {
  readonly code = 'change_continues';
  readonly status = 202;
  override readonly extensions: object;

  /** @param change as `backgroundChanges.get` gives it */
  constructor(readonly change: { readonly id: string }) {
    super(
      `The change is being made in the background, because its tables have many rows. GET meta/background-changes/${change.id} says how far it is.`,
    );
    this.extensions = { change };
  }
}

/** The model is being changed in the background, and is not to change otherwise meanwhile. */
export class ChangeUnderWayError extends DynamoError {
  readonly code = 'change_under_way';
  readonly status = 409;
  override readonly extensions: object;

  constructor(
    readonly changeId: string,
    models: readonly string[],
  ) {
    super(
      `A change of ${models.join(' and ')} is being made in the background. Wait until it is done, or cancel it: DELETE meta/background-changes/${changeId}.`,
    );
    this.extensions = { changeId };
  }
}

/** A change in the background came to nothing. Definition and table are what they were. */
export class BackgroundChangeFailedError extends DynamoError {
  readonly code = 'background_change_failed';
  readonly status = 409;
  override readonly extensions: object;

  /** @param reason what the change would have been answered with, had it been made at once */
  constructor(readonly reason: { readonly code: string; readonly message: string }) {
    super(`The change came to nothing: ${reason.message}`);
    this.extensions = { reason };
  }
}

/** Somebody cancelled the change before it was made. Definition and table are what they were. */
export class ChangeCancelledError extends DynamoError {
  readonly code = 'change_cancelled';
  readonly status = 409;

  constructor() {
    super('The change was cancelled before it was made. Nothing was changed.');
  }
}

/** There is no such change, or it is so long ago that nothing is known of it. */
export class BackgroundChangeNotFoundError extends DynamoError {
  readonly code = 'background_change_not_found';
  readonly status = 404;

  constructor(id: string) {
    super(`There is no background change with id "${id}".`);
  }
}

/** The change is made, or has come to nothing, so it cannot be cancelled any more. */
export class ChangeIsOverError extends DynamoError {
  readonly code = 'change_is_over';
  readonly status = 409;

  constructor(state: string) {
    super(`The change is over already (${state}), so it cannot be cancelled. Make a change that undoes it.`);
  }
}
