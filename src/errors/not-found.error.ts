import { DynamoError } from './dynamo.error.js';

/** What was asked for does not exist. */
export abstract class NotFoundError extends DynamoError {
  readonly status = 404;
}

/** No model with an API has this name. */
export class ModelNotFoundError extends NotFoundError {
  readonly code = 'model_not_found';
  constructor(name: string) {
    super(`There is no model "${name}".`);
  }
}

/** The model has no record with this id. */
export class RecordNotFoundError extends NotFoundError {
  readonly code = 'record_not_found';
  constructor(model: string, id: string) {
    super(`There is no "${model}" with id ${id}.`);
  }
}

/** No MetaModel has this id or name. */
export class MetaModelNotFoundError extends NotFoundError {
  readonly code = 'meta_model_not_found';
  constructor(id: string) {
    super(`There is no MetaModel "${id}". Give its id or its name as "app.Model".`);
  }
}

/** No MetaField has this id. */
export class MetaFieldNotFoundError extends NotFoundError {
  readonly code = 'meta_field_not_found';
  constructor(id: string) {
    super(`There is no MetaField "${id}".`);
  }
}
