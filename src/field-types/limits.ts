import { literal } from '../definition/sql.js';
import type { JsonSchema } from './field-type.js';

/** What values may be, both ends included. */
export interface Limits<Value> {
  readonly min?: Value;
  readonly max?: Value;
}

/** The options `min` and `max` of a type whose values have this schema. */
export const limitOptions = (value: JsonSchema): { readonly min: JsonSchema; readonly max: JsonSchema } => ({
  min: { ...value, description: 'The smallest value that is allowed.' },
  max: { ...value, description: 'The largest value that is allowed.' },
});

export const LIMITS_CROSSED = '"min" must not be more than "max"';

/** To follow what a value is: ` between 1 and 5`. */
export const limitsInWords = ({ min, max }: Limits<string | number>): string => {
  if (min !== undefined && max !== undefined) return ` between ${min} and ${max}`;
  if (min !== undefined) return ` of at least ${min}`;
  return max === undefined ? '' : ` of at most ${max}`;
};

/** The parts of an SQL condition between which the column goes; undefined where there is no limit. */
export const limitsCheck = (sqlType: string, { min, max }: Limits<string | number>): readonly string[] | undefined => {
  const bound = (operator: string, value: string | number | undefined): readonly string[] =>
    value === undefined ? [] : [` ${operator} ${literal(value)}::${sqlType}`];
  const [first, second] = [...bound('>=', min), ...bound('<=', max)];
  if (first === undefined) return undefined;
  return second === undefined ? ['', first] : ['', `${first} AND `, second];
};
