import type { Dice } from './dice.js';
import { hostileText, hostileValue, listText, objectText, several, valueText } from './json.js';
import { filterTree, someParameters } from './queries.js';
import { namesIn, valuesOf } from './world.js';

const namesOf = (model: string, random: Dice): readonly string[] => {
  const { fields, relations } = namesIn(model, random.user, random.isTame);
  const written = [...fields, ...relations.map(([name]) => name)];
  return random.isTame ? written.filter((name) => name !== 'id') : written;
};

/** A record as JSON text; some of its values fit. */
export const someRecord = (model: string, random: Dice): string => {
  const hostility = random.pick([0, 0, 0.1, 0.5]);
  const entry = (): readonly [string, string] => {
    const name = random.odd(0.03) ? hostileText(random) : random.pick(namesOf(model, random));
    return [name, valueText(random, valuesOf(name, random.isTame), hostility)];
  };
  const required: readonly (readonly [string, string])[] =
    model === 'thing' && random.chance(0.8) ? [['title', JSON.stringify(`t${random.int(50)}`)]] : [];
  return objectText([...required, ...several(random.int(6), entry)]);
};

/** One record, or some of them. */
export const someRecords = (model: string, random: Dice): string =>
  random.chance(0.7)
    ? someRecord(model, random)
    : listText(several(random.pick([0, 1, 2, 3, 40]), () => someRecord(model, random)));

/** The body of a list that is asked for by POST. */
export const someQueryBody = (model: string, random: Dice, cursors: readonly string[]): string => {
  const parameters = someParameters('POST /:model/query', model, random, cursors).filter(
    ([key]) => !key.startsWith('filter') || random.odd(0.1),
  );
  const entries = parameters.map(([key, value]): readonly [string, string] => [
    key,
    random.pick(
      random.isTame
        ? [() => JSON.stringify(value)]
        : [
            () => JSON.stringify(value),
            () => JSON.stringify(value.split(',')),
            () => JSON.stringify(value.split(',').map((part) => part.split(':'))),
            () => hostileValue(random),
          ],
    )(),
  ]);
  if (random.chance(0.6)) entries.push(['filter', filterTree(model, random)]);
  return objectText(entries);
};

const cell = (name: string, random: Dice): string => {
  const values = valuesOf(name, random.isTame);
  const value: unknown = random.odd(0.2) ? hostileText(random) : values.length === 0 ? '' : random.pick(values);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return !random.odd(0.2) && /[",;\r\n\t]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** A CSV file: its lines may be too long or too short, and its quotes not closed. */
export const someCsv = (model: string, random: Dice): string => {
  const names = several(1 + random.int(5), () =>
    random.odd(0.05) ? hostileText(random) : random.pick(namesOf(model, random)),
  );
  const delimiter = random.pick([',', ',', ',', ';', '\t']);
  const line = () => {
    const cells = names.map((name) => cell(name, random));
    if (random.odd(0.05)) cells.push('more');
    if (random.odd(0.05)) cells.pop();
    return cells.join(delimiter);
  };
  const end = random.pick(random.isTame ? ['\n', '\r\n'] : ['\n', '\r\n', '\r']);
  const start = random.chance(0.1) ? '\ufeff' : '';
  return start + [names.join(delimiter), ...several(random.pick([0, 1, 2, 5, 150]), line)].join(end) + end;
};

/** Lines of JSON. */
export const someLines = (model: string, random: Dice): string =>
  several(random.pick([0, 1, 2, 5, 150]), () =>
    random.odd(0.1) ? hostileValue(random) : someRecord(model, random),
  ).join(random.pick(['\n', '\r\n', '\n\n']));
