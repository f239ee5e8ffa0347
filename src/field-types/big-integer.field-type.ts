import { InvalidValueError } from '../errors/invalid-value.error.js';
import { castToWholeNumber } from './casts/exact-number.cast.js';
import type { FieldType, JsonSchema } from './field-type.js';
import { LIMITS_CROSSED, limitOptions, type Limits, limitsCheck, limitsInWords } from './limits.js';
import { index, optionsSchema } from './options-schema.js';
import { trustedPattern } from './trusted-pattern.js';

const MINIMUM = -(2n ** 63n);
const MAXIMUM = 2n ** 63n - 1n;

// A JSON number beyond 2^53 has already lost digits when it arrives.
const SCHEMA: JsonSchema = {
  type: ['string', 'integer'],
  pattern: trustedPattern('^-?[0-9]+$'),
  maxLength: 40,
  minimum: Number.MIN_SAFE_INTEGER,
  maximum: Number.MAX_SAFE_INTEGER,
};

type BigIntegerOptions = Limits<string | number>;

const limitsOf = ({ min, max }: BigIntegerOptions) => ({ min: BigInt(min ?? MINIMUM), max: BigInt(max ?? MAXIMUM) });
const asText = (limit: string | number | undefined) => (limit === undefined ? undefined : BigInt(limit).toString());

const expects = (options: BigIntegerOptions): string => {
  const { min, max } = limitsOf(options);
  return `a whole number${limitsInWords({ min: min.toString(), max: max.toString() })}, written as a string`;
};

export const bigInteger = {
  name: 'big_integer',
  djangoName: 'BigIntegerField',
  label: 'Large whole number',
  description: 'A whole number of up to 19 digits, exact to the last one.',
  optionsSchema: optionsSchema({ ...limitOptions(SCHEMA), index }),
  checkOptions: (options) => {
    const { min, max } = limitsOf(options);
    if (min < MINIMUM || max > MAXIMUM) return `"min" and "max" must be between ${MINIMUM} and ${MAXIMUM}`;
    return min > max ? LIMITS_CROSSED : undefined;
  },
  sqlType: () => 'bigint',
  jsonSchema: () => SCHEMA,
  outputSchema: () => ({ type: 'string', format: 'int64' }),
  expects: ({ options }) => expects(options),
  parse: (value, { options }) => {
    const number = BigInt(value as string | number);
    const { min, max } = limitsOf(options);
    if (number < min || number > max) throw new InvalidValueError('out_of_range', `must be ${expects(options)}`);
    return number.toString();
  },
  select: (column) => `${column}::text`,
  check: ({ options: { min, max } }) => limitsCheck('bigint', { min: asText(min), max: asText(max) }),
  values: 'number',
  castFrom: castToWholeNumber(MINIMUM, MAXIMUM),
  widget: 'number',
} satisfies FieldType<BigIntegerOptions>;
