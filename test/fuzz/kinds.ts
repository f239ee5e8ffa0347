import { isIP } from 'node:net';
import { inRange, roundTo, wholeDigits } from './numbers.js';
import { type Cell, type Field, type Json, isKey } from './oracle.js';
import { jsonbText } from './texts.js';

/** A value as it is written, and as it is kept. */
export type Sample = readonly [given: Json, cell: Cell];

interface Kind {
  /** As PostgreSQL prints the type of the column. */
  readonly sql: (options: Field['options']) => string;
  readonly samples: readonly Sample[];
  /** Values that no field of the type takes. */
  readonly wrong: readonly Json[];
}

const same = (...values: readonly Json[]): readonly Sample[] => values.map((value) => [value, value]);
const named = (sql: string) => () => sql;
const sized = (standard: number) => (options: Field['options']) =>
  `character varying(${String(options['maxLength'] ?? standard)})`;

const UUIDS = ['0b8f6f0e-7a0e-4c0e-9d4e-2f1a5b6c7d8e', '00000000-0000-0000-0000-000000000000'] as const;
const TEXTS = same(
  '1',
  '0',
  '-3',
  '12.50',
  '99999999999',
  'true',
  'FALSE',
  'a',
  'red',
  'green',
  'red-chair',
  `it's`,
  '🎸',
  ' 1',
  '',
  '2026-03-29',
  '2026-02-30',
  '2026-03-29T02:30:00+01:00',
  '09:30',
  '23:59:59.5',
  'P1DT2H',
  'PT90M',
  UUIDS[0],
  'a@example.org',
  'https://example.com/a',
  '192.0.2.1',
  '4,8,15',
  'aGVsbG8h',
  'two words',
  '[1]',
  '40000',
);
const SMALL: readonly Json[] = [0, 1, 2, 5, 7, 100];
const wholes = (sql: string, ...more: readonly Json[]): Kind => ({
  sql: named(sql),
  samples: same(...SMALL, ...more),
  wrong: [1.5, '1', true, 1e12, [1]],
});
const booleans: Kind = { sql: named('boolean'), samples: same(true, false), wrong: ['true', 1, []] };
const bigs: Kind = {
  sql: named('bigint'),
  samples: same('0', '1', '2', '5', '-7', '40000', '3000000000', '9007199254740993'),
  wrong: ['x', '1.5', true, '9223372036854775808'],
};
const JSONS: readonly Json[] = [
  0,
  5,
  1.5,
  -3,
  true,
  false,
  'red',
  '',
  [],
  ['red'],
  ['red', 'green'],
  ['a', 'a'],
  { b: [1, null], aa: 'x', a: {} },
];

export const KINDS: Readonly<Record<string, Kind>> = {
  char: { sql: sized(255), samples: TEXTS, wrong: [7, true, ['a'], 'x'.repeat(256), 'a\0b'] },
  text: { sql: named('text'), samples: [...TEXTS, ...same('x'.repeat(300))], wrong: [7, false, {}, 'a\ud800'] },
  slug: {
    sql: sized(50),
    samples: same('red-chair', 'red', '1', '0', 'true', 'a_b', '2026-03-29'),
    wrong: ['a b', '', 7],
  },
  email: {
    sql: named('character varying(254)'),
    samples: same('a@example.org', 'b.c@mail.example.org'),
    wrong: ['x', 7],
  },
  url: { sql: sized(2000), samples: same('https://example.com/a', 'http://example.org'), wrong: ['ftp://x', 'x', ''] },
  comma_separated_integer: { sql: sized(255), samples: same('1', '0', '4,8,15', '-1,2'), wrong: ['1,', 'x', '', 1] },
  choice: { sql: named('text'), samples: TEXTS.filter(([text]) => text !== ''), wrong: ['no such choice', 7] },
  integer: wholes('integer', -3, 40_000, 2_147_400_000),
  small_integer: wholes('smallint', -3, 32_767),
  positive_integer: wholes('integer', 40_000, 2_147_400_000),
  positive_small_integer: wholes('smallint', 32_767),
  auto: wholes('integer', 40_000),
  big_integer: bigs,
  big_auto: { ...bigs, samples: same('1', '2', '5', '40000') },
  float: {
    sql: named('double precision'),
    samples: same(0, 1, 0.5, -0.5, 2.5, -2.25, 100, 40_000, 3_000_000_000, 123_456.789),
    wrong: ['1', true],
  },
  decimal: {
    sql: ({ precision = 12, scale = 2 }) => `numeric(${String(precision)},${String(scale)})`,
    samples: same('0', '1', '0.50', '-0.50', '2.5', '-2.25', '100', '40000', '12.50', '3000000000', '9007199254.7'),
    wrong: ['x', '1e3', true, '1'.repeat(40)],
  },
  boolean: booleans,
  null_boolean: booleans,
  date: { sql: named('date'), samples: same('2026-03-29', '2024-02-29', '0001-01-01'), wrong: ['2026-02-30', 'x', 7] },
  date_time: {
    sql: named('timestamp with time zone'),
    samples: [
      ...same('2026-03-29T00:00:00Z', '2026-07-01T12:00:00.123456Z', '2024-02-29T23:59:59Z'),
      ['2026-03-29T02:30:00+01:00', '2026-03-29T01:30:00Z'],
    ],
    wrong: ['2026-03-29', '2026-03-29T00:00:00', 7],
  },
  time: {
    sql: named('time without time zone'),
    samples: [...same('00:00:00', '23:59:59.5', '09:30:15'), ['09:30', '09:30:00']],
    wrong: ['24:00', 'x', 7],
  },
  duration: {
    sql: named('interval'),
    samples: [
      ...same('PT0S', 'PT15M', 'P1DT2H3M4.5S', '-PT5S', 'P2D'),
      ['PT26H', 'P1DT2H'],
      ['PT90M', 'PT1H30M'],
      ['PT60S', 'PT1M'],
    ],
    wrong: ['P1Y', 'P', 'PT', 'x', 7],
  },
  uuid: { sql: named('uuid'), samples: [...same(...UUIDS), [UUIDS[0].toUpperCase(), UUIDS[0]]], wrong: ['x', 7] },
  json: { sql: named('jsonb'), samples: JSONS.map((value) => [value, jsonbText(value)]), wrong: ['a\0b'] },
  binary: { sql: named('bytea'), samples: same('', 'AA==', 'aGVsbG8h', 'true'), wrong: ['A', 'AA', 7] },
  ip_address: { sql: named('inet'), samples: same('192.0.2.1', '2001:db8::1'), wrong: ['x', '192.0.2.0/24', 7] },
  multiple_choice: {
    sql: named('jsonb'),
    samples: same([], ['red'], ['red', 'green'], ['green', 'red'], ['a'], ['1', 'a']),
    wrong: ['red', ['red', 'red'], ['no such choice'], [1]],
  },
  foreign_key: { sql: named('bigint'), samples: [], wrong: [0, 1.5, [1], true] },
  one_to_one: { sql: named('bigint'), samples: [], wrong: [0, 1.5, [1], true] },
  many_to_many: { sql: named(''), samples: [], wrong: [1, [1, 1], [true]] },
};

