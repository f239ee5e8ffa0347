import type { FieldDefinition } from '../definition/field-definition.js';
import { InvalidValueError } from '../errors/invalid-value.error.js';
import { castToDecimal } from './casts/exact-number.cast.js';
import type { FieldType } from './field-type.js';
import { index, optionsSchema } from './options-schema.js';
import { withoutExponent } from './plain-number.js';

interface DecimalOptions {
  readonly precision: number;
  readonly scale: number;
  readonly index: boolean;
}

/** Any decimal number; how many digits it may have is checked apart, because that is another mistake. */
const NUMBER = '^-?[0-9]+(\\.[0-9]+)?$';
const LONGEST = 1100;
/** Digits that a JSON number carries without loss. */
const SAFE_DIGITS = 15;

const pattern = ({ options: { precision, scale } }: FieldDefinition<DecimalOptions>): string => {
  const whole = precision - scale;
  const integerPart = whole > 0 ? `0*[0-9]{1,${whole}}` : '0+';
  return `^-?${integerPart}${scale > 0 ? `(\\.[0-9]{1,${scale}})?` : ''}$`;
};

const expects = ({ options: { precision, scale } }: FieldDefinition<DecimalOptions>): string =>
  `a number with at most ${precision - scale} digits before and ${scale} after the point, such as "${'9'.repeat(Math.min(2, precision - scale)) || '0'}${scale > 0 ? `.${'5'.repeat(Math.min(2, scale))}` : ''}"`;

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
    index,
  }),
  checkOptions: ({ precision, scale }) => (scale > precision ? '"scale" must not be more than "precision"' : undefined),
  sqlType: ({ options }) => `numeric(${options.precision},${options.scale})`,
  jsonSchema: () => ({ type: ['string', 'number'], pattern: NUMBER, maxLength: LONGEST }),
  outputSchema: () => ({ type: 'string', format: 'decimal' }),
  expects,
  parse: (value, field) => {
    const digits = typeof value === 'number' ? withoutExponent(value) : String(value);
    if (!new RegExp(pattern(field)).test(digits)) {
      throw new InvalidValueError('out_of_range', `must be ${expects(field)}`);
    }
    if (typeof value === 'number' && digits.replace(/\D/g, '').length > SAFE_DIGITS) {
      throw new InvalidValueError('out_of_range', 'has more digits than a JSON number keeps; send it as a string');
    }
    return digits;
  },
  select: (column) => `${column}::text`,
  values: 'number',
  castFrom: castToDecimal,
  widget: 'number',
} satisfies FieldType<DecimalOptions>;
