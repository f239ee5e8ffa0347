import type { FieldDefinition, Json } from '../definition/field-definition.js';
import { literal } from '../definition/sql.js';
import { InvalidValueError } from '../errors/invalid-value.error.js';
import type { FieldType } from '../field-types/field-type.js';
import { sharedValidator } from '../field-types/shared.validator.js';

/** A value as an SQL expression of the column's type; undefined when it is none that the field may have. */
export const sqlValue = (type: FieldType, field: FieldDefinition, value: Json): string | undefined => {
  const isEmpty = value === null || (field.required && value === '');
  if (isEmpty || sharedValidator(type.jsonSchema(field))(value).length > 0) return undefined;
  try {
    return `${literal(type.parse(value, field))}::${type.sqlType(field)}`;
  } catch (error) {
    if (error instanceof InvalidValueError) return undefined;
    throw error;
  }
};
