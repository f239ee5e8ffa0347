import type { FieldDefinition } from '../definition/field-definition.js';
import type { FieldType } from './field-type.js';
import { optionsSchema, relatedName } from './options-schema.js';
import { keyOf } from './record-key.js';

export const manyToMany = {
  name: 'many_to_many',
  djangoName: 'ManyToManyField',
  label: 'Relation to many',
  description: 'Points to any number of records of another model, or of the same; each at most once.',
  optionsSchema: optionsSchema({ relatedName }),
  sqlType: () => null,
  jsonSchema: ({ relatedKey }: FieldDefinition) => ({
    type: 'array',
    uniqueItems: true,
    items: keyOf(relatedKey).jsonSchema,
  }),
  outputSchema: ({ relatedKey }: FieldDefinition) => ({ type: 'array', items: keyOf(relatedKey).outputSchema }),
  expects: () => 'a list of different ids of related records',
  parse: (value) => String(value),
  select: (column) => column,
  values: 'keys',
  widget: 'relations',
  relation: () => ({ kind: 'to_many', onDelete: 'cascade' }),
  allowsDefault: false,
} satisfies FieldType;
