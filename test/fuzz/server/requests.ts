import type { Route } from '../../support/routes.js';
import type { Random } from '../random.js';
import { anyJson, nonsense } from './nonsense.js';

/** A request, as it goes out. */
export interface FuzzRequest {
  readonly method: string;
  /** With its query string. */
  readonly path: string;
  readonly type: string | undefined;
  readonly body: string | undefined;
}

const FIELDS = [
  'name',
  'code',
  'note',
  'count',
  'big',
  'exact',
  'ratio',
  'day',
  'moment',
  'extra',
  'secret',
  'owner',
  'id',
];
const PATHS = [...FIELDS, 'owner.name', 'owner.boss', 'owner.boss.name', 'owner.things', 'owner.id'];
const OPERATORS = '$eq $not $null $in $gt $gte $lt $lte $btw $ilike $like $sw $ew $contains $or $and'.split(' ');
const PARAMETERS = [
  'filter',
  'sortBy',
  'page',
  'limit',
  'select',
  'include',
  'search',
  'count',
  'after',
  'before',
  'aggregate',
  'groupBy',
  'on',
  'confirm',
  'format',
  'dryRun',
  'onError',
  'user',
  'model',
  'email',
  'from',
];
const TYPES = [
  'char',
  'text',
  'integer',
  'decimal',
  'boolean',
  'json',
  'date',
  'choice',
  'foreign_key',
  'many_to_many',
];

const value = (random: Random): string =>
  random.chance(0.5) ? nonsense(random) : random.pick(['1', '2', 'ann', 'true', '2026-01-01', '1,2', '10']);

const tree = (random: Random, depth = 3): unknown => {
  if (depth === 0 || random.chance(0.3)) return random.chance(0.7) ? value(random) : anyJson(random, 2);
  const key = random.pick([...PATHS, ...OPERATORS, '$not', nonsense(random)]);
  const below = tree(random, depth - 1);
  return { [key]: ['$or', '$and', '$in', '$btw'].includes(key) && random.chance(0.8) ? [below, below] : below };
};

/** Values that fit the parameter about half of the time. */
const WORDS: Readonly<Record<string, (random: Random) => string>> = {
  filter: (random) => JSON.stringify(tree(random)),
  sortBy: (random) => `${random.pick(PATHS)}:${random.pick(['ASC', 'DESC', 'asc', ''])}`,
  page: (random) => random.pick(['1', '2', '0', '1e9']),
  limit: (random) => random.pick(['1', '20', '1000', '1001']),
  select: (random) => [random.pick(PATHS), random.pick(PATHS)].join(),
  include: (random) => random.pick(['owner', 'owner.boss', 'owner.things', 'name']),
  count: (random) => random.pick(['none', 'exact', 'x']),
  aggregate: (random) => random.pick(['count', 'sum(count)', 'avg(exact)', 'min(day)', 'max(secret)', 'count(*)']),
  groupBy: (random) => random.pick(PATHS),
  on: (random) => random.pick(['code', 'id', 'name,code', 'secret']),
  format: (random) => random.pick(['csv', 'json', 'ndjson', 'xml']),
};

const parameter = (random: Random): string => {
  if (random.chance(0.3)) {
    const operator = random.chance(0.7) ? `${random.pick(OPERATORS)}:` : '';
    return `filter.${random.pick(PATHS)}=${encodeURIComponent(operator + value(random).toWellFormed())}`;
  }
  const name = random.chance(0.9) ? random.pick(PARAMETERS) : encodeURIComponent(nonsense(random).toWellFormed());
  const word = Object.hasOwn(WORDS, name) ? WORDS[name] : undefined;
  const text = word !== undefined && random.chance(0.6) ? word(random) : value(random);
  // What is not encoded reaches the router as it is.
  return random.chance(0.9) ? `${name}=${encodeURIComponent(text.toWellFormed())}` : `${name}=${text}`;
};

