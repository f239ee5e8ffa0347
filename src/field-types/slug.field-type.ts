import { castToShortText } from './casts/text.cast.js';
import type { FieldType } from './field-type.js';
import { index, optionsSchema } from './options-schema.js';
import { parseText } from './text-value.js';

interface SlugOptions {
  readonly maxLength: number;
  readonly index: boolean;
}

export const slug = {
  name: 'slug',
  djangoName: 'SlugField',
  label: 'Slug',
  description: 'A short name for addresses: ASCII letters, digits, hyphens and underscores.',
  optionsSchema: optionsSchema({
    maxLength: { type: 'integer', minimum: 1, maximum: 2000, default: 50, description: 'In characters.' },
    // Records are looked up by their slug.
    index: { ...index, default: true },
  }),
  sqlType: ({ options }) => `character varying(${options.maxLength})`,
  jsonSchema: ({ options }) => ({ type: 'string', maxLength: options.maxLength, pattern: '^[-a-zA-Z0-9_]+$' }),
  expects: ({ options }) =>
    `a text of at most ${options.maxLength} ASCII letters, digits, hyphens and underscores, such as "red-chair"`,
  parse: parseText,
  select: (column) => column,
  values: 'text',
  castFrom: castToShortText('^[-a-zA-Z0-9_]+$'),
  widget: 'text',
} satisfies FieldType<SlugOptions>;
