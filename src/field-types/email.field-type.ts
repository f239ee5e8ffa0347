import { castToTextOf } from './casts/text.cast.js';
import type { FieldType, JsonSchema } from './field-type.js';
import { index, optionsSchema } from './options-schema.js';
import { checkPattern, matching, matchingInWords, pattern, type PatternOption } from './pattern-option.js';
import { parseText } from './text-value.js';

/** RFC 5321 allows no longer address. */
const MAX_LENGTH = 254;
const SCHEMA: JsonSchema = { type: 'string', format: 'email', maxLength: MAX_LENGTH };

export const email = {
  name: 'email',
  djangoName: 'EmailField',
  label: 'E-mail address',
  description: 'An e-mail address.',
  optionsSchema: optionsSchema({ pattern, index }),
  checkOptions: checkPattern,
  sqlType: () => `character varying(${MAX_LENGTH})`,
  jsonSchema: ({ options }) => ({ ...SCHEMA, ...matching(options) }),
  outputSchema: () => SCHEMA,
  expects: ({ options }) => `an e-mail address such as ada@example.com${matchingInWords(options)}`,
  parse: parseText,
  select: (column) => column,
  values: 'text',
  castFrom: castToTextOf(MAX_LENGTH, '^[^@\\s]+@[^@\\s]+[.][^@\\s]+$'),
  widget: 'text',
} satisfies FieldType<PatternOption>;
