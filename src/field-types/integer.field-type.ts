import { castToWholeNumber } from './casts/exact-number.cast.js';
import type { FieldType } from './field-type.js';
import { numberFromText } from './number-text.js';
import { index, optionsSchema } from './options-schema.js';

const MINIMUM = -2_147_483_648;
const MAXIMUM = 2_147_483_647;

export const integer = {
  name: 'integer',
  djangoName: 'IntegerField',
  label: 'Whole number',
  description: `A whole number between ${MINIMUM} and ${MAXIMUM}.`,
  optionsSchema: optionsSchema({ index }),
  sqlType: () => 'integer',
  jsonSchema: () => ({ type: 'integer', minimum: MINIMUM, maximum: MAXIMUM }),
  expects: () => `a whole number between ${MINIMUM} and ${MAXIMUM}`,
  parse: (value) => Number(value),
  select: (column) => column,
  fromText: numberFromText,
  values: 'number',
  castFrom: castToWholeNumber(MINIMUM, MAXIMUM),
  widget: 'number',
} satisfies FieldType;
