import { isSame, type Json, type JsonObject } from '../../../api/json.js';
import type { FieldType } from '../stored/field-type.js';
import { choiceValue, defaultOf } from './default-value.js';
import type { FieldDraft, ModelDraft } from './model-draft.js';

const together = (group: string | null): boolean | string => (group === '' ? true : (group ?? false));

/** All that a field has, as the API takes it; what is empty is null, which stands for «as if it were not given». */
const fieldBody = (field: FieldDraft, types: readonly FieldType[]): JsonObject => ({
  name: field.name.trim(),
  verboseName: field.verboseName.trim() || null,
  type: field.type,
  relatedModel: field.relatedModel.trim() || null,
  description: field.description,
  help: field.help,
  required: field.required,
  unique: field.unique,
  uniqueTogether: together(field.group),
  choices:
    field.choices.length === 0
      ? null
      : field.choices.map(({ value, label }) => ({
          value: choiceValue(field, value, types),
          label: label.trim() || value,
        })),
  default: defaultOf(field, types),
  options: field.options,
});

const modelBody = ({ app, name, verboseName, description, admin, primaryKey }: ModelDraft): JsonObject => ({
  app: app.trim(),
  name: name.trim(),
  verboseName: verboseName.trim() || null,
  description,
  admin,
  primaryKey,
});

const isNothing = (value: Json): boolean =>
  value === null || value === '' || value === false || JSON.stringify(value) === '{}';

const given = (body: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(body).filter(([, value]) => !isNothing(value)));

const changed = (body: JsonObject, base: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(body).filter(([name, value]) => !isSame(value, base[name] ?? null)));

/** What is sent for a new model. */
export const createBody = (draft: ModelDraft, types: readonly FieldType[]): JsonObject => ({
  ...modelBody(draft),
  fields: draft.fields.map((field) => given(fieldBody(field, types))),
});

/** Whether the fields that were there stand in another order, or new ones between them. */
const isReordered = (draft: ModelDraft, base: ModelDraft): boolean => {
  const left = new Set(draft.fields.map(({ id }) => id));
  const before = base.fields.filter(({ id }) => left.has(id)).map(({ id }) => id);
  return before.some((id, place) => draft.fields[place]?.id !== id);
};

const fieldsBody = (draft: ModelDraft, base: ModelDraft, types: readonly FieldType[]): readonly JsonObject[] => {
  const moves = isReordered(draft, base);
  const known = new Map(base.fields.map((field) => [field.id, field]));
  return draft.fields.map((field, place) => {
    const order: JsonObject = moves ? { order: place } : {};
    const before = field.id === undefined ? undefined : known.get(field.id);
    if (field.id === undefined || before === undefined) return { ...given(fieldBody(field, types)), ...order };
    return { id: field.id, ...changed(fieldBody(field, types), fieldBody(before, types)), ...order };
  });
};

/**
 * What is sent for a change: only what is another than it was. The fields are the whole list as soon as one of them is
 * another, was added or goes.
 *
 * @returns undefined where nothing was changed
 */
export const changeBody = (
  draft: ModelDraft,
  base: ModelDraft,
  types: readonly FieldType[],
): JsonObject | undefined => {
  const fields = fieldsBody(draft, base, types);
  const isTouched = fields.length !== base.fields.length || fields.some((field) => Object.keys(field).length > 1);
  const own = changed(modelBody(draft), modelBody(base));
  const body = isTouched ? { ...own, fields } : own;
  return Object.keys(body).length === 0 ? undefined : body;
};
