import type { FieldType } from './field-type.js';
import { optionsSchema } from './options-schema.js';

export const manyToMany = {
  name: 'many_to_many',
  djangoName: 'ManyToManyField',
  label: 'Relation to many',
  description: 'Points to any number of records of another model, or of the same; each at most once.',
  optionsSchema: optionsSchema({}),
  sqlType: () => null,
  jsonSchema: () => ({
    type: 'array',
    uniqueItems: true,
    items: { type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER },
  }),
  expects: () => 'a list of different ids of related records',
  parse: (value) => String(value),
  select: (column) => column,
  values: 'keys',
  widget: 'relations',
  relation: () => ({ kind: 'to_many', onDelete: 'cascade' }),
  allowsDefault: false,
} satisfies FieldType;
