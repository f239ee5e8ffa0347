import { castToShortText } from './casts/text.cast.js';
import type { FieldDefinition } from '../definition/field-definition.js';
import type { FieldType, JsonSchema } from './field-type.js';
import { index, optionsSchema } from './options-schema.js';
import { checkPattern, matching, matchingInWords, pattern, type PatternOption } from './pattern-option.js';
import { parseText } from './text-value.js';
import { trustedPattern } from './trusted-pattern.js';

interface SlugOptions extends PatternOption {
  readonly maxLength: number;
}

const schema = ({ options }: FieldDefinition<SlugOptions>): JsonSchema => ({
  type: 'string',
  maxLength: options.maxLength,
  pattern: trustedPattern('^[-a-zA-Z0-9_]+$'),
});

export const slug = {
  name: 'slug',
  djangoName: 'SlugField',
  label: 'Slug',
  description: 'A short name for addresses: ASCII letters, digits, hyphens and underscores.',
  optionsSchema: optionsSchema({
    maxLength: { type: 'integer', minimum: 1, maximum: 2000, default: 50, description: 'In characters.' },
    pattern,
    // Records are looked up by their slug.
    index: { ...index, default: true },
  }),
  checkOptions: checkPattern,
  sqlType: ({ options }) => `character varying(${options.maxLength})`,
  jsonSchema: (field) => ({ ...schema(field), ...matching(field.options) }),
  outputSchema: schema,
  expects: ({ options }) =>
    `a text of at most ${options.maxLength} ASCII letters, digits, hyphens and underscores, such as "red-chair"${matchingInWords(options)}`,
  parse: parseText,
  select: (column) => column,
  values: 'text',
  castFrom: castToShortText('^[-a-zA-Z0-9_]+$'),
  widget: 'text',
} satisfies FieldType<SlugOptions>;
