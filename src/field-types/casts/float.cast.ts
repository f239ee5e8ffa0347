import { literal } from '../../definition/sql.js';
import { byKind, type CastRule, guarded, keep } from './cast-rule.js';
import { type NumberRange, numberRange } from './number-range.js';

/** A plain number, perhaps with an exponent: of four digits, so that numeric can hold it and compare it. */
const NUMBER = '^-?[0-9]+([.][0-9]+)?([eE][+-]?[0-9]{1,4})?$';
const LONGEST = 1100;

/** Beyond these PostgreSQL refuses numbers instead of calling them infinite or zero. */
const HIGHEST = `${literal('1.7976931348623157e308')}::numeric`;
const SMALLEST = `${literal('4.9406564584124654e-324')}::numeric`;
const HIGHEST_DIGITS = 308;
const SMALLEST_DIGITS = 323;

/** Whole numbers up to here are different numbers in double precision too. */
const SAFE = 2n ** 53n;

const isInRange = (numeric: string): string => `(${numeric} = 0 OR abs(${numeric}) BETWEEN ${SMALLEST} AND ${HIGHEST})`;

const alwaysInRange = ({ maximum = 0n, scale }: NumberRange): boolean =>
  maximum < 10n ** BigInt(HIGHEST_DIGITS) && scale <= SMALLEST_DIGITS;

const isKept = ({ minimum = 0n, maximum = 0n, integral }: NumberRange): boolean =>
  integral && minimum >= -SAFE && maximum <= SAFE;

const fromNumber: CastRule = (source) => {
  const range = numberRange(source);
  if (!range.exact || isKept(range)) return keep;
  return {
    ...keep,
    ...(alwaysInRange(range) ? {} : { accepts: isInRange }),
    loses: 'digits after the fifteenth',
  };
};

const jsonNumber = (value: string): string => `(${value} #>> '{}')::numeric`;

/** To double precision. */
export const castToFloat = byKind({
  text: () => ({
    using: (value) => `${value}::double precision`,
    accepts: (value) =>
      guarded(`length(${value}) <= ${LONGEST} AND ${value} ~ ${literal(NUMBER)}`, isInRange(`${value}::numeric`)),
  }),
  number: fromNumber,
  boolean: () => ({ using: (value) => `${value}::integer` }),
  json: () => ({
    using: jsonNumber,
    accepts: (value) => guarded(`jsonb_typeof(${value}) = 'number'`, isInRange(jsonNumber(value))),
  }),
});
