import { fitDecimal, fitsText, isAddress, isWhole } from './kinds.js';
import { hasScale, roundTo } from './numbers.js';
import type { Cell, Field, Json } from './oracle.js';
import {
  durationToTime,
  jsonbText,
  readBase64,
  readDate,
  readDateTime,
  readDuration,
  readTime,
  readUuid,
  timeToDuration,
} from './texts.js';

/** `unsaid`: the documentation is silent about the pair, so no edit asks for it. */
export type ConversionClass = 'runs' | 'lossy' | 'impossible' | 'unsaid';

/** A value that does not convert. */
export const FAIL = Symbol('fail');

/** What a field's key is made of: a number, or a uuid; null when it is no key. */
export type KeyKind = 'number' | 'uuid' | null;

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
const familyOf = ({ type }: Field): Family => FAMILIES[type] ?? type;

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

const toKeyOf =
  (kind: KeyKind): Rule =>
  (_from, to) =>
    to.key === kind ? 'runs' : 'unsaid';
const fromKeyOf =
  (kind: KeyKind): Rule =>
  (from) =>
    from.key === kind ? 'runs' : 'unsaid';

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
    key: toKeyOf('number'),
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
    whole: fromKeyOf('number'),
    uuid: fromKeyOf('uuid'),
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
  uuid: { text: runs, json: runs, ip_address: impossible, binary: impossible, key: toKeyOf('uuid'), many: impossible },
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

const scaleOf = ({ options }: Field): number => Number(options['scale'] ?? 2);

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

/** The value as text: what the API shows. */
const textOf = (cell: Cell, { type }: Field): string => {
  if (type === 'multiple_choice') return jsonbText(cell);
  return typeof cell === 'string' ? cell : String(cell);
};

const jsonOf = (cell: Cell, side: Side): string => {
  const isNumber = ['whole', 'counter', 'fraction'].includes(familyOf(side.field)) || side.key === 'number';
  return isNumber ? String(cell) : jsonbText(cell);
};

const readFraction = (text: string, to: Field): Cell | typeof FAIL => {
  if (to.type === 'float') return /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text) ? Number(text) : FAIL;
  if (!/^-?\d+(\.\d+)?$/.test(text) || !hasScale(text, scaleOf(to))) return FAIL;
  return fitDecimal(to, text) ?? FAIL;
};

/** The whole number as the API shows it in a field of this type. */
const showWhole = (text: string, type: string): Cell =>
  type === 'big_integer' || type === 'big_auto' ? BigInt(text).toString() : Number(text);
const readWhole = (text: string, { type }: Field): Cell | typeof FAIL =>
  isWhole(type, text) ? showWhole(text, type) : FAIL;

const readBoolean = (text: string): Cell | typeof FAIL =>
  /^(true|false)$/i.test(text) ? text.toLowerCase() === 'true' : FAIL;
const readKey = (text: string, key: KeyKind): Cell | typeof FAIL => {
  if (key === 'uuid') return readUuid(text) ?? FAIL;
  return isWhole('big_integer', text) ? Number(text) : FAIL;
};

/** From the text form, by the family of the target. */
const READERS: Readonly<Record<string, (text: string, to: Side) => Cell | typeof FAIL>> = {
  text: (text, { field }) => (fitsText(field, text) ? text : FAIL),
  whole: (text, { field }) => readWhole(text, field),
  counter: (text, { field }) => readWhole(text, field),
  fraction: (text, { field }) => readFraction(text, field),
  boolean: readBoolean,
  date: (text) => readDate(text) ?? FAIL,
  date_time: (text) => readDateTime(text) ?? FAIL,
  time: (text) => readTime(text) ?? FAIL,
  duration: (text) => readDuration(text) ?? FAIL,
  uuid: (text) => readUuid(text) ?? FAIL,
  ip_address: (text) => (isAddress(text) ? text : FAIL),
  binary: (text) => readBase64(text) ?? FAIL,
  multiple_choice: (text) => [text],
  key: (text, { key }) => readKey(text, key),
};

