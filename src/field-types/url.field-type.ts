import { castToShortText } from './casts/text.cast.js';
import type { FieldDefinition } from '../definition/field-definition.js';
import type { FieldType, JsonSchema } from './field-type.js';
import { index, optionsSchema } from './options-schema.js';
import { checkPattern, matching, matchingInWords, pattern, type PatternOption } from './pattern-option.js';
import { parseText } from './text-value.js';
import { trustedPattern } from './trusted-pattern.js';

interface UrlOptions extends PatternOption {
  readonly maxLength: number;
}

// No other schemes: "javascript:" is an address too, and pages show these values as links.
const schema = ({ options }: FieldDefinition<UrlOptions>): JsonSchema => ({
  type: 'string',
  format: 'uri',
  pattern: trustedPattern('^[Hh][Tt][Tt][Pp][Ss]?://[^/\\s]'),
  maxLength: options.maxLength,
});

export const url = {
  name: 'url',
  djangoName: 'URLField',
  label: 'Web address',
  description: 'An address that begins with http:// or https://.',
  optionsSchema: optionsSchema({
    maxLength: { type: 'integer', minimum: 10, maximum: 8000, default: 2000, description: 'In characters.' },
    pattern,
    index,
  }),
  checkOptions: checkPattern,
  sqlType: ({ options }) => `character varying(${options.maxLength})`,
  jsonSchema: (field) => ({ ...schema(field), ...matching(field.options) }),
  outputSchema: schema,
  expects: ({ options }) =>
    `a web address of at most ${options.maxLength} characters, such as https://example.com/${matchingInWords(options)}`,
  parse: parseText,
  select: (column) => column,
  values: 'text',
  castFrom: castToShortText('^[Hh][Tt][Tt][Pp][Ss]?://[^/\\s]'),
  widget: 'text',
} satisfies FieldType<UrlOptions>;
