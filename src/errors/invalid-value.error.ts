import { DynamoError } from './dynamo.error.js';

/** A value that a field type refuses although its JSON schema allows it. Whoever knows the path adds it. */
export class InvalidValueError extends DynamoError {
  readonly status = 422;

  constructor(
    readonly code: 'invalid_text' | 'invalid_format' | 'out_of_range',
    message: string,
  ) {
    super(message);
  }
}
