import { castToText } from './casts/text.cast.js';
import type { FieldType } from './field-type.js';
import { optionsSchema } from './options-schema.js';
import { checkPattern, matching, matchingInWords, pattern, type PatternOption } from './pattern-option.js';
import { parseText } from './text-value.js';
import { LONGEST_MATCHED } from './trusted-pattern.js';

export const text = {
  name: 'text',
  djangoName: 'TextField',
  label: 'Long text',
  description: 'Text of any length, with line breaks.',
  optionsSchema: optionsSchema({ pattern }),
  checkOptions: checkPattern,
  sqlType: () => 'text',
  jsonSchema: ({ options }) => ({
    type: 'string',
    ...(options.pattern === undefined ? {} : { maxLength: LONGEST_MATCHED }),
    ...matching(options),
  }),
  outputSchema: () => ({ type: 'string' }),
  expects: ({ options }) =>
    options.pattern === undefined
      ? 'a text'
      : `a text of at most ${LONGEST_MATCHED} characters${matchingInWords(options)}`,
  parse: parseText,
  select: (column) => column,
  values: 'text',
  castFrom: castToText,
  widget: 'textarea',
} satisfies FieldType<PatternOption>;
