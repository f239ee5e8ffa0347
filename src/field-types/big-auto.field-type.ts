import { bigInteger } from './big-integer.field-type.js';
import type { FieldType } from './field-type.js';
import { index, optionsSchema } from './options-schema.js';

export const bigAuto = {
  ...bigInteger,
  name: 'big_auto',
  djangoName: 'BigAutoField',
  label: 'Large counter',
  description: 'A whole number that counts up by itself, with up to 19 digits.',
  optionsSchema: optionsSchema({ index }),
  allowsDefault: false,
  identity: true,
  isPrimaryKey: true,
} satisfies FieldType;
