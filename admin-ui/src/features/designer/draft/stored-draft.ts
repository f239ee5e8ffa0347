import { isObject, type Json } from '../../../api/json.js';
import type { FieldType } from '../stored/field-type.js';
import { humanize } from '../stored/humanize.js';
import type { StoredField, StoredModel } from '../stored/stored-model.js';
import { defaultInput } from './default-value.js';
import type { ChoiceDraft, FieldDraft, ModelDraft } from './model-draft.js';

/** A label that only repeats the name is none: it follows the name. */
const ownLabel = (verboseName: string, name: string): string => (verboseName === humanize(name) ? '' : verboseName);

const partsOf = (choice: Json): readonly [unknown, unknown] => {
  if (Array.isArray(choice)) return [choice[0], choice[1]];
  return isObject(choice) ? [choice['value'], choice['label']] : [choice, undefined];
};

const choiceDraft = (choice: Json, place: number): ChoiceDraft => {
  const [value, label] = partsOf(choice);
  const written = String(value ?? '');
  return { key: `${place}`, value: written, label: label === undefined || label === value ? '' : String(label) };
};

const groupOf = (uniqueTogether: boolean | string): string | null => {
  if (typeof uniqueTogether === 'string') return uniqueTogether;
  return uniqueTogether ? '' : null;
};

const fieldDraft = (field: StoredField, types: readonly FieldType[]): FieldDraft => {
  const { id, name, type, description, help, required, unique, options } = field;
  const draft: FieldDraft = {
    key: id,
    id,
    name,
    verboseName: ownLabel(field.verboseName, name),
    type,
    relatedModel: field.relatedModel ?? '',
    description,
    help,
    required,
    unique,
    group: groupOf(field.uniqueTogether),
    choices: Array.isArray(field.choices) ? field.choices.map(choiceDraft) : [],
    default: field.default,
    options,
  };
  return { ...draft, default: defaultInput(draft, types) };
};

/** A stored model as it stands in the form. */
export const storedDraft = (model: StoredModel, types: readonly FieldType[]): ModelDraft => {
  const { app, name, description, admin, primaryKey, fields } = model;
  return {
    app,
    name,
    verboseName: ownLabel(model.verboseName, name),
    description,
    admin,
    primaryKey,
    fields: fields.map((field) => fieldDraft(field, types)),
  };
};
