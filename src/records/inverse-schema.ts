import type { InverseRelation } from '../definition/inverse-relation.js';
import type { JsonSchema } from '../field-types/field-type.js';
import type { FieldTypeRegistry } from '../field-types/field-type.registry.js';
import { primaryKeyOf } from '../field-types/primary-key.js';

/** At most one record can point to each. */
export const isSingle = ({ field }: InverseRelation, types: FieldTypeRegistry): boolean => {
  const type = types.get(field.type);
  return type.relation?.(field).kind === 'to_one' && type.alwaysUnique === true;
};

/** What the ids of the records that point to one look like in it. */
export const inverseSchema = (inverse: InverseRelation, types: FieldTypeRegistry): JsonSchema => {
  const { outputSchema } = primaryKeyOf(inverse.model.primaryKey).key;
  const { app, name } = inverse.model;
  const described = {
    title: inverse.name,
    description: `${app}.${name} with this ${inverse.field.name}.`,
  };
  return isSingle(inverse, types)
    ? { ...outputSchema, type: [String(outputSchema['type']), 'null'], ...described }
    : { type: 'array', items: outputSchema, ...described };
};
