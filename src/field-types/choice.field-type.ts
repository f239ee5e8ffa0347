import { castToChoice } from './casts/choices.cast.js';
import type { FieldType } from './field-type.js';
import { index, optionsSchema } from './options-schema.js';
import { parseText } from './text-value.js';

export const choice = {
  name: 'choice',
  djangoName: 'ChoiceField',
  label: 'Choice',
  description: 'One of a list of choices.',
  optionsSchema: optionsSchema({ index }),
  sqlType: () => 'text',
  jsonSchema: () => ({ type: 'string', minLength: 1, maxLength: 255 }),
  expects: () => 'a text of 1 to 255 characters',
  parse: parseText,
  select: (column) => column,
  needsChoices: true,
  values: 'text',
  castFrom: castToChoice,
  widget: 'select',
} satisfies FieldType;
