import { InvalidValueError } from '../errors/invalid-value.error.js';
import { castToWholeNumber } from './casts/exact-number.cast.js';
import type { FieldType } from './field-type.js';
import { index, optionsSchema } from './options-schema.js';

const MINIMUM = -(2n ** 63n);
const MAXIMUM = 2n ** 63n - 1n;
const EXPECTS = `a whole number between ${MINIMUM} and ${MAXIMUM}, written as a string`;

export const bigInteger = {
  name: 'big_integer',
  djangoName: 'BigIntegerField',
  label: 'Large whole number',
  description: 'A whole number of up to 19 digits, exact to the last one.',
  optionsSchema: optionsSchema({ index }),
  sqlType: () => 'bigint',
  // A JSON number beyond 2^53 has already lost digits when it arrives.
  jsonSchema: () => ({
    type: ['string', 'integer'],
    pattern: '^-?[0-9]+$',
    maxLength: 40,
    minimum: Number.MIN_SAFE_INTEGER,
    maximum: Number.MAX_SAFE_INTEGER,
  }),
  outputSchema: () => ({ type: 'string', format: 'int64' }),
  expects: () => EXPECTS,
  parse: (value) => {
    const number = BigInt(value as string | number);
    if (number < MINIMUM || number > MAXIMUM) throw new InvalidValueError('out_of_range', `must be ${EXPECTS}`);
    return number.toString();
  },
  select: (column) => `${column}::text`,
  values: 'number',
  castFrom: castToWholeNumber(MINIMUM, MAXIMUM),
  widget: 'number',
} satisfies FieldType;
