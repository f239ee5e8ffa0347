import { type Action, isPartial } from '../record-action.js';

/** Which fields of a model somebody may see and write, by name. */
export interface FieldRights {
  maySee(name: string): boolean;
  /** In a new record, or in one that is there. */
  mayWrite(action: 'add' | 'change', name: string): boolean;
  /** Every field of the model's own may be changed, so that a replacement replaces them all. */
  readonly mayReplace: boolean;
}

export const ALL_FIELDS: FieldRights = { maySee: () => true, mayWrite: () => true, mayReplace: true };

/** Whether a body for this action may give the field; one that may create a record or change it needs both rights. */
export const mayGive = (rights: FieldRights, action: Action, name: string): boolean => {
  const adds = action === 'create' || action === 'upsert';
  const changes = isPartial(action) || action === 'replace';
  return (!adds || rights.mayWrite('add', name)) && (!changes || rights.mayWrite('change', name));
};
