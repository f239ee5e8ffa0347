import type { FieldDefinition, Json } from '../definition/field-definition.js';
import { castToKey } from './casts/key.cast.js';
import type { FieldType, OnDelete, RelationDescription } from './field-type.js';
import { keyOf } from './record-key.js';
import { index, optionsSchema, relatedName } from './options-schema.js';

export interface ToOneOptions {
  readonly onDelete: OnDelete;
  readonly relatedName?: string;
}

/** What all relations to one record have in common. */
export const toOne = {
  optionsSchema: optionsSchema({
    relatedName,
    onDelete: {
      enum: ['restrict', 'cascade', 'set_null'],
      default: 'restrict',
      description: 'What deleting the related record does: refuse it, delete this record too, or empty this field.',
    },
    // There always is one; a name makes it one for several fields too.
    index,
  }),
  sqlType: ({ relatedKey }: FieldDefinition<ToOneOptions>) => keyOf(relatedKey).sqlType,
  jsonSchema: ({ relatedKey }: FieldDefinition<ToOneOptions>) => keyOf(relatedKey).jsonSchema,
  outputSchema: ({ relatedKey }: FieldDefinition<ToOneOptions>) => keyOf(relatedKey).outputSchema,
  expects: () => 'the id of a related record',
  parse: (value: Json, { relatedKey }: FieldDefinition<ToOneOptions>) => keyOf(relatedKey).parse(value),
  select: (column: string) => column,
  fromText: (text: string, { relatedKey }: FieldDefinition<ToOneOptions>) => keyOf(relatedKey).fromText(text) ?? text,
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
