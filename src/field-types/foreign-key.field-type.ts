import { castToKey } from './casts/key.cast.js';
import type { FieldType, OnDelete } from './field-type.js';
import { numberFromText } from './number-text.js';
import { optionsSchema } from './options-schema.js';

interface ForeignKeyOptions {
  readonly onDelete: OnDelete;
}

export const foreignKey = {
  name: 'foreign_key',
  djangoName: 'ForeignKey',
  label: 'Relation to one',
  description: 'Points to one record of another model, or of the same.',
  optionsSchema: optionsSchema({
    onDelete: {
      enum: ['restrict', 'cascade', 'set_null'],
      default: 'restrict',
      description: 'What deleting the related record does: refuse it, delete this record too, or empty this field.',
    },
  }),
  sqlType: () => 'bigint',
  jsonSchema: () => ({ type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
  expects: () => 'the id of a related record',
  parse: (value) => Number(value),
  select: (column) => column,
  fromText: numberFromText,
  values: 'key',
  castFrom: castToKey,
  widget: 'relation',
  columnName: (name) => `${name}_id`,
  relation: ({ options }) => ({ kind: 'to_one', onDelete: options.onDelete }),
  alwaysIndexed: true,
  allowsDefault: false,
} satisfies FieldType<ForeignKeyOptions>;
