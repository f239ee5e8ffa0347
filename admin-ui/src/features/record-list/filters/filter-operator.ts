import { isObject, type Json, type JsonObject } from '../../../api/json.js';
import type { FieldDescriptor } from '../../../models/model-descriptor.js';
import type { TextKey } from '../../../texts/use-text.js';

/** How a filter compares a field with something. */
export interface FilterOperator {
  readonly text: TextKey & `filters.${string}`;
  /** The operators of the API that say it, each inside the one before. */
  readonly words: readonly [string, ...string[]];
  /** What it is compared with. */
  readonly operand: 'value' | 'list' | 'words' | 'nothing';
  /** Of those without an operand. */
  readonly fixed?: boolean;
  /** Kinds of values; left out, all that have the words. */
  readonly kinds?: ReadonlySet<string>;
}

const TEXT = new Set(['text']);
const MANY = new Set(['keys', 'choices']);
const KEYS = new Set(['keys']);
const SINGLE = new Set([
  'text',
  'number',
  'boolean',
  'date',
  'date_time',
  'time',
  'duration',
  'uuid',
  'ip_address',
  'key',
]);
const LISTED = new Set([...SINGLE].filter((kind) => !['boolean', 'date_time', 'duration'].includes(kind)));

/** In the order in which they are offered. */
const OPERATORS: readonly FilterOperator[] = [
  { text: 'filters.contains', words: ['$contains'], operand: 'words', kinds: TEXT },
  { text: 'filters.is', words: ['$eq'], operand: 'value', kinds: SINGLE },
  { text: 'filters.isNot', words: ['$not', '$eq'], operand: 'value', kinds: SINGLE },
  { text: 'filters.isOneOf', words: ['$in'], operand: 'list', kinds: LISTED },
  { text: 'filters.hasOne', words: ['$in'], operand: 'list', kinds: KEYS },
  { text: 'filters.hasAll', words: ['$contains'], operand: 'list', kinds: MANY },
  { text: 'filters.atLeast', words: ['$gte'], operand: 'value' },
  { text: 'filters.atMost', words: ['$lte'], operand: 'value' },
  { text: 'filters.more', words: ['$gt'], operand: 'value' },
  { text: 'filters.less', words: ['$lt'], operand: 'value' },
  { text: 'filters.begins', words: ['$sw'], operand: 'words' },
  { text: 'filters.ends', words: ['$ew'], operand: 'words' },
  { text: 'filters.lacks', words: ['$not', '$contains'], operand: 'words', kinds: TEXT },
  { text: 'filters.empty', words: ['$null'], operand: 'nothing', fixed: true },
  { text: 'filters.notEmpty', words: ['$null'], operand: 'nothing', fixed: false },
];

/** Which words end a test is what the API knows of it; the others only turn it round. */
const apiWord = ({ words }: FilterOperator): string => words[words.length - 1] ?? words[0];

/** The operators that can be chosen for a field. A field that always has a value is never empty. */
export const operatorsOf = ({ kind, operators, required, choices }: FieldDescriptor): readonly FilterOperator[] => {
  const isPart = ({ operand }: FilterOperator) => operand === 'words';
  return OPERATORS.filter((operator) => operators.includes(apiWord(operator)))
    .filter(({ kinds }) => kinds?.has(kind) ?? true)
    .filter(({ operand }) => operand !== 'nothing' || !required)
    .filter((operator) => choices.length === 0 || !isPart(operator));
};

/** The test that a tree has for a field. */
export const testOf = ({ words, fixed }: FilterOperator, operand: Json): JsonObject =>
  words.reduceRight<Json>((inner, word) => ({ [word]: inner }), fixed ?? operand) as JsonObject;

/** What a test of a tree compares with, or undefined where it is the test of another operator. */
export const operandOf = ({ words, fixed }: FilterOperator, test: Json): Json | undefined => {
  let inner: Json | undefined = test;
  for (const word of words) {
    if (!isObject(inner) || Object.keys(inner).length !== 1) return undefined;
    inner = (inner as JsonObject)[word];
  }
  return fixed === undefined || inner === fixed ? inner : undefined;
};
