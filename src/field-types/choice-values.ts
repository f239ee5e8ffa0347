import type { FieldDefinition, Json } from '../definition/field-definition.js';
import type { FieldType } from './field-type.js';

/**
 * Makes a function that tells whether a valid value is one of the field's choices, or has only choices in it. Values are
 * compared as columns hold them: 1.0 is the choice "1.00" of a decimal.
 */
export const choiceTest = (type: FieldType, field: FieldDefinition): ((value: Json) => boolean) => {
  const choices = field.choices.map(({ value }) => value);
  if (choices.length === 0) return () => true;
  if (type.choosesMany) {
    const texts = new Set<Json>(choices);
    return (value) => Array.isArray(value) && (value as readonly Json[]).every((item) => texts.has(item));
  }
  const held = new Set(choices.map((choice) => type.parse(choice, field)));
  return (value) => held.has(type.parse(value, field));
};
