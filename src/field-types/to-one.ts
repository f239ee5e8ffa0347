import type { FieldDefinition } from '../definition/field-definition.js';
import { castToKey } from './casts/key.cast.js';
import type { FieldType, OnDelete, RelationDescription } from './field-type.js';
import { numberFromText } from './number-text.js';
import { index, optionsSchema } from './options-schema.js';

export interface ToOneOptions {
  readonly onDelete: OnDelete;
}

/** What all relations to one record have in common. */
export const toOne = {
  optionsSchema: optionsSchema({
    onDelete: {
      enum: ['restrict', 'cascade', 'set_null'],
      default: 'restrict',
      description: 'What deleting the related record does: refuse it, delete this record too, or empty this field.',
    },
    // There always is one; a name makes it one for several fields too.
    index,
  }),
  sqlType: () => 'bigint',
  jsonSchema: () => ({ type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
  expects: () => 'the id of a related record',
  parse: Number,
  select: (column: string) => column,
  fromText: numberFromText,
  values: 'key',
  castFrom: castToKey,
  widget: 'relation',
  columnName: (name: string) => `${name}_id`,
  relation: ({ options }: FieldDefinition<ToOneOptions>): RelationDescription => ({
    kind: 'to_one',
    onDelete: options.onDelete,
  }),
  alwaysIndexed: true,
  allowsDefault: false,
} as const satisfies Partial<FieldType<ToOneOptions>>;
