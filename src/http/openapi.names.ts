import type { InverseRelation } from '../definition/inverse-relation.js';
import type { ModelDefinition } from '../definition/model-definition.js';
import type { ValueKind } from '../field-types/field-type.js';
import type { FieldTypeRegistry } from '../field-types/field-type.registry.js';
import { primaryKeyOf } from '../field-types/primary-key.js';
import { keyOf, type RecordKey } from '../field-types/record-key.js';
import { mayGive } from '../records/access/field-rights.js';
import { idField } from '../records/query/record-field.js';
import { uniqueKeys } from '../records/upsert-key.js';
import type { DocumentedRights } from './openapi.rights.js';

/** Something that filters may name. `key` is there for what is, or has, the id of a record. */
export interface FilterName {
  readonly name: string;
  readonly kind: ValueKind;
  readonly key?: RecordKey;
}

/** What queries may name of a model. */
export interface Names {
  /** What has one value for each record. */
  readonly values: readonly FilterName[];
  /** What is a list of related records. */
  readonly many: readonly FilterName[];
  readonly relations: readonly string[];
}

/** @param pointing relations of other models that show in the records of this one */
export const namesOf = (
  definition: ModelDefinition,
  types: FieldTypeRegistry,
  pointing: readonly InverseRelation[],
  rights: DocumentedRights,
): Names => {
  const isSeen = ({ name }: { readonly name: string }) => rights.fields.maySee(name);
  const { key } = primaryKeyOf(definition.primaryKey);
  const inverses = pointing.filter(isSeen);
  const fields = definition.fields.filter(isSeen).map((field) => ({ field, type: types.get(field.type) }));
  const columns = fields.filter(({ field, type }) => type.sqlType(field) !== null);
  const related = fields.filter(({ field, type }) => type.relation?.(field) !== undefined);
  const others = fields.filter((each) => !columns.includes(each));
  return {
    values: [
      { name: 'id', kind: idField(key).kind, key },
      ...columns.map(({ field, type }) => ({
        name: field.name,
        kind: type.values,
        ...(type.relation === undefined ? {} : { key: keyOf(field.relatedKey) }),
      })),
    ],
    many: [
      ...others.map(({ field }) => ({ name: field.name, kind: 'keys' as const, key: keyOf(field.relatedKey) })),
      ...inverses.map(({ name, model }) => ({ name, kind: 'keys' as const, key: primaryKeyOf(model.primaryKey).key })),
    ],
    relations: [...related.map(({ field }) => field.name), ...inverses.map(({ name }) => name)].filter(rights.mayCross),
  };
};

/** What `on` may name: the keys whose values may be seen, and given in a body. */
export const keysOf = (
  definition: ModelDefinition,
  types: FieldTypeRegistry,
  { fields }: DocumentedRights,
): readonly (readonly string[])[] =>
  uniqueKeys(definition, types).filter((names) =>
    names.every((name) => (name === 'id' || fields.maySee(name)) && mayGive(fields, 'upsert', name)),
  );