type Converter = (cell: Cell, from: Side, to: Side) => Cell | typeof FAIL;

const rounded: Converter = (cell, _from, { field }) =>
  familyOf(field) === 'whole' ? readWhole(roundTo(String(cell), 0), field) : (fitDecimal(field, String(cell)) ?? FAIL);

const fromNumber: Converter = (cell, from, to) => {
  if (to.field.type === 'float') return Number(cell);
  return rounded(cell, from, to);
};

const zeroOrOne: Converter = (cell) => (['0', '1'].includes(String(cell)) ? String(cell) === '1' : FAIL);
const bit: Converter = (cell, from, to) => fromNumber(cell === true ? 1 : 0, from, to);

const fromJsonNumber: Converter = (cell, _from, { field }) => {
  const text = String(cell);
  return /^-?\d/.test(text) ? (READERS[familyOf(field)]?.(text, { field, key: null }) ?? FAIL) : FAIL;
};

const isDistinctTexts = (value: Json): value is readonly string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string') && new Set(value).size === value.length;

const jsonToChoices: Converter = (cell) => {
  const value = JSON.parse(String(cell)) as Json;
  return isDistinctTexts(value) ? value : FAIL;
};

const onlyChoice: Converter = (cell) => {
  const list = Array.isArray(cell) ? (cell as readonly Json[]) : [];
  if (list.length === 0) return null;
  return list.length === 1 ? (list[0] ?? null) : FAIL;
};

const list = (cell: Cell): readonly Json[] => (Array.isArray(cell) ? (cell as readonly Json[]) : []);

/** Ways that do not go through the text form. */
const CONVERTERS: Readonly<Record<string, Converter>> = {
  ...Object.fromEntries(
    ['whole', 'counter', 'fraction'].flatMap((from) => [
      [`${from} whole`, fromNumber],
      [`${from} fraction`, fromNumber],
      [`${from} boolean`, zeroOrOne],
    ]),
  ),
  'boolean whole': bit,
  'boolean fraction': bit,
  'boolean boolean': (cell) => cell,
  'date date_time': (cell) => `${String(cell)}T00:00:00Z`,
  'date_time date': (cell) => String(cell).slice(0, 10),
  'date_time time': (cell) => String(cell).slice(11, -1),
  'time duration': (cell) => timeToDuration(String(cell)),
  'duration time': (cell) => durationToTime(String(cell)) ?? FAIL,
  'json whole': fromJsonNumber,
  'json fraction': fromJsonNumber,
  'json boolean': (cell) => (cell === 'true' || cell === 'false' ? cell === 'true' : FAIL),
  'json multiple_choice': jsonToChoices,
  'multiple_choice multiple_choice': (cell) => cell,
  'key key': (cell) => cell,
  'key many': (cell) => [cell],
  'many many': (cell) => cell,
  'many key': (cell) => list(cell)[0] ?? null,
};

/** The only choice of a list, for the one target that is no plain text of it. */
const toChoice: Converter = (cell, from, to) => (to.field.type === 'choice' ? onlyChoice(cell, from, to) : FAIL);

/** What becomes of a value, choices and limits aside; null stays null. */
export const convert = (cell: Cell, from: Side, to: Side): Cell | typeof FAIL => {
  if (cell === null) return to.field.type === 'many_to_many' ? [] : null;
  if (from.field.type === 'json' && to.field.type === 'json') return cell;
  if (to.field.type === 'json') return jsonOf(cell, from);
  if (from.field.type === 'multiple_choice' && to.field.type === 'choice') return toChoice(cell, from, to);
  const pair = `${familyOf(from.field)} ${familyOf(to.field)}`;
  const convertPair = CONVERTERS[pair];
  if (convertPair) return convertPair(cell, from, to);
  return READERS[familyOf(to.field)]?.(textOf(cell, from.field), to) ?? FAIL;
};
