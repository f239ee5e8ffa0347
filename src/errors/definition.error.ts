import { DynamoError, type FieldError } from './dynamo.error.js';

/** A model or field is not well defined. `code` is the first entry's code, every problem is listed in `errors`. */
export class InvalidDefinitionError extends DynamoError {
  readonly status = 400;
  readonly code: string;

  constructor(errors: readonly [FieldError, ...FieldError[]]) {
    super(errors[0].message, errors);
    this.code = errors[0].code;
  }
}

/** Another model of the app has this name already (names are compared without regard to case and underscores). */
export class NameTakenError extends DynamoError {
  readonly status = 409;
  readonly code = 'name_taken';

  constructor(name: string, path: string) {
    const message = `There is already a model "${name}". Choose another name; case and underscores make no difference.`;
    super(message, [{ path, code: 'name_taken', message }]);
  }
}

/** Records of a model show something else under this name already. */
export class FieldNameTakenError extends DynamoError {
  readonly status = 409;
  readonly code = 'name_taken';

  /** @param owner what has the name, such as `the field "title"` */
  constructor(name: string, owner: string, path: string) {
    const message = `Records cannot show two things under one name, and "${name}" is taken by ${owner}. Choose another name; case and underscores make no difference.`;
    super(message, [{ path, code: 'name_taken', message }]);
  }
}

/** A meta row was written in a way that Dynamo cannot follow, such as `repository.update()` outside a transaction. */
export class TransactionRequiredError extends DynamoError {
  readonly status = 409;
  readonly code = 'transaction_required';

  constructor(entity: string) {
    super(
      `${entity} rows shape tables, so they can only be changed inside a transaction. ` +
        'Use repository.save() or repository.remove(), or wrap update(), insert(), delete() and query builders in dataSource.transaction().',
    );
  }
}

/** A receiver tried to change meta rows while the change that it receives is being applied. */
export class ChangeInReceiverError extends DynamoError {
  readonly status = 409;
  readonly code = 'change_in_receiver';

  constructor() {
    super(
      'Models and fields cannot be changed by a pre receiver in the same transaction. Do it in a post receiver instead.',
    );
  }
}
