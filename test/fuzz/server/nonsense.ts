import type { Random } from '../random.js';

/** Pieces that parsers, databases and JavaScript have stumbled over. */
const PIECES = [
  '',
  ' ',
  '0',
  '-1',
  '1e999',
  '9007199254740993',
  '99999999999999999999',
  'NaN',
  'null',
  'undefined',
  'true',
  "'",
  '"',
  '`',
  ';',
  '--',
  '/*',
  '\\',
  '%',
  '%00',
  '%zz',
  '%c0%ae',
  '%ff',
  '\u0000',
  '\ud800',
  '\u202e',
  '🦊',
  '__proto__',
  'constructor',
  'toString',
  '$eq',
  '$or',
  '$where',
  '$user.id',
  '$1',
  '${7*7}',
  '{{7*7}}',
  '../../etc/passwd',
  '..%2f..%2f',
  "' OR 1=1--",
  'x"; DROP TABLE canary;--',
  "'||pg_sleep(5)--",
  'id::text',
  'a.b.c.d.e.f.g.h',
  '[',
  '{',
  '[]',
  '{}',
  '(((((((((((((((((((a+)+)+)+',
  '2026-02-30',
  'infinity',
  '00000000-0000-0000-0000-000000000000',
] as const;

/** Text that nobody would write on purpose. */
export const nonsense = (random: Random): string => {
  const count = 1 + random.int(3);
  const pieces = Array.from({ length: count }, () => random.pick(PIECES));
  return random.chance(0.02) ? pieces.join('').repeat(200) : pieces.join('');
};

/** A JSON value of any shape. @param depth how much further it may nest */
export const anyJson = (random: Random, depth = 3): unknown => {
  const kind = random.int(depth > 0 ? 8 : 6);
  if (kind === 0) return null;
  if (kind === 1) return random.chance(0.5);
  if (kind === 2) return random.pick([0, -1, 1.5, 2 ** 53, 1e308, -0, 2_147_483_648]);
  if (kind < 6) return nonsense(random);
  const items = Array.from({ length: random.int(4) }, () => anyJson(random, depth - 1));
  return kind === 6 ? items : Object.fromEntries(items.map((item) => [nonsense(random), item]));
};