const segment = (random: Random, name: string): string => {
  const known: Readonly<Record<string, readonly string[]>> = {
    app: ['safe', 'meta', 'auth'],
    model: ['thing', 'owner', 'Thing', 'nothing'],
    id: ['1', '2', 'safe.Thing', 'safe.Thing.name', 'anonymous', 'query', 'export'],
  };
  const words = Object.hasOwn(known, name) ? (known[name] ?? []) : ['1'];
  return random.chance(0.85) ? random.pick(words) : encodeURIComponent(nonsense(random).toWellFormed());
};

const definition = (random: Random): unknown => ({
  app: random.chance(0.8) ? 'fuzzed' : nonsense(random),
  name: random.chance(0.6) ? `Model${random.int(5)}` : nonsense(random),
  fields: Array.from({ length: random.int(4) }, () => ({
    name: random.chance(0.7) ? `field${random.int(5)}` : nonsense(random),
    type: random.chance(0.9) ? random.pick(TYPES) : nonsense(random),
    ...(random.chance(0.3) && { default: anyJson(random, 1) }),
    ...(random.chance(0.3) && { choices: anyJson(random, 2) }),
    ...(random.chance(0.3) && { options: anyJson(random, 2) }),
    ...(random.chance(0.3) && { relatedModel: random.pick(['safe.Thing', 'safe.Owner', nonsense(random)]) }),
    ...(random.chance(0.2) && { required: anyJson(random, 0), unique: anyJson(random, 0) }),
  })),
});

const record = (random: Random): unknown =>
  Object.fromEntries(
    Array.from({ length: random.int(6) }, () => [
      random.chance(0.9) ? random.pick(FIELDS) : nonsense(random),
      random.chance(0.5) ? value(random) : anyJson(random, 2),
    ]),
  );

const change = (random: Random): unknown => ({
  action: random.pick([
    'create_model',
    'update_model',
    'delete_field',
    'create_field',
    'update_field',
    nonsense(random),
  ]),
  model: random.pick(['safe.Thing', 'fuzzed.Model1', nonsense(random)]),
  field: random.pick(['safe.Thing.name', nonsense(random)]),
  values: random.chance(0.7) ? definition(random) : anyJson(random),
});

const account = (random: Random): unknown => ({
  email: random.chance(0.5) ? `user${random.int(9)}@example.com` : nonsense(random),
  name: nonsense(random),
  password: random.chance(0.5) ? nonsense(random) : anyJson(random, 1),
  groups: anyJson(random, 1),
  permissions: [
    {
      model: 'safe.Thing',
      action: random.pick(['view', 'add', nonsense(random)]),
      where: tree(random),
      fields: anyJson(random, 1),
    },
  ],
});

const BODIES = [definition, record, change, account, (random: Random) => [record(random), record(random)], anyJson];

const broken = (random: Random, text: string): string =>
  random.pick([
    text.slice(0, random.int(text.length + 1)),
    `${text}${nonsense(random)}`,
    `[${text}`,
    text.replace(':', ''),
  ]);

/** One request to a route; most of it makes sense, so that it gets further than the first check. */
export const randomRequest = (random: Random, { method, path }: Route): FuzzRequest => {
  const address = path
    .replace(/:(\w+)/g, (_whole, name: string) => segment(random, name))
    .replace('*', nonsense(random));
  const query = Array.from({ length: random.int(4) }, () => parameter(random)).join('&');
  const target = query === '' ? address : `${address}?${query}`;
  if (['GET', 'HEAD', 'OPTIONS'].includes(method)) return { method, path: target, type: undefined, body: undefined };
  const text = JSON.stringify(random.pick(BODIES)(random)) ?? '';
  const body = random.chance(0.9) ? text : broken(random, text);
  const type = random.chance(0.92)
    ? 'application/json'
    : random.pick(['text/csv', 'application/x-ndjson', 'text/plain', 'x']);
  return { method, path: target, type, body };
};
