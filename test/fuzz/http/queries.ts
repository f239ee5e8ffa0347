import type { Dice } from './dice.js';
import { hostileText, hostileValue, listText, objectText, several } from './json.js';
import { namesIn, operatorsFor, valuesOf } from './world.js';

/** One parameter of a query, not yet escaped. */
export type QueryParameter = readonly [key: string, value: string];

const OPERATORS = [
  '$eq',
  '$null',
  '$in',
  '$gt',
  '$gte',
  '$lt',
  '$lte',
  '$btw',
  '$like',
  '$ilike',
  '$sw',
  '$ew',
  '$contains',
  '$not',
  '$and',
  '$or',
  '$raw',
  '$where',
  '$regex',
  '$EQ',
  '',
];
const PREFIXES = ['$not:', '$or:', '$and:', '$not:$not:', '$or:$not:'];

/** A path over relations that begins at a model, with a field at its end; now and then into nothing. */
export const somePath = (model: string, random: Dice, turn = 0.35): string => {
  const parts: string[] = [];
  let at = model;
  while (random.chance(turn) && parts.length < (random.isTame ? 3 : 7)) {
    const [name, next] = random.pick(namesIn(at, random.user, random.isTame).relations);
    parts.push(name);
    at = next;
  }
  const { fields, relations } = namesIn(at, random.user, random.isTame);
  const names = random.odd(0.1) ? relations.map(([name]) => name) : fields;
  parts.push(random.odd(0.05) ? hostileText(random) : random.pick(names));
  return parts.join('.');
};

/** A path over relations alone. */
const someRelations = (model: string, random: Dice): string => {
  const path = somePath(model, random, 0.6).replace(/\.?[^.]*$/, '');
  if (path !== '') return path;
  const [name] = random.pick(namesIn(model, random.user, random.isTame).relations);
  return name;
};

const fieldOf = (path: string): string => path.slice(path.lastIndexOf('.') + 1);

/** A value of the field that a path leads to, as it is. */
const someValue = (path: string, random: Dice): unknown => {
  const values = valuesOf(fieldOf(path), random.isTame);
  if (random.odd(0.2)) return hostileText(random);
  return values.length === 0 ? 'x' : random.pick(values);
};

const plain = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** How many values an operator compares with. */
const someCount = (operator: string, random: Dice): number => {
  if (random.odd(0.1)) return random.int(4);
  return operator === '$btw' ? 2 : operator === '$in' ? 1 + random.int(3) : 1;
};

const operand = (path: string, operator: string, random: Dice): string => {
  const isList = operator === '$in' || operator === '$btw' || path.endsWith('multiple_choice_value');
  const split = (text: string) => (isList ? text.replaceAll(',', '\\,') : text);
  return several(someCount(operator, random), () => split(plain(someValue(path, random)))).join();
};

const someOperator = (path: string, random: Dice): string =>
  random.odd(0.3) ? random.pick(OPERATORS) : random.pick(operatorsFor(fieldOf(path)));

const someTest = (path: string, random: Dice): string => {
  const prefix = random.chance(0.2) ? random.pick(PREFIXES) : '';
  const operator = someOperator(path, random);
  if (operator === '$null' || random.odd(0.05)) return prefix + operator;
  const compared = operand(path, operator, random);
  return operator === '$eq' && random.chance(0.5) ? prefix + compared : `${prefix}${operator}:${compared}`;
};

const leaf = (path: string, random: Dice): string => {
  const value = () => {
    const given = someValue(path, random);
    return random.odd(0.15) ? hostileValue(random) : JSON.stringify(given);
  };
  const operator = someOperator(path, random);
  if (operator === '$eq' && random.chance(0.5)) return value();
  if (operator === '$null') return objectText([['$null', random.odd(0.3) ? '1' : random.pick(['true', 'false'])]]);
  const isList = ['$in', '$btw'].includes(operator) || random.odd(0.1);
  return objectText([[operator, isList ? listText(several(someCount(operator, random), value)) : value()]]);
};

