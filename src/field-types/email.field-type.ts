import { castToTextOf } from './casts/text.cast.js';
import type { FieldType } from './field-type.js';
import { index, optionsSchema } from './options-schema.js';
import { parseText } from './text-value.js';

/** RFC 5321 allows no longer address. */
const MAX_LENGTH = 254;

export const email = {
  name: 'email',
  djangoName: 'EmailField',
  label: 'E-mail address',
  description: 'An e-mail address.',
  optionsSchema: optionsSchema({ index }),
  sqlType: () => `character varying(${MAX_LENGTH})`,
  jsonSchema: () => ({ type: 'string', format: 'email', maxLength: MAX_LENGTH }),
  expects: () => 'an e-mail address such as ada@example.com',
  parse: parseText,
  select: (column) => column,
  values: 'text',
  castFrom: castToTextOf(MAX_LENGTH, '^[^@\\s]+@[^@\\s]+[.][^@\\s]+$'),
  widget: 'text',
} satisfies FieldType;
