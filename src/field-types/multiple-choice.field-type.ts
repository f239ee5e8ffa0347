import type { Json } from '../definition/field-definition.js';
import { castToChoices } from './casts/choices.cast.js';
import { choice } from './choice.field-type.js';
import type { FieldType } from './field-type.js';
import { json } from './json.field-type.js';
import { optionsSchema } from './options-schema.js';

export const multipleChoice = {
  name: 'multiple_choice',
  djangoName: 'MultipleChoiceField',
  label: 'Several choices',
  description: 'Any number of a list of choices, each at most once, in an order of their own.',
  optionsSchema: optionsSchema({}),
  sqlType: () => 'jsonb',
  jsonSchema: () => ({ type: 'array', items: choice.jsonSchema(), uniqueItems: true }),
  expects: () => 'a list of different texts of 1 to 255 characters',
  parse: (value: Json) => json.parse(value),
  select: (column) => column,
  fromText: json.fromText,
  needsChoices: true,
  choosesMany: true,
  values: 'choices',
  castFrom: castToChoices,
  widget: 'select_many',
} satisfies FieldType;
