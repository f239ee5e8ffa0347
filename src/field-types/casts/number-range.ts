import type { CastSource } from '../field-type.js';

/** What is known of the numbers in a column. */
export interface NumberRange {
  /** Bounds of the part before the point; undefined where there are none. */
  readonly minimum?: bigint;
  readonly maximum?: bigint;
  /** Digits after the point. */
  readonly scale: number;
  /** Whether the column knows no fractions at all, which is more than a scale of 0. */
  readonly integral: boolean;
  /** Whether PostgreSQL turns the numbers into numeric digit by digit. */
  readonly exact: boolean;
}

const integers = (bits: bigint): NumberRange => ({
  minimum: -(2n ** (bits - 1n)),
  maximum: 2n ** (bits - 1n) - 1n,
  scale: 0,
  integral: true,
  exact: true,
});

const INTEGERS: ReadonlyMap<string, NumberRange> = new Map([
  ['smallint', integers(16n)],
  ['integer', integers(32n)],
  ['bigint', integers(64n)],
]);

const NUMERIC = /^numeric\((\d+),(\d+)\)$/;

/** Anything between the bounds of double precision, or of a type that is not Dynamo's. */
const MEASURED: NumberRange = { scale: Infinity, integral: false, exact: false };

const ofColumn = (sqlType: string): NumberRange => {
  const integer = INTEGERS.get(sqlType);
  if (integer) return integer;
  const [, precision, scale] = NUMERIC.exec(sqlType) ?? [];
  if (precision === undefined) return MEASURED;
  const maximum = 10n ** BigInt(Number(precision) - Number(scale)) - 1n;
  return { minimum: -maximum, maximum, scale: Number(scale), integral: false, exact: true };
};

/** A type may promise more than its column does, and keep that with a CHECK: positive_integer has nothing below 0. */
const promisedMinimum = ({ type, field }: CastSource): bigint | undefined => {
  const { type: kind, minimum } = type.jsonSchema(field);
  return kind === 'integer' && Number.isSafeInteger(minimum) ? BigInt(Number(minimum)) : undefined;
};

/** What is known of the numbers of a field, or of the numbers that are its keys. */
export const numberRange = (source: CastSource): NumberRange => {
  const { relatedKey } = source.field;
  if (relatedKey !== null) return ofColumn(relatedKey);
  const range = ofColumn(source.type.sqlType(source.field) ?? '');
  return { ...range, minimum: promisedMinimum(source) ?? range.minimum };
};
