import type { RecordAction } from '../access/access-policy.js';
import { type AccessView, unlessInvalid } from '../pipeline/access-view.js';
import type { ModelRegistry, RegisteredModel } from '../pipeline/model.registry.js';
import { ALL_FIELDS, type FieldRights } from '../records/access/field-rights.js';

/** What somebody may do with the records of one model, as far as a document tells it. */
export interface DocumentedRights {
  readonly fields: FieldRights;
  /** A record may be out of sight as soon as it is added; the answer to that has its id only. */
  readonly mayLoseSight: boolean;
  /** Stands for all of it: equal texts are equal rights to one shape of the model. */
  readonly signature: string;
  may(...actions: readonly RecordAction[]): boolean;
  /** Whether paths lead on over this relation. */
  mayCross(relation: string): boolean;
}

export const ALL_RIGHTS: DocumentedRights = {
  fields: ALL_FIELDS,
  mayLoseSight: false,
  signature: '',
  may: () => true,
  mayCross: () => true,
};

const ACTIONS: readonly RecordAction[] = ['view', 'add', 'change', 'delete'];

const signatureOf = (names: readonly string[], rights: Omit<DocumentedRights, 'signature'>): string => {
  const { fields, mayLoseSight, may, mayCross } = rights;
  const ofFields = names.map((name) => [
    fields.maySee(name),
    fields.mayWrite('add', name),
    fields.mayWrite('change', name),
    mayCross(name),
  ]);
  const yesOrNo = [...ACTIONS.map((action) => may(action)), mayLoseSight, fields.mayReplace, ...ofFields.flat()];
  return yesOrNo.map(Number).join('');
};

/** The rights to a model in somebody's view; undefined where nothing is allowed. */
export const rightsIn = (
  view: AccessView,
  registry: ModelRegistry,
  model: RegisteredModel,
): DocumentedRights | undefined =>
  unlessInvalid(() => {
    const permits = view.permits(model);
    if (!ACTIONS.some((action) => permits.has(action))) return undefined;
    const { definition } = model;
    const inverses = registry.inverseRelations(model.id);
    const fields = view.rights(model, inverses);
    const isOpen = (id: string): boolean => {
      const target = registry.findById(id);
      return target?.definition.admin === true && view.permits(target).has('view');
    };
    const crossed = new Set([
      ...inverses.filter((inverse) => isOpen(inverse.model.id)).map(({ name }) => name),
      ...definition.fields
        .filter(({ relatedModelId: id, relatedEntity }) =>
          id === null ? relatedEntity !== null && view.findEntity(relatedEntity)?.isOpen === true : isOpen(id),
        )
        .map(({ name }) => name),
    ]);
    const rights = {
      fields,
      mayLoseSight: permits.rule('view') !== undefined,
      may: (...actions: readonly RecordAction[]) => actions.every((action) => permits.has(action)),
      mayCross: (relation: string) => crossed.has(relation),
    };
    const names = ['id', ...definition.fields.map(({ name }) => name), ...inverses.map(({ name }) => name)];
    return { ...rights, signature: signatureOf(names, rights) };
  });
