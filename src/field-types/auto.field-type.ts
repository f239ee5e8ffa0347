import type { FieldType } from './field-type.js';
import { integer } from './integer.field-type.js';
import { index, optionsSchema } from './options-schema.js';

export const auto = {
  ...integer,
  name: 'auto',
  djangoName: 'AutoField',
  label: 'Counter',
  description: 'A whole number that counts up by itself, from 1 to 2147483647.',
  optionsSchema: optionsSchema({ index }),
  allowsDefault: false,
  identity: true,
  isPrimaryKey: true,
} satisfies FieldType;
