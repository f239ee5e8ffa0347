import type { Field } from './oracle.js';

/** `unsaid`: the documentation is silent about the pair, so no edit asks for it. */
export type ConversionClass = 'runs' | 'lossy' | 'impossible' | 'unsaid';

/** What a field's key is made of: a number, as large as that of the related model may be, or a uuid; null when it is no key. */
export type KeyKind = 'integer' | 'big_integer' | 'uuid' | null;

/** One side of a conversion. */
export interface Side {
  readonly field: Field;
  readonly key: KeyKind;
}

type Family = 'text' | 'whole' | 'counter' | 'fraction' | 'boolean' | 'key' | 'many' | string;

const FAMILIES: Readonly<Record<string, Family>> = {
  ...Object.fromEntries(
    ['char', 'text', 'slug', 'email', 'url', 'comma_separated_integer', 'choice'].map((type) => [type, 'text']),
  ),
  ...Object.fromEntries(
    ['small_integer', 'integer', 'big_integer', 'positive_small_integer', 'positive_integer'].map((type) => [
      type,
      'whole',
    ]),
  ),
  auto: 'counter',
  big_auto: 'counter',
  float: 'fraction',
  decimal: 'fraction',
  boolean: 'boolean',
  null_boolean: 'boolean',
  foreign_key: 'key',
  one_to_one: 'key',
  many_to_many: 'many',
};

/** Types that convert alike; a type that is like no other is a family of its own. */
export const familyOf = ({ type }: Field): Family => FAMILIES[type] ?? type;

type Rule = (from: Side, to: Side) => ConversionClass;

const always =
  (answer: ConversionClass): Rule =>
  () =>
    answer;
const runs = always('runs');
const lossy = always('lossy');
const impossible = always('impossible');

const numberToNumber: Rule = ({ field: from }, { field: to }) => {
  if (familyOf(from) === 'fraction' && familyOf(to) === 'whole') return 'lossy';
  if (to.type === 'float') return ['decimal', 'big_integer', 'big_auto'].includes(from.type) ? 'lossy' : 'runs';
  return from.type === 'float' && to.type === 'decimal' ? 'lossy' : 'runs';
};

export const isNumberKey = ({ key }: Side): boolean => key === 'integer' || key === 'big_integer';
const isUuidKey = ({ key }: Side): boolean => key === 'uuid';
const toKeyOf =
  (isOf: (side: Side) => boolean): Rule =>
  (_from, to) =>
    isOf(to) ? 'runs' : 'unsaid';
const fromKeyOf =
  (isOf: (side: Side) => boolean): Rule =>
  (from) =>
    isOf(from) ? 'runs' : 'unsaid';

/** By the families of both sides, `*` standing for all others. */
const RULES: Readonly<Record<string, Readonly<Record<string, Rule>>>> = {
  text: { many: impossible, '*': runs },
  whole: {
    text: runs,
    whole: numberToNumber,
    fraction: numberToNumber,
    counter: runs,
    boolean: runs,
    json: runs,
    key: toKeyOf(isNumberKey),
    duration: impossible,
    date: impossible,
    date_time: impossible,
    time: impossible,
    uuid: impossible,
    ip_address: impossible,
    binary: impossible,
    many: impossible,
  },
  counter: {
    text: runs,
    whole: numberToNumber,
    fraction: numberToNumber,
    counter: runs,
    boolean: runs,
    json: runs,
    duration: impossible,
    date: impossible,
    date_time: impossible,
    time: impossible,
    many: impossible,
    uuid: impossible,
    ip_address: impossible,
    binary: impossible,
  },
  fraction: {
    text: runs,
    whole: numberToNumber,
    fraction: numberToNumber,
    boolean: impossible,
    json: runs,
    duration: impossible,
    date: impossible,
    date_time: impossible,
    time: impossible,
    many: impossible,
    uuid: impossible,
    ip_address: impossible,
    binary: impossible,
  },
  boolean: { text: runs, whole: runs, fraction: runs, boolean: runs, json: runs, many: impossible },
  key: {
    text: runs,
    json: runs,
    whole: fromKeyOf(isNumberKey),
    uuid: fromKeyOf(isUuidKey),
    many: runs,
    key: (from, to) => (from.field.related === to.field.related ? 'runs' : 'unsaid'),
  },
  many: { key: (from, to) => (from.field.related === to.field.related ? 'lossy' : 'unsaid'), '*': impossible },
  date: {
    text: runs,
    json: runs,
    date_time: runs,
    time: impossible,
    whole: impossible,
    fraction: impossible,
    many: impossible,
  },
  date_time: {
    text: runs,
    json: runs,
    date: lossy,
    time: lossy,
    whole: impossible,
    fraction: impossible,
    many: impossible,
  },
  time: {
    text: runs,
    json: runs,
    duration: runs,
    date: impossible,
    whole: impossible,
    fraction: impossible,
    many: impossible,
  },
  duration: { text: runs, json: runs, time: runs, whole: impossible, fraction: impossible, many: impossible },
  uuid: {
    text: runs,
    json: runs,
    ip_address: impossible,
    binary: impossible,
    key: toKeyOf(isUuidKey),
    many: impossible,
  },
  ip_address: { text: runs, json: runs, uuid: impossible, binary: impossible, many: impossible },
  binary: { text: runs, json: runs, uuid: impossible, ip_address: impossible, many: impossible },
  json: {
    text: runs,
    whole: runs,
    fraction: runs,
    boolean: runs,
    multiple_choice: runs,
    counter: always('unsaid'),
    '*': impossible,
  },
  multiple_choice: { text: runs, json: runs, many: impossible },
};

export const scaleOf = ({ options }: Field): number => Number(options['scale'] ?? 2);

/** What a change of type and options is, whatever the values are. */
export const classify = (from: Side, to: Side): ConversionClass => {
  const [before, after] = [familyOf(from.field), familyOf(to.field)];
  if (from.field.type === to.field.type) {
    if (after === 'many') return from.field.related === to.field.related ? 'runs' : 'unsaid';
    return after === 'fraction' && scaleOf(to.field) < scaleOf(from.field) ? 'lossy' : 'runs';
  }
  const rule = RULES[before]?.[after] ?? RULES[before]?.['*'];
  // Besides a uuid and its key, these are made of text alone, and make nothing but text and json.
  const isClosed = [before, after].some((family) => ['uuid', 'ip_address', 'binary'].includes(family));
  return rule?.(from, to) ?? (isClosed ? 'impossible' : 'unsaid');
};
