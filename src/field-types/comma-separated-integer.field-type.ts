import { castToShortText } from './casts/text.cast.js';
import type { FieldType } from './field-type.js';
import { index, optionsSchema } from './options-schema.js';
import { trustedPattern } from './trusted-pattern.js';

interface CommaSeparatedIntegerOptions {
  readonly maxLength: number;
  readonly index: boolean;
}

export const commaSeparatedInteger = {
  name: 'comma_separated_integer',
  djangoName: 'CommaSeparatedIntegerField',
  label: 'Whole numbers in a row',
  description: 'Whole numbers with commas between them, such as 4,8,15.',
  optionsSchema: optionsSchema({
    maxLength: { type: 'integer', minimum: 1, maximum: 10_000, default: 255, description: 'In characters.' },
    index,
  }),
  sqlType: ({ options }) => `character varying(${options.maxLength})`,
  jsonSchema: ({ options }) => ({
    type: 'string',
    maxLength: options.maxLength,
    pattern: trustedPattern('^-?[0-9]+(,-?[0-9]+)*$'),
  }),
  expects: ({ options }) =>
    `whole numbers with commas between them, such as "4,8,15", at most ${options.maxLength} characters`,
  parse: String,
  select: (column) => column,
  values: 'text',
  searched: false,
  castFrom: castToShortText('^-?[0-9]+(,-?[0-9]+)*$'),
  widget: 'text',
} satisfies FieldType<CommaSeparatedIntegerOptions>;
