import { DynamoError, type FieldError, MOST_LISTED_ERRORS } from './dynamo.error.js';

/** The body does not fit the model; one entry per field that is wrong, the first hundred of them. */
export class InvalidRecordError extends DynamoError {
  readonly status = 422;
  readonly code = 'validation_failed';
  constructor(errors: readonly [FieldError, ...FieldError[]]) {
    const { length } = errors;
    const listed = length > MOST_LISTED_ERRORS ? ` The first ${MOST_LISTED_ERRORS} are listed.` : '';
    super(
      length === 1 ? errors[0].message : `${length} values are not valid.${listed}`,
      errors.slice(0, MOST_LISTED_ERRORS),
    );
  }
}

/** The query string asks for something that the model does not have. `code` is the first entry's code. */
export class InvalidQueryError extends DynamoError {
  readonly status = 400;
  readonly code: string;
  constructor(errors: readonly [FieldError, ...FieldError[]]) {
    super(errors[0].message, errors);
    this.code = errors[0].code;
  }
}

/** A change of all records that fit says not which; without a filter it would be all that there are. */
export class FilterRequiredError extends DynamoError {
  readonly status = 400;
  readonly code = 'filter_required';
  constructor() {
    super('Say with a filter which records are meant, such as filter.id=1. Without one, all would be.');
  }
}

/** Another record has this value already. */
export class UniqueViolationError extends DynamoError {
  readonly status = 409;
  readonly code = 'unique_violation';
  constructor(fields: readonly string[], options?: ErrorOptions) {
    const names = fields.map((field) => `"${field}"`).join(' and ');
    const message = `Another record has the same ${names || 'values'}. Choose a different value.`;
    super(
      message,
      fields.map((path) => ({ path, code: 'unique_violation', message })),
      options,
    );
  }
}

/** A relation points to a record that does not exist. */
export class RelatedRecordNotFoundError extends DynamoError {
  readonly status = 422;
  readonly code = 'related_record_not_found';
  constructor(field: string, options?: ErrorOptions) {
    const message = `"${field}" refers to a record that does not exist.`;
    super(message, [{ path: field, code: 'related_record_not_found', message }], options);
  }
}

/** Other records refer to the record that is to be deleted. */
export class RecordInUseError extends DynamoError {
  readonly status = 409;
  readonly code = 'record_in_use';
  constructor(model: string, options?: ErrorOptions) {
    super(`Other records refer to this "${model}". Delete them first or point them elsewhere.`, [], options);
  }
}

/** The table changed while the request was under way. Safe to repeat. */
export class SchemaChangedError extends DynamoError {
  readonly status = 409;
  readonly code = 'schema_changed';
  constructor(model: string, options?: ErrorOptions) {
    super(`"${model}" was changed while the request was under way. Repeat the request.`, [], options);
  }
}

/** The database refused a value for a reason that no field's rules name. */
export class RefusedValueError extends DynamoError {
  readonly status = 422;
  readonly code = 'refused_value';
  override readonly concernsOperator = true;
  /** @param fields that it can be about, when that is known */
  constructor(fields: readonly string[], options?: ErrorOptions) {
    const message =
      fields.length === 0
        ? 'The database refused a value of this record. Check the ranges of its fields.'
        : `The database refused the value of ${fields.map((name) => `"${name}"`).join(', ')}. Check what it may be.`;
    super(
      message,
      fields.map((path) => ({ path, code: 'refused_value', message })),
      options,
    );
  }
}

/** A change of the model is being made in the background, and the record would not be what it asks for. */
export class RefusedByChangeError extends DynamoError {
  readonly status = 409;
  readonly code = 'refused_by_change';
  constructor(model: string, options?: ErrorOptions) {
    super(
      `A change of "${model}" is being made in the background, and these values do not meet what it asks for. Correct them, or cancel that change: meta/background-changes has it.`,
      [],
      options,
    );
  }
}

/** Reading took longer than `readTimeout` allows, and was ended. */
export class QueryTimeoutError extends DynamoError {
  readonly status = 400;
  readonly code = 'query_timeout';
  constructor(options?: ErrorOptions) {
    super(
      'Finding these records took too long and was ended. Ask for less: a filter on an indexed field in place of a search, a smaller limit, count=none, fewer relations.',
      [],
      options,
    );
  }
}

/** The database cannot be reached or has no room for the request. Safe to repeat later. */
export class DatabaseUnavailableError extends DynamoError {
  readonly status = 503;
  readonly code = 'database_unavailable';
  override readonly concernsOperator = true;
  override readonly retryAfterSeconds = 2;
  constructor(options?: ErrorOptions) {
    super('The database is not available at the moment. Try again in a few seconds.', [], options);
  }
}
