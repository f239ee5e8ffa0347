import type { FieldDefinition } from '../definition/field-definition.js';
import { InvalidValueError } from '../errors/invalid-value.error.js';
import { castToDecimal } from './casts/exact-number.cast.js';
import { compareDecimals, decimalDigits, fitsDecimal, plainDecimal } from './decimal-text.js';
import type { FieldType, JsonSchema } from './field-type.js';
import { LIMITS_CROSSED, limitOptions, type Limits, limitsCheck, limitsInWords } from './limits.js';
import { index, optionsSchema } from './options-schema.js';
import { trustedPattern } from './trusted-pattern.js';

interface DecimalOptions extends Limits<string | number> {
  readonly precision: number;
  readonly scale: number;
}

/** Any decimal number; how many digits it may have is checked apart, because that is another mistake. */
const NUMBER: JsonSchema = {
  type: ['string', 'number'],
  pattern: trustedPattern('^-?[0-9]+(\\.[0-9]+)?$'),
  maxLength: 1100,
};
/** Digits that a JSON number carries without loss. */
const SAFE_DIGITS = 15;

const limitsOf = ({ min, max }: DecimalOptions): Limits<string> => ({
  ...(min === undefined ? {} : { min: decimalDigits(min) }),
  ...(max === undefined ? {} : { max: decimalDigits(max) }),
});

const isOutside = (digits: string, { min, max }: Limits<string>): boolean =>
  (min !== undefined && compareDecimals(digits, min) < 0) || (max !== undefined && compareDecimals(digits, max) > 0);

const expects = ({ options }: FieldDefinition<DecimalOptions>): string => {
  const { precision, scale } = options;
  return `a number${limitsInWords(limitsOf(options))} with at most ${precision - scale} digits before and ${scale} after the point, such as "${'9'.repeat(Math.min(2, precision - scale)) || '0'}${scale > 0 ? `.${'5'.repeat(Math.min(2, scale))}` : ''}"`;
};

export const decimal = {
  name: 'decimal',
  djangoName: 'DecimalField',
  label: 'Decimal number',
  description: 'An exact number with a fixed count of decimal places, such as an amount of money.',
  optionsSchema: optionsSchema({
    precision: { type: 'integer', minimum: 1, maximum: 1000, default: 12, description: 'All digits together.' },
    scale: {
      type: 'integer',
      minimum: 0,
      maximum: 1000,
      default: 2,
      description: 'Digits after the point; not more than precision.',
    },
    ...limitOptions(NUMBER),
    index,
  }),
  checkOptions: (options) => {
    if (options.scale > options.precision) return '"scale" must not be more than "precision"';
    const { min, max } = limitsOf(options);
    return min !== undefined && max !== undefined && compareDecimals(min, max) > 0 ? LIMITS_CROSSED : undefined;
  },
  sqlType: ({ options }) => `numeric(${options.precision},${options.scale})`,
  jsonSchema: () => NUMBER,
  outputSchema: () => ({ type: 'string', format: 'decimal' }),
  expects,
  parse: (value, field) => {
    const digits = decimalDigits(value);
    const { precision, scale } = field.options;
    if (!fitsDecimal(digits, precision, scale) || isOutside(digits, limitsOf(field.options))) {
      throw new InvalidValueError('out_of_range', `must be ${expects(field)}`);
    }
    if (typeof value === 'number' && digits.replace(/\D/g, '').length > SAFE_DIGITS) {
      throw new InvalidValueError('out_of_range', 'has more digits than a JSON number keeps; send it as a string');
    }
    return plainDecimal(digits, scale);
  },
  select: (column) => `${column}::text`,
  check: ({ options }) => limitsCheck('numeric', limitsOf(options)),
  values: 'number',
  castFrom: castToDecimal,
  widget: 'number',
} satisfies FieldType<DecimalOptions>;
