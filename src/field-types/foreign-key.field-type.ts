import type { FieldType, OnDelete } from './field-type.js';
import { optionsSchema, relatedName } from './options-schema.js';
import { keyOf } from './record-key.js';

interface ForeignKeyOptions {
  readonly onDelete: OnDelete;
  readonly relatedName?: string;
}

export const foreignKey = {
  name: 'foreign_key',
  djangoName: 'ForeignKey',
  label: 'Relation to one',
  description: 'Points to one record of another model, or of the same.',
  optionsSchema: optionsSchema({
    relatedName,
    onDelete: {
      enum: ['restrict', 'cascade', 'set_null'],
      default: 'restrict',
      description: 'What deleting the related record does: refuse it, delete this record too, or empty this field.',
    },
  }),
  sqlType: ({ relatedKey }) => keyOf(relatedKey).sqlType,
  jsonSchema: ({ relatedKey }) => keyOf(relatedKey).jsonSchema,
  outputSchema: ({ relatedKey }) => keyOf(relatedKey).outputSchema,
  expects: () => 'the id of a related record',
  parse: (value, { relatedKey }) => keyOf(relatedKey).parse(value),
  select: (column) => column,
  fromText: (text, { relatedKey }) => keyOf(relatedKey).fromText(text) ?? text,
  values: 'key',
  widget: 'relation',
  columnName: (name) => `${name}_id`,
  relation: ({ options }) => ({ kind: 'to_one', onDelete: options.onDelete }),
  alwaysIndexed: true,
  allowsDefault: false,
} satisfies FieldType<ForeignKeyOptions>;
