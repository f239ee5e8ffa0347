import { castToText } from './casts/text.cast.js';
import type { FieldType } from './field-type.js';
import { optionsSchema } from './options-schema.js';
import { parseText } from './text-value.js';

export const text = {
  name: 'text',
  djangoName: 'TextField',
  label: 'Long text',
  description: 'Text of any length, with line breaks.',
  optionsSchema: optionsSchema({}),
  sqlType: () => 'text',
  jsonSchema: () => ({ type: 'string' }),
  expects: () => 'a text',
  parse: parseText,
  select: (column) => column,
  values: 'text',
  castFrom: castToText,
  widget: 'textarea',
} satisfies FieldType;
