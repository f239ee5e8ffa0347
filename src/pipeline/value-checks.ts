import type { FieldDefinition } from '../definition/field-definition.js';
import { shortHash } from '../definition/identifiers.js';
import { literal } from '../definition/sql.js';
import type { FieldType } from '../field-types/field-type.js';
import type { CheckConstraint } from '../schema/schema-state.js';

/** So many choices a sentence can name. */
const MOST_NAMED = 8;

export const choicesInWords = ({ choices }: FieldDefinition): string => {
  const named = choices.slice(0, MOST_NAMED).map(({ value }) => String(value));
  const rest = choices.length > MOST_NAMED ? ` and ${choices.length - MOST_NAMED} more` : '';
  return `one of: ${named.join(', ')}${rest}`;
};

/** Choices as a condition on the column; a list must have only such items. */
const choicesCondition = (type: FieldType, field: FieldDefinition): readonly string[] => {
  if (type.choosesMany) {
    const all = literal(JSON.stringify(field.choices.map(({ value }) => value)));
    return ['jsonb_typeof(', `) = 'array' AND `, ` <@ ${all}::jsonb`];
  }
  const values = field.choices.map(({ value }) => `${literal(type.parse(value, field))}::${type.sqlType(field)}`);
  return ['', ` IN (${values.join(', ')})`];
};

const check = (field: FieldDefinition, condition: readonly string[], expects: string): CheckConstraint => ({
  kind: 'check',
  name: `ck_${shortHash(JSON.stringify([field.id, condition]))}`,
  columns: [field.id],
  condition,
  expects,
});

/** What the database itself makes sure of about each value of a field: its choices and its range. */
export const checksOf = (type: FieldType, field: FieldDefinition): readonly CheckConstraint[] => {
  if (type.sqlType(field) === null) return [];
  // Choices are within the range of the field.
  if (field.choices.length > 0) return [check(field, choicesCondition(type, field), choicesInWords(field))];
  const range = type.check?.(field);
  return range === undefined ? [] : [check(field, range, type.expects(field))];
};
