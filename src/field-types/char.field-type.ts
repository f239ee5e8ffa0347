import { castToShortText } from './casts/text.cast.js';
import type { FieldType } from './field-type.js';
import { index, optionsSchema } from './options-schema.js';
import { parseText } from './text-value.js';

interface CharOptions {
  readonly maxLength: number;
  readonly index: boolean;
}

export const char = {
  name: 'char',
  djangoName: 'CharField',
  label: 'Short text',
  description: 'One line of text, such as a name or a title.',
  optionsSchema: optionsSchema({
    maxLength: { type: 'integer', minimum: 1, maximum: 10_000, default: 255, description: 'In characters.' },
    index,
  }),
  sqlType: ({ options }) => `character varying(${options.maxLength})`,
  jsonSchema: ({ options }) => ({ type: 'string', maxLength: options.maxLength }),
  expects: ({ options }) => `a text of at most ${options.maxLength} characters`,
  parse: parseText,
  select: (column) => column,
  values: 'text',
  castFrom: castToShortText(),
  widget: 'text',
} satisfies FieldType<CharOptions>;
