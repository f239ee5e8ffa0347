import { castToShortText } from './casts/text.cast.js';
import type { FieldType } from './field-type.js';
import { index, optionsSchema } from './options-schema.js';
import { parseText } from './text-value.js';

interface UrlOptions {
  readonly maxLength: number;
  readonly index: boolean;
}

export const url = {
  name: 'url',
  djangoName: 'URLField',
  label: 'Web address',
  description: 'An address that begins with http:// or https://.',
  optionsSchema: optionsSchema({
    maxLength: { type: 'integer', minimum: 10, maximum: 8000, default: 2000, description: 'In characters.' },
    index,
  }),
  sqlType: ({ options }) => `character varying(${options.maxLength})`,
  // No other schemes: "javascript:" is an address too, and pages show these values as links.
  jsonSchema: ({ options }) => ({
    type: 'string',
    format: 'uri',
    pattern: '^[Hh][Tt][Tt][Pp][Ss]?://[^/\\s]',
    maxLength: options.maxLength,
  }),
  expects: ({ options }) => `a web address of at most ${options.maxLength} characters, such as https://example.com/`,
  parse: parseText,
  select: (column) => column,
  values: 'text',
  castFrom: castToShortText('^[Hh][Tt][Tt][Pp][Ss]?://[^/\\s]'),
  widget: 'text',
} satisfies FieldType<UrlOptions>;
