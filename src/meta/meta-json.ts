import { humanize } from '../definition/identifiers.js';
import type { MetaField } from './meta-field.entity.js';
import type { MetaModel } from './meta-model.entity.js';

/** A MetaField as the API shows it. */
export const fieldToJson = (field: MetaField) => ({
  id: field.id,
  name: field.name,
  verboseName: field.verboseName ?? humanize(field.name),
  type: field.type,
  relatedModel: field.relatedModel,
  description: field.description,
  order: field.order,
  uniqueTogether: field.uniqueTogether,
  unique: field.unique,
  help: field.help,
  choices: field.choices,
  default: field.default,
  required: field.required,
  options: field.options,
});

/** A MetaModel as the API shows it, with its fields in order. */
export const modelToJson = (model: MetaModel) => ({
  id: model.id,
  app: model.app,
  name: model.name,
  verboseName: model.verboseName ?? humanize(model.name),
  description: model.description,
  admin: model.admin,
  primaryKey: model.primaryKey,
  fields: model.fields.map(fieldToJson),
});
