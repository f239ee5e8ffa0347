import type { FieldDefinition } from '../../definition/field-definition.js';
import { literal } from '../../definition/sql.js';
import { byKey, byKind, type CastRule, guarded } from './cast-rule.js';
import { type NumberRange, numberRange } from './number-range.js';

/** The numbers that a column of a whole number or a decimal takes. */
interface NumberShape {
  /** The smallest and the largest, with all their digits. */
  readonly lowest: string;
  readonly highest: string;
  /** Digits after the point; more of them are rounded or refused. */
  readonly scale: number;
  /** How texts write such numbers. */
  readonly pattern: string;
}

type ShapeOf<Options extends object> = (target: FieldDefinition<Options>) => NumberShape;

/** Longer texts than the API takes are refused before PostgreSQL has to read them: numeric has its limits too. */
const LONGEST = 1100;

const numeric = (digits: string): string => `${literal(digits)}::numeric`;
const rounded = (value: string, { scale }: NumberShape): string => `round(${value}, ${scale})`;
const isBetween = (value: string, { lowest, highest }: NumberShape): string =>
  `${value} BETWEEN ${numeric(lowest)} AND ${numeric(highest)}`;

/** Whether no digit of a number would be lost. */
const fits = (value: string, shape: NumberShape): string =>
  `${value} = ${rounded(value, shape)} AND ${isBetween(value, shape)}`;

const wholePart = (digits: string): bigint => BigInt(digits.split('.', 1)[0] ?? '0');

/** Whether every number of a column is in the shape once it is rounded. */
const alwaysFits = ({ minimum, maximum, scale }: NumberRange, shape: NumberShape): boolean => {
  if (minimum === undefined || maximum === undefined) return false;
  // 9.99 has one digit before the point, and two when it is rounded.
  const carry = scale > shape.scale ? 1n : 0n;
  return minimum - carry >= wholePart(shape.lowest) && maximum + carry <= wholePart(shape.highest);
};

const fromNumber = (range: NumberRange, shape: NumberShape) => {
  // A cast of double precision to numeric keeps 15 digits; its text has all of them.
  const number = (value: string): string => (range.exact ? value : `(${value}::text)::numeric`);
  const isRounded = range.scale > shape.scale;
  const using = (value: string): string => (isRounded ? rounded(number(value), shape) : number(value));
  return {
    using,
    ...(alwaysFits(range, shape) ? {} : { accepts: (value: string) => isBetween(using(value), shape) }),
    ...(isRounded ? { loses: 'digits after the point' } : {}),
  };
};

/** false is 0 and true is 1. */
const BOOLEANS: NumberRange = { minimum: 0n, maximum: 1n, scale: 0, integral: true, exact: true };

const rulesFor = <Options extends object>(shapeOf: ShapeOf<Options>) => {
  const text: CastRule<Options> = (_source, target) => {
    const shape = shapeOf(target);
    return {
      using: (value) => `${value}::numeric`,
      accepts: (value) =>
        guarded(
          `length(${value}) <= ${LONGEST} AND ${value} ~ ${literal(shape.pattern)}`,
          fits(`${value}::numeric`, shape),
        ),
    };
  };
  const number: CastRule<Options> = (source, target) => fromNumber(numberRange(source), shapeOf(target));
  const boolean: CastRule<Options> = (_source, target) => {
    const { using, accepts } = fromNumber(BOOLEANS, shapeOf(target));
    const digit = (value: string): string => `${value}::integer`;
    return {
      using: (value) => using(digit(value)),
      ...(accepts ? { accepts: (value: string) => accepts(digit(value)) } : {}),
    };
  };
  const json: CastRule<Options> = (_source, target) => {
    const number = (value: string): string => `(${value} #>> '{}')::numeric`;
    return {
      using: number,
      accepts: (value) => guarded(`jsonb_typeof(${value}) = 'number'`, fits(number(value), shapeOf(target))),
    };
  };
  return { text, number, boolean, json };
};

/** To whole numbers between these bounds. Texts with a fraction are refused, numbers with one are rounded. */
export const castToWholeNumber = (minimum: number | bigint, maximum: number | bigint): CastRule => {
  const shape = { lowest: String(minimum), highest: String(maximum), scale: 0, pattern: '^-?[0-9]+$' };
  const { text, number, ...others } = rulesFor(() => shape);
  return byKind({ ...others, text, number, key: byKey({ integer: number, bigint: number, text }) });
};

const decimalShape: ShapeOf<{ readonly precision: number; readonly scale: number }> = ({
  options: { precision, scale },
}) => {
  const highest = `${'9'.repeat(precision - scale) || '0'}${scale > 0 ? `.${'9'.repeat(scale)}` : ''}`;
  return { lowest: `-${highest}`, highest, scale, pattern: '^-?[0-9]+([.][0-9]+)?$' };
};

/** To decimals of the target's `precision` and `scale`. */
export const castToDecimal = byKind(rulesFor(decimalShape));
