import type { FieldType } from './field-type.js';
import { optionsSchema } from './options-schema.js';
import { checkPattern, matching, matchingInWords, pattern, type PatternOption } from './pattern-option.js';
import { parseText } from './text-value.js';

export const text = {
  name: 'text',
  djangoName: 'TextField',
  label: 'Long text',
  description: 'Text of any length, with line breaks.',
  optionsSchema: optionsSchema({ pattern }),
  checkOptions: checkPattern,
  sqlType: () => 'text',
  jsonSchema: ({ options }) => ({ type: 'string', ...matching(options) }),
  outputSchema: () => ({ type: 'string' }),
  expects: ({ options }) => `a text${matchingInWords(options)}`,
  parse: parseText,
  select: (column) => column,
  values: 'text',
  widget: 'textarea',
} satisfies FieldType<PatternOption>;
