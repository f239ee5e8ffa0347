import { castToBoolean } from './casts/boolean.cast.js';
import type { FieldType } from './field-type.js';
import { index, optionsSchema } from './options-schema.js';

const WORDS = new Map([
  ['true', true],
  ['false', false],
]);

export const boolean = {
  name: 'boolean',
  djangoName: 'BooleanField',
  label: 'Yes or no',
  description: 'True or false.',
  optionsSchema: optionsSchema({ index }),
  sqlType: () => 'boolean',
  jsonSchema: () => ({ type: 'boolean' }),
  expects: () => 'true or false',
  parse: (value) => value === true,
  select: (column) => column,
  fromText: (text) => WORDS.get(text) ?? text,
  values: 'boolean',
  castFrom: castToBoolean,
  widget: 'checkbox',
} satisfies FieldType;
