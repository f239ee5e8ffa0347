import type { FieldDefinition } from '../definition/field-definition.js';
import type { FieldType, ValueKind } from '../field-types/field-type.js';
import { listText, literalText, schemaMembers } from './schema-text.js';

/** Kinds whose stored values are shown exactly as `parse` writes them. */
const LITERAL_KINDS: ReadonlySet<ValueKind> = new Set(['text', 'number', 'choices']);

const choiceTypes = (type: FieldType, field: FieldDefinition): readonly string[] | undefined => {
  if (field.choices.length === 0 || !LITERAL_KINDS.has(type.values)) return undefined;
  if (type.choosesMany) return [listText(field.choices.map(({ value }) => literalText(value)))];
  return field.choices.map(({ value }) => literalText(type.parse(value, field)));
};

/** The types of a field's value as the API shows it, null aside. */
export const shownTypes = (type: FieldType, field: FieldDefinition): readonly string[] =>
  choiceTypes(type, field) ?? schemaMembers(type.outputSchema?.(field) ?? type.jsonSchema(field));

/** The types of a field's value as a repository gives it, null aside. */
export const entityTypes = (type: FieldType, field: FieldDefinition): readonly string[] =>
  type.entityType === undefined ? shownTypes(type, field) : [type.entityType];
