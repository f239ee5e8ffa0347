import type { InverseRelation } from '../definition/inverse-relation.js';
import { quote, quoteTable } from '../definition/sql.js';
import type { JsonSchema } from '../field-types/field-type.js';
import type { FieldTypeRegistry } from '../field-types/field-type.registry.js';
import { primaryKeyOf } from '../field-types/primary-key.js';

/** At most one record can point to each. */
export const isSingle = ({ field }: InverseRelation, types: FieldTypeRegistry): boolean => {
  const type = types.get(field.type);
  return type.relation?.(field).kind === 'to_one' && type.alwaysUnique === true;
};

/** SQL expression of the ids, or the id, of the records that point to `t`. */
export const inverseSelect = (inverse: InverseRelation, schema: string, types: FieldTypeRegistry): string => {
  const { model, field } = inverse;
  const [table, id, target] =
    types.get(field.type).relation?.(field).kind === 'to_many'
      ? [field.physicalName, 'source_id', 'target_id']
      : [model.tableName, 'id', field.physicalName];
  const from = `FROM ${quoteTable({ schema, name: table })} j WHERE j.${quote(target)} = t.id`;
  return isSingle(inverse, types)
    ? `(SELECT j.${id} ${from})`
    : `(SELECT coalesce(json_agg(j.${id} ORDER BY j.${id}), '[]') ${from})`;
};

/** What those ids look like in a record. */
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
