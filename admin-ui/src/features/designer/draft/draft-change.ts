import { type FieldType, optionsOf } from '../stored/field-type.js';
import type { FieldDraft, ModelDraft } from './model-draft.js';

/** Makes a draft of a draft. */
export type DraftChange = (draft: ModelDraft) => ModelDraft;

export const changeModel =
  (values: Partial<ModelDraft>): DraftChange =>
  (draft) => ({ ...draft, ...values });

export const changeField =
  (key: string, values: Partial<FieldDraft>): DraftChange =>
  (draft) => ({
    ...draft,
    fields: draft.fields.map((field) => (field.key === key ? { ...field, ...values } : field)),
  });

export const addField =
  (field: FieldDraft): DraftChange =>
  (draft) => ({ ...draft, fields: [...draft.fields, field] });

export const removeField =
  (key: string): DraftChange =>
  (draft) => ({ ...draft, fields: draft.fields.filter((field) => field.key !== key) });

/** @param to place among the fields, from 0; beyond the ends it is the end */
export const moveField =
  (key: string, to: number): DraftChange =>
  (draft) => {
    const moved = draft.fields.find((field) => field.key === key);
    if (moved === undefined) return draft;
    const others = draft.fields.filter((field) => field !== moved);
    return { ...draft, fields: others.toSpliced(Math.max(to, 0), 0, moved) };
  };

/** What of the old type means nothing in the new one goes. */
export const retype = (field: FieldDraft, before: FieldType | undefined, after: FieldType): Partial<FieldDraft> => {
  const known = new Set(optionsOf(after).map(([name]) => name));
  const keepsDefault = after.allowsDefault && before?.widget === after.widget;
  return {
    type: after.name,
    options: Object.fromEntries(Object.entries(field.options).filter(([name]) => known.has(name))),
    relatedModel: after.isRelation ? field.relatedModel : '',
    default: keepsDefault ? field.default : null,
  };
};