export const kindOf = (type: string): Kind => {
  const kind = KINDS[type];
  if (kind === undefined) throw new Error(`The oracle knows no type ${type}.`);
  return kind;
};

const SHAPES: Readonly<Record<string, RegExp>> = {
  slug: /^[-a-zA-Z0-9_]+$/,
  email: /^[^@\s]+@[^@\s]+\.[^@\s]+$/,
  url: /^https?:\/\/[^/\s]/i,
  comma_separated_integer: /^-?\d+(,-?\d+)*$/,
};
const LENGTHS: Readonly<Record<string, number>> = {
  char: 255,
  slug: 50,
  email: 254,
  url: 2000,
  comma_separated_integer: 255,
};

/** Whether a text has the shape and the length of a type of text; choices aside. */
export const fitsText = ({ type, options }: Field, text: string): boolean =>
  (SHAPES[type]?.test(text) ?? true) && [...text].length <= Number(options['maxLength'] ?? LENGTHS[type] ?? Infinity);

/** A decimal with the digits of its column, or null when it has too many before the point. */
export const fitDecimal = ({ options }: Field, text: string): string | null => {
  const scale = Number(options['scale'] ?? 2);
  const rounded = roundTo(text, scale);
  return wholeDigits(rounded) > Number(options['precision'] ?? 12) - scale ? null : rounded;
};

const compare = (cell: Cell, limit: Json, type: string): number => {
  if (type === 'date') return String(cell) < String(limit) ? -1 : Number(String(cell) > String(limit));
  return Number(cell) - Number(limit);
};

/** Whether a value is within min and max. */
export const withinLimits = ({ type, options: { min, max } }: Field, cell: Cell): boolean =>
  (min === undefined || compare(cell, min, type) >= 0) && (max === undefined || compare(cell, max, type) <= 0);

/** Whether a value is one of the choices, if there are any. */
export const isChosen = ({ type, choices }: Field, cell: Cell): boolean => {
  if (choices.length === 0) return true;
  if (type === 'multiple_choice') return Array.isArray(cell) && cell.every((one) => choices.includes(one as Json));
  return choices.includes(cell);
};

/** The empty text, and the list without choices, are no values for a required field. */
export const isBlank = ({ type }: Field, given: Json): boolean =>
  given === '' || (type === 'multiple_choice' && Array.isArray(given) && given.length === 0);

/** Values that a field takes, without null. */
export const samplesOf = (field: Field): readonly Sample[] =>
  kindOf(field.type)
    .samples.flatMap(([given, cell]): readonly Sample[] => {
      if (field.type !== 'decimal') return [[given, cell]];
      const fitted = fitDecimal(field, String(cell));
      return fitted === null || Number(fitted) !== Number(cell) ? [] : [[given, fitted]];
    })
    .filter(([, cell]) => typeof cell !== 'string' || field.type === 'json' || fitsText(field, cell))
    .filter(
      ([given, cell]) =>
        withinLimits(field, cell) && isChosen(field, cell) && !(field.required && isBlank(field, given)),
    );

export const sqlTypeOf = (field: Field, keyType: string): string =>
  isKey(field) ? keyType : kindOf(field.type).sql(field.options);

export const isAddress = (text: string): boolean => isIP(text) !== 0;
export const isWhole = (type: string, text: string): boolean => /^-?\d+$/.test(text) && inRange(type, text);
