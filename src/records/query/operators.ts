import type { Json } from '../../definition/field-definition.js';
import { InvalidValueError } from '../../errors/invalid-value.error.js';
import type { ValueKind } from '../../field-types/field-type.js';
import { parseText } from '../../field-types/text-value.js';
import { requireWithin } from './limits.js';
import { isLikePattern, likeLiteral, splitList } from './operand-text.js';
import type { Write } from './predicate.js';
import type { RecordField } from './record-field.js';

/** A test that filters offer: all that depends on which one it is, is in its object. */
export interface Operator {
  readonly name: string;
  /** Kinds of values that have it. */
  readonly kinds: ReadonlySet<ValueKind>;
  /** What passes, to follow the operator in the documentation. */
  readonly help: string;
  /** Whether it stands alone in a query string, without an operand. */
  readonly isAlone?: boolean;
  /** Text of a query string → operand as JSON has it. */
  fromText(text: string, field: RecordField): Json;
  /** What writes the test. @param at where the request has it @throws InvalidValueError */
  test(operand: Json, field: RecordField, at: string): Write;
}

const LISTED: readonly ValueKind[] = ['text', 'number', 'boolean', 'date', 'date_time', 'time', 'duration', 'uuid'];
const ORDERED: ReadonlySet<ValueKind> = new Set(['text', 'number', 'date', 'date_time', 'time', 'duration']);
const SINGLE: ReadonlySet<ValueKind> = new Set([...LISTED, 'ip_address', 'key']);
const EVERY: ReadonlySet<ValueKind> = new Set([...SINGLE, 'json', 'binary', 'choices']);
const TEXT: ReadonlySet<ValueKind> = new Set(['text']);

const one = (text: string, field: RecordField): Json => field.fromText(text);
const list = (text: string, field: RecordField): Json => splitList(text).map((part) => field.fromText(part));
const plain = (text: string): Json => text;

const invalid = (problem: string) => new InvalidValueError('invalid_format', problem);

const itemsOf = (operand: Json, expected: string): readonly Json[] => {
  if (Array.isArray(operand)) return operand as readonly Json[];
  throw invalid(`must be compared with ${expected}`);
};

const textOf = (operand: Json): string => {
  if (typeof operand === 'string') return parseText(operand);
  throw invalid('must be compared with a text');
};

const comparison = (name: string, sign: string, help: string): Operator => ({
  name,
  kinds: ORDERED,
  help,
  fromText: one,
  test: (operand, field) => {
    const value = field.bound(operand);
    return (expression, parameter) => `${expression} ${sign} ${parameter(value, field.cast)}`;
  },
});

const matching = (name: string, word: string, help: string, pattern: (text: string) => string): Operator => ({
  name,
  kinds: TEXT,
  help,
  fromText: plain,
  test: (operand) => {
    const value = pattern(textOf(operand));
    if (!isLikePattern(value)) throw invalid('must be compared with a pattern that does not end in a backslash');
    return (expression, parameter) => `${expression} ${word} ${parameter(value, 'text')}`;
  },
});

const containing = (kind: ValueKind, help: string, fromText: Operator['fromText']): Operator => ({
  name: '$contains',
  kinds: new Set([kind]),
  help,
  fromText,
  test: (operand, field) => {
    const value = field.value(operand);
    return (expression, parameter) => `${expression} @> ${parameter(value, 'jsonb')}`;
  },
});

/** Every operator; a kind of values has at most one of each name. */
export const OPERATORS: readonly Operator[] = [
  {
    name: '$eq',
    kinds: EVERY,
    help: 'the same',
    fromText: one,
    test: (operand, field) => {
      const value = field.value(operand);
      return (expression, parameter) => `${expression} = ${parameter(value, field.cast)}`;
    },
  },
  {
    name: '$null',
    kinds: EVERY,
    help: 'no value',
    isAlone: true,
    fromText: () => true,
    test: (operand) => {
      if (typeof operand !== 'boolean') throw invalid('must be compared with true or false by $null');
      return (expression) => `${expression} IS ${operand ? '' : 'NOT '}NULL`;
    },
  },
  {
    name: '$in',
    kinds: SINGLE,
    help: 'one of a list with commas; \\, is a comma',
    fromText: list,
    test: (operand, field, at) => {
      const items = itemsOf(operand, 'a list of values');
      requireWithin('inValues', items.length, at);
      const values = items.map((item) => field.value(item));
      return (expression, parameter) => `${expression} = ANY(${parameter(values, `${field.cast}[]`)})`;
    },
  },
  comparison('$gt', '>', 'more'),
  comparison('$gte', '>=', 'more or the same'),
  comparison('$lt', '<', 'less'),
  comparison('$lte', '<=', 'less or the same'),
  {
    name: '$btw',
    kinds: ORDERED,
    help: 'between two with a comma, both included',
    fromText: list,
    test: (operand, field) => {
      const items = itemsOf(operand, 'two values, from and to');
      if (items.length !== 2) throw invalid('must be compared with two values, from and to');
      const [from, to] = items.map((item) => field.bound(item));
      return (expression, parameter) =>
        `${expression} BETWEEN ${parameter(from, field.cast)} AND ${parameter(to, field.cast)}`;
    },
  },
  matching('$like', 'LIKE', 'like a pattern with % and _', (text) => text),
  matching('$ilike', 'ILIKE', 'the same in any case', (text) => text),
  matching('$sw', 'ILIKE', 'begins with, in any case', (text) => `${likeLiteral(text)}%`),
  matching('$ew', 'ILIKE', 'ends with, in any case', (text) => `%${likeLiteral(text)}`),
  matching('$contains', 'ILIKE', 'has in it, in any case', (text) => `%${likeLiteral(text)}%`),
  containing('json', 'has this JSON in it', one),
  containing('choices', 'has these choices, with commas', (text) => splitList(text)),
];

const byKind = new Map<ValueKind, ReadonlyMap<string, Operator>>();

/** The operators that fields of this kind have, by name. */
export const operatorsOf = (kind: ValueKind): ReadonlyMap<string, Operator> => {
  const known = byKind.get(kind);
  if (known !== undefined) return known;
  const own = OPERATORS.filter(({ kinds }) => kinds.has(kind)).map((operator) => [operator.name, operator] as const);
  const operators = new Map(own);
  byKind.set(kind, operators);
  return operators;
};

/** Names that some kind of values has: others are misspelt. */
export const OPERATOR_NAMES: ReadonlySet<string> = new Set(OPERATORS.map(({ name }) => name));
