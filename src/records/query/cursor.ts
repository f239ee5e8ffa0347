import { shortHash } from '../../definition/identifiers.js';
import type { Json } from '../../definition/field-definition.js';
import { InvalidValueError } from '../../errors/invalid-value.error.js';
import type { Parameter } from '../record-parser.js';
import { mistake } from './mistakes.js';
import { columnOf, isNullable } from './path.js';
import type { Predicate } from './predicate.js';
import type { SortKey } from './sort.js';
import type { Source } from './source.js';

/** Values of the sort keys of a record: a place in the order, whether or not the record is still there. */
export type Place = readonly Parameter[];

/** What the order depends on; a cursor says nothing about another one. */
const signature = (keys: readonly SortKey[]): string =>
  shortHash(JSON.stringify(keys.map(({ path, direction }) => [path.name, direction, path.field.cast])));

/** A place as an opaque text. @param values JSON array of the values of the sort keys */
export const encodeCursor = (keys: readonly SortKey[], values: string): string =>
  Buffer.from(`["${signature(keys)}",${values}]`).toString('base64url');

const invalid = (at: string, reason: string) =>
  mistake(at, 'invalid_cursor', `"${at}" must be a cursor that a list with the same sortBy has answered: ${reason}.`);

const parsed = (at: string, text: string): readonly Json[] => {
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.toString('base64url') !== text) throw invalid(at, 'this is none');
  try {
    const content = JSON.parse(bytes.toString()) as Json;
    if (Array.isArray(content)) return content as readonly Json[];
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw invalid(at, 'this is none');
};

/** @param at the parameter that has it @throws InvalidQueryError `invalid_cursor` */
export const decodeCursor = (keys: readonly SortKey[], text: string, at: string): Place => {
  const [sign, values, ...others] = parsed(at, text);
  if (!Array.isArray(values) || others.length > 0) throw invalid(at, 'this is none');
  if (sign !== signature(keys)) throw invalid(at, 'this one belongs to another order');
  const given = values as readonly Json[];
  if (given.length !== keys.length) throw invalid(at, 'it has too few or too many values');
  return keys.map(({ path }, position) => {
    const value = given[position] ?? null;
    if (value === null && isNullable(path)) return null;
    try {
      return path.field.bound(value);
    } catch (error) {
      if (!(error instanceof InvalidValueError)) throw error;
      throw invalid(at, `its value of "${path.name}" ${error.message}`);
    }
  });
};

/** One key of a place: the condition to be beyond it, and the one to be level with it. */
const stepOf = ({ path, direction }: SortKey, value: Parameter, source: Source) => {
  const column = columnOf(path, source);
  const isAscending = direction === 'ASC';
  if (value === null) return { beyond: isAscending ? 'FALSE' : `${column} IS NOT NULL`, level: `${column} IS NULL` };
  const parameter = source.draft.parameter(value, path.field.cast);
  const further = `${column} ${isAscending ? '>' : '<'} ${parameter}`;
  return {
    beyond: isAscending && isNullable(path) ? `(${further} OR ${column} IS NULL)` : further,
    level: `${column} = ${parameter}`,
  };
};

/** One comparison of rows, which an index on the keys answers: only where all go one way and none has nulls. */
const rowComparison = (keys: readonly SortKey[], place: Place, source: Source): string => {
  const columns = keys.map(({ path }) => columnOf(path, source));
  const values = keys.map(({ path }, position) => source.draft.parameter(place[position], path.field.cast));
  return `(${columns.join(', ')}) ${keys[0]?.direction === 'DESC' ? '<' : '>'} (${values.join(', ')})`;
};

/** The records that come after a place in the order of `keys`. */
export const beyondPlace = (keys: readonly SortKey[], place: Place): Predicate => ({
  sql: (source) => {
    const isUniform = keys.every(({ path, direction }) => direction === keys[0]?.direction && !isNullable(path));
    if (isUniform) return rowComparison(keys, place, source);
    const steps = keys.map((key, position) => stepOf(key, place[position] ?? null, source));
    const ways = steps.map(({ beyond }, position) =>
      [...steps.slice(0, position).map(({ level }) => level), beyond].join(' AND '),
    );
    return `(${ways.map((way) => `(${way})`).join(' OR ')})`;
  },
});

/** SQL expression of the values of a place, as a JSON text. */
export const placeSql = (keys: readonly SortKey[], source: Source): string => {
  const values = keys.map(({ path }) => path.field.select(columnOf(path, source)));
  return `json_build_array(${values.join(', ')})::text`;
};
