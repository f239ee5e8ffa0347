import type { FieldDefinition, Json } from '../definition/field-definition.js';
import { literal } from '../definition/sql.js';
import { InvalidValueError } from '../errors/invalid-value.error.js';
import { choiceTest } from '../field-types/choice-values.js';
import type { FieldType } from '../field-types/field-type.js';
import { sharedValidator } from '../field-types/shared.validator.js';

/** A value as an SQL expression of the column's type; undefined when it is none that the field may have. */
export const sqlValue = (type: FieldType, field: FieldDefinition, value: Json): string | undefined => {
  const isBlank = value === '' || (Array.isArray(value) && value.length === 0);
  const isEmpty = value === null || (field.required && isBlank);
  const isChosen = field.choices.length === 0 || choiceTest(type, field);
  if (isEmpty || sharedValidator(type.jsonSchema(field))(value).length > 0) return undefined;
  try {
    if (isChosen !== true && !isChosen(value)) return undefined;
    return `${literal(type.parse(value, field))}::${type.sqlType(field)}`;
  } catch (error) {
    if (error instanceof InvalidValueError) return undefined;
    throw error;
  }
};