/** The tree of a filter as JSON text. */
export const filterTree = (model: string, random: Dice, depth = 0): string => {
  if (depth > 2 + random.int(4) && !random.odd(0.5))
    return objectText([[model === 'note' || model === 'sheet' ? 'words' : 'id', '1']]);
  if (depth > 25) return hostileValue(random);
  const below = () => filterTree(model, random, depth + 1);
  const entry = (): readonly [string, string] =>
    random.pick([
      () => [random.pick(['$and', '$or']), listText(several(random.odd(0.2) ? 0 : 1 + random.int(3), below))] as const,
      () => ['$not', below()] as const,
      () => {
        const [name, next] = random.pick(namesIn(model, random.user, random.isTame).relations);
        return [name, filterTree(next, random, depth + 1)] as const;
      },
      ...several(5, () => () => {
        const path = somePath(model, random, 0.05);
        return [path, leaf(path, random)] as const;
      }),
    ])();
  const wide = random.odd(0.01) ? 130 : 1 + random.int(3);
  const entries = several(wide, entry);
  return objectText(random.odd(0.1) ? [...entries, [hostileText(random), hostileValue(random)]] : entries);
};

/** A cursor that was answered before, with other values in it, or one of which nothing fits. */
const someCursor = (random: Dice, known: readonly string[]): string => {
  if (random.isTame) return '';
  if (known.length === 0 || random.chance(0.2)) return random.pick(['x', 'W10', 'bnVsbA', hostileText(random)]);
  const cursor = random.pick(known);
  if (random.chance(0.3)) return cursor;
  const text = Buffer.from(cursor, 'base64url').toString();
  const values = listText(several(1 + random.int(3), () => hostileValue(random)));
  return Buffer.from(text.replace(/,\[.*$/s, `,${values}]`)).toString('base64url');
};

const listed = (random: Dice, make: () => string): string => several(1 + random.int(3), make).join();
const DIRECTIONS = ['ASC', 'DESC'];
const ODD_DIRECTIONS = ['asc', '', 'ASC;DROP', 'ASC NULLS FIRST'];
const FUNCTIONS = ['sum', 'avg', 'min', 'max'];
const ODD_FUNCTIONS = ['count', 'pg_sleep', 'COUNT', ''];
const NUMBERS = ['1', '2', '3', '1000'];
const ODD_NUMBERS = ['1001', '0', '-1', '1e3', '1000000', '999999999999', 'NaN', '', ' 1', '1,2'];

const sortKey = (model: string, random: Dice): string =>
  `${somePath(model, random, 0.25)}${random.odd(0.1) ? '' : ':'}${random.odd(0.1) ? random.pick(ODD_DIRECTIONS) : random.pick(DIRECTIONS)}`;

const someNumber = (random: Dice): string => random.pick(random.odd(0.3) ? ODD_NUMBERS : NUMBERS);

/** Of several parameters with one name, each is as likely as that of another name. */
type Maker = (model: string, random: Dice, cursors: readonly string[]) => QueryParameter;

const FILTERS: readonly Maker[] = several(
  3,
  () => (model: string, random: Dice) =>
    random.pick<() => QueryParameter>([
      () => {
        const path = somePath(model, random);
        return [`filter.${path}`, someTest(path, random)];
      },
      () => ['filter', filterTree(model, random)],
    ])(),
);
const SELECTION: readonly Maker[] = [
  (model, random) => ['select', listed(random, () => somePath(model, random, 0.3))],
  (model, random) => ['include', someRelations(model, random)],
];
const SORTS: readonly Maker[] = [(model, random) => ['sortBy', listed(random, () => sortKey(model, random))]];
const SEARCH: readonly Maker[] = [
  (_model, random) => ['search', random.odd(0.5) ? hostileText(random) : random.pick(['one', 'a', 'x'])],
];
const PAGES: readonly Maker[] = [
  (_model, random) => ['limit', someNumber(random)],
  (_model, random) => ['page', someNumber(random)],
  (_model, random) => ['count', random.odd(0.2) ? 'x' : random.pick(['none', 'exact'])],
];
const CURSORS: readonly Maker[] = several(2, () => (_model: string, random: Dice, cursors: readonly string[]) => [
  random.pick(['after', 'before']),
  someCursor(random, cursors),
]);
const AGGREGATES: readonly Maker[] = [
  (model, random) => {
    const one = () =>
      `${random.odd(0.1) ? random.pick(ODD_FUNCTIONS) : random.pick(FUNCTIONS)}(${somePath(model, random, 0.2)})`;
    return ['aggregate', random.chance(0.4) ? 'count' : listed(random, one)];
  },
  (model, random) => ['groupBy', listed(random, () => somePath(model, random, 0.2))],
];
const EXPORTS: readonly Maker[] = [
  (_model, random) => ['format', random.odd(0.2) ? 'xml' : random.pick(['csv', 'json', 'ndjson'])],
];
const KEYS: readonly Maker[] = [
  (_model, random) => [
    'on',
    random.odd(0.3)
      ? hostileText(random)
      : random.pick(random.isTame ? ['id'] : ['id', 'secret', 'title,shelf', 'name']),
  ],
];
const IMPORTS: readonly Maker[] = [
  ...KEYS,
  (_model, random) => ['dryRun', random.odd(0.2) ? '1' : random.pick(['true', 'false'])],
  (_model, random) => ['onError', random.odd(0.2) ? '' : random.pick(['skip', 'abort'])],
  (_model, random) => ['delimiter', random.odd(0.3) ? '|' : random.pick([',', ';', 'tab', '\t'])],
];
const ALL = [FILTERS, SELECTION, SORTS, SEARCH, PAGES, CURSORS, AGGREGATES, EXPORTS, IMPORTS].flat();

/** What a request has by its method and the end of its route, the first that fits. */
const MAKERS: readonly (readonly [route: RegExp, makers: readonly Maker[]])[] = [
  [/\/export$/, [FILTERS, SELECTION.slice(0, 1), SORTS, SEARCH, EXPORTS].flat()],
  [/\/import$/, IMPORTS],
  [/^(GET|HEAD) .*\/:model$/, [FILTERS, FILTERS, SELECTION, SORTS, SEARCH, PAGES, CURSORS].flat()],
  [/\/query$/, [FILTERS, SELECTION, SORTS, SEARCH, PAGES, CURSORS].flat()],
  [/^(GET|HEAD) .*\/:model\/:\w+$/, SELECTION],
  [/^(PATCH|DELETE) .*\/:model$/, FILTERS],
  [/^PUT .*\/:model$/, KEYS],
  [/./, []],
];

/**
 * Parameters of a request for records.
 *
 * @param route its method and its path with parameters
 */
export const someParameters = (
  route: string,
  model: string,
  random: Dice,
  cursors: readonly string[],
): QueryParameter[] => {
  const [, usual = []] = MAKERS.find(([pattern]) => pattern.test(route)) ?? [];
  // Aggregates exclude most of the others.
  const isList = /:model(\/query)?$/.test(route) && !/^(PUT|PATCH|DELETE)/.test(route);
  const fitting = isList && random.chance(0.2) ? [...FILTERS, ...AGGREGATES, ...AGGREGATES] : usual;
  const makers = random.odd(0.2) ? ALL : fitting;
  if (makers.length === 0) return [];
  const isRequired = /^(PUT|PATCH|DELETE) /.test(route);
  const parameters = several(random.pick(isRequired ? [1, 2] : [0, 1, 1, 2, 2, 3, 5]), () =>
    random.pick(makers)(model, random, cursors),
  );
  if (random.odd(0.04)) parameters.push([hostileText(random), hostileText(random)]);
  return random.odd(0.3) ? parameters : [...new Map(parameters).entries()];
};
