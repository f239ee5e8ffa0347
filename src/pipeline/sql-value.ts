import type { FieldDefinition, Json } from '../definition/field-definition.js';
import { literal } from '../definition/sql.js';
import { InvalidValueError } from '../errors/invalid-value.error.js';
import { choiceTest } from '../field-types/choice-values.js';
import type { FieldType } from '../field-types/field-type.js';
import { notEmpty } from '../field-types/not-empty.js';
import { sharedValidator } from '../field-types/shared.validator.js';

/** A value as an SQL expression of the column's type; undefined when it is none that the field may have. */
export const sqlValue = (type: FieldType, field: FieldDefinition, value: Json): string | undefined => {
  const schema = field.required ? notEmpty(type.jsonSchema(field)) : type.jsonSchema(field);
  if (value === null || sharedValidator(schema)(value).length > 0) return undefined;
  const isChosen = field.choices.length === 0 || choiceTest(type, field);
  try {
    if (isChosen !== true && !isChosen(value)) return undefined;
    return `${literal(type.parse(value, field))}::${type.sqlType(field)}`;
  } catch (error) {
    if (error instanceof InvalidValueError) return undefined;
    throw error;
  }
};
