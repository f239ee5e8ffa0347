import { castToShortText } from './casts/text.cast.js';
import type { FieldDefinition } from '../definition/field-definition.js';
import type { FieldType, JsonSchema } from './field-type.js';
import { index, optionsSchema } from './options-schema.js';
import { checkPattern, matching, matchingInWords, pattern, type PatternOption } from './pattern-option.js';
import { parseText } from './text-value.js';

interface CharOptions extends PatternOption {
  readonly maxLength: number;
}

const schema = ({ options }: FieldDefinition<CharOptions>): JsonSchema => ({
  type: 'string',
  maxLength: options.maxLength,
});

export const char = {
  name: 'char',
  djangoName: 'CharField',
  label: 'Short text',
  description: 'One line of text, such as a name or a title.',
  optionsSchema: optionsSchema({
    maxLength: { type: 'integer', minimum: 1, maximum: 10_000, default: 255, description: 'In characters.' },
    pattern,
    index,
  }),
  checkOptions: checkPattern,
  sqlType: ({ options }) => `character varying(${options.maxLength})`,
  jsonSchema: (field) => ({ ...schema(field), ...matching(field.options) }),
  outputSchema: schema,
  expects: ({ options }) => `a text of at most ${options.maxLength} characters${matchingInWords(options)}`,
  parse: parseText,
  select: (column) => column,
  values: 'text',
  castFrom: castToShortText(),
  widget: 'text',
} satisfies FieldType<CharOptions>;
