import { castToWholeNumber } from './casts/exact-number.cast.js';
import type { FieldType } from './field-type.js';
import { numberFromText } from './number-text.js';
import { index, optionsSchema } from './options-schema.js';

const MINIMUM = -32_768;
const MAXIMUM = 32_767;

export const smallInteger = {
  name: 'small_integer',
  djangoName: 'SmallIntegerField',
  label: 'Small whole number',
  description: `A whole number between ${MINIMUM} and ${MAXIMUM}.`,
  optionsSchema: optionsSchema({ index }),
  sqlType: () => 'smallint',
  jsonSchema: () => ({ type: 'integer', minimum: MINIMUM, maximum: MAXIMUM }),
  expects: () => `a whole number between ${MINIMUM} and ${MAXIMUM}`,
  parse: Number,
  select: (column) => column,
  fromText: numberFromText,
  values: 'number',
  castFrom: castToWholeNumber(MINIMUM, MAXIMUM),
  widget: 'number',
} satisfies FieldType;
