import type { Dice } from './dice.js';
import { JSON_TEXTS, TEXTS } from './hostile.js';

/** JSON as text: an object may have a key twice, or one that JavaScript would swallow. */
export const objectText = (entries: readonly (readonly [key: string, value: string])[]): string =>
  `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${value}`).join()}}`;

export const listText = (items: readonly string[]): string => `[${items.join()}]`;

/** So many results of a function. */
export const several = <Item>(count: number, make: () => Item): Item[] => Array.from({ length: count }, make);

export const hostileText = (random: Dice): string => random.pick(TEXTS);

/** A value that no field expects, as JSON text. */
export const hostileValue = (random: Dice): string =>
  random.chance(0.5) ? random.pick(JSON_TEXTS) : JSON.stringify(hostileText(random));

/** One of these values as JSON text, now and then a hostile one instead. */
export const valueText = (random: Dice, values: readonly unknown[], hostility = 0.2): string => {
  if (random.odd(hostility)) return hostileValue(random);
  return values.length === 0 ? 'null' : JSON.stringify(random.pick(values));
};

const CHARACTERS = `"'\\{}[]:,;%$&=?#/.+-*()<> \0\n\ud800éß0a\u2028`;

/** Damages a text at some place: cuts it, doubles a part, puts in a character or takes some away. */
export const damaged = (text: string, random: Dice): string => {
  const at = random.int(text.length + 1);
  const end = at + random.int(12);
  return random.pick([
    () => text.slice(0, at),
    () => text.slice(0, end) + text.slice(at),
    () => text.slice(0, at) + text.slice(end),
    () => text.slice(0, at) + random.pick([...CHARACTERS]) + text.slice(at),
    () => text.slice(0, at) + random.pick([...CHARACTERS]) + text.slice(at + 1),
    () => text.slice(at) + text.slice(0, at),
  ])();
};
