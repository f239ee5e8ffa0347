import { canonicalJson } from '../definition/canonical-json.js';
import type { ModelChange } from '../definition/model-definition.js';
import type { Announcement } from './signals.js';

/** What a change says: the model first, then its fields that went, changed and came. */
export const announcementsOf = (change: ModelChange): readonly Announcement[] => {
  const { before, after } = change;
  const oldFields = new Map((before?.fields ?? []).map((field) => [field.id, field]));
  const newFields = new Map((after?.fields ?? []).map((field) => [field.id, field]));
  const model = after ?? before;
  if (model === null) return [];

  const deleted = [...oldFields.values()]
    .filter(({ id }) => !newFields.has(id))
    .map((oldField): Announcement => ({ subject: 'field_delete', payload: { oldField, model } }));
  const updated = [...newFields.values()].flatMap((newField): Announcement[] => {
    const oldField = oldFields.get(newField.id);
    if (oldField === undefined || canonicalJson(oldField) === canonicalJson(newField)) return [];
    return [{ subject: 'field_update', payload: { oldField, newField, model } }];
  });
  const created = [...newFields.values()]
    .filter(({ id }) => !oldFields.has(id))
    .map((newField): Announcement => ({ subject: 'field_creation', payload: { newField, model } }));
  return [modelAnnouncement(change), ...deleted, ...updated, ...created];
};

const modelAnnouncement = (change: ModelChange): Announcement => {
  if (change.kind === 'create') return { subject: 'model_creation', payload: { newModel: change.after } };
  if (change.kind === 'delete') return { subject: 'model_delete', payload: { oldModel: change.before } };
  return { subject: 'model_update', payload: { oldModel: change.before, newModel: change.after } };
};
