import type { InverseRelation } from '../../definition/inverse-relation.js';
import type { FieldTypeRegistry } from '../../field-types/field-type.registry.js';
import { primaryKeyOf } from '../../field-types/primary-key.js';
import { keyOf } from '../../field-types/record-key.js';
import type { RecordAction } from '../../access/access-policy.js';
import type { RegisteredModel } from '../../pipeline/model.registry.js';
import type { RegisteredRecordModels } from '../../pipeline/registered-record-models.js';
import { isSingle } from '../../records/inverse-schema.js';
import { uniqueKeys } from '../../records/upsert-key.js';
import { describeField, describeInverse, type FieldDescriptor, type FieldPermissions } from './field-descriptor.js';
import { modelPath } from './model-path.js';
import { describeRelation, displayField, keyShape } from './relation-descriptor.js';

/** A model as the menu shows it. */
export interface ModelSummary {
  readonly id: string;
  readonly app: string;
  readonly name: string;
  /** Of the API of its records, such as `shop/product`. */
  readonly path: string | null;
  readonly verboseName: string;
  readonly permissions: Readonly<Record<RecordAction, boolean>>;
}

/** A model as its pages show it. */
export interface ModelDescriptor extends ModelSummary {
  /** What its ids are in JSON. */
  readonly key: 'number' | 'text';
  /** The field that stands for a record; null where only its id does. */
  readonly display: string | null;
  /** Names of the fields by which records are found when they are written again: each alone, or several together. */
  readonly keys: readonly (readonly string[])[];
  /** What can be seen or given, in the order that people see. */
  readonly fields: readonly FieldDescriptor[];
}

/** Undefined where whoever asks may do nothing with its records. */
export const summarize = (model: RegisteredModel, view: RegisteredRecordModels): ModelSummary | undefined => {
  const { id, name, definition } = model;
  if (!definition.admin) return undefined;
  const permits = view.permits(model);
  const permissions = {
    view: permits.has('view'),
    add: permits.has('add'),
    change: permits.has('change'),
    delete: permits.has('delete'),
  };
  if (!Object.values(permissions).includes(true)) return undefined;
  const { app, verboseName } = definition;
  return { id, app, name: definition.name, path: modelPath(name), verboseName, permissions };
};

/** @param summary of the same model @param inverses relations of other models that show in its records */
export const describeModel = (
  summary: ModelSummary,
  model: RegisteredModel,
  view: RegisteredRecordModels,
  types: FieldTypeRegistry,
  inverses: readonly InverseRelation[],
): ModelDescriptor => {
  const { definition } = model;
  const seen = view.of(model);
  const shown = new Set(seen.names);
  const rights = view.rights(model, inverses);
  const permissionsOf = (name: string): FieldPermissions => ({
    view: shown.has(name),
    add: summary.permissions.add && rights.mayWrite('add', name),
    change: summary.permissions.change && rights.mayWrite('change', name),
  });
  const own = definition.fields.map((field) => {
    const type = types.get(field.type);
    const { relatedModelId, relatedEntity, relatedKey } = field;
    const target = relatedModelId === null ? view.findEntity(relatedEntity ?? '') : view.find(relatedModelId);
    const kind = type.relation?.(field).kind;
    const relation = kind === undefined ? null : describeRelation(target, kind === 'to_many', keyOf(relatedKey));
    return describeField(field, type, permissionsOf(field.name), relation);
  });
  const others = inverses.map((inverse) => {
    const { key } = primaryKeyOf(inverse.model.primaryKey);
    const relation = describeRelation(view.find(inverse.model.id), !isSingle(inverse, types), key);
    // What cannot be seen of other models is not told of by what can be given here.
    const { view: isShown, add, change } = permissionsOf(inverse.name);
    return describeInverse(inverse, { view: isShown, add: isShown && add, change: isShown && change }, relation);
  });
  return {
    ...summary,
    key: keyShape(primaryKeyOf(definition.primaryKey).key),
    display: displayField(seen),
    keys: uniqueKeys(definition, types).filter((names) => names.every((name) => name === 'id' || rights.maySee(name))),
    fields: [...own, ...others].filter(({ permissions }) => Object.values(permissions).includes(true)),
  };
};
