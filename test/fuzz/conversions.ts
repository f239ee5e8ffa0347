import { familyOf, isNumberKey, type KeyKind, scaleOf, type Side } from './classes.js';
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

/** What must come of it is not documented; such an edit is never sent. */
export class UnsaidError extends Error {}

/** A value that does not convert. */
export const FAIL = Symbol('fail');

/** The value as text: what the API shows. */
const textOf = (cell: Cell, { type }: Field): string => {
  if (type === 'multiple_choice') return jsonbText(cell);
  return typeof cell === 'string' ? cell : String(cell);
};

const jsonOf = (cell: Cell, side: Side): string => {
  const isNumber = ['whole', 'counter', 'fraction'].includes(familyOf(side.field)) || isNumberKey(side);
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
  return key !== null && isWhole(key, text) ? Number(text) : FAIL;
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
