import type { Json } from '../../definition/field-definition.js';
import { requireWithin } from './limits.js';
import { type Mistakes, mistake } from './mistakes.js';
import { shown } from './path.js';

/** Query string as the HTTP adapter has parsed it. */
export type RawQuery = Readonly<Record<string, unknown>>;

/** The parameters of a request, each with its values as texts, and the tree of its filter. */
export interface RequestValues {
  readonly texts: ReadonlyMap<string, readonly string[]>;
  readonly tree: Json | undefined;
}

/** Names of parameters; besides them there is `filter.<path>` where `filter` is allowed. */
export type Parameters = ReadonlySet<string>;

const PAGING = ['page', 'limit', 'count', 'after', 'before'];
export const LIST_PARAMETERS: Parameters = new Set(
  ['filter', 'sortBy', 'select', 'include', 'search', 'aggregate', 'groupBy'].concat(PAGING),
);
export const RETRIEVE_PARAMETERS: Parameters = new Set(['select', 'include']);
/** Which records a command is for: as a list finds them. */
export const FILTER_PARAMETERS: Parameters = new Set(['filter', 'search']);
export const EXPORT_PARAMETERS: Parameters = new Set(['filter', 'sortBy', 'select', 'search']);

const requireKnown = (key: string, allowed: Parameters): void => {
  if (allowed.has(key) || (allowed.has('filter') && key.startsWith('filter.'))) return;
  const names = [...allowed].flatMap((name) => (name === 'filter' ? ['filter.<field>', name] : [name]));
  throw mistake(key, 'unknown_parameter', `There is no parameter "${shown(key)}". Use ${names.join(', ')}.`);
};

const parseTree = (texts: readonly string[]): Json => {
  const [text = '', ...others] = texts;
  requireWithin('filterText', text.length, 'filter');
  try {
    if (others.length === 0) return JSON.parse(text) as Json;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  const example = '{"name":{"$sw":"A"}}';
  throw mistake('filter', 'invalid_value', `"filter" must be one JSON object, such as ${example}.`);
};

/** The parameters of a query string. */
export const fromQuery = (query: RawQuery, allowed: Parameters, mistakes: Mistakes): RequestValues => {
  const texts = new Map<string, readonly string[]>();
  let tree: Json | undefined;
  for (const [key, raw] of Object.entries(query)) {
    mistakes.attempt(() => {
      requireKnown(key, allowed);
      const values = (Array.isArray(raw) ? raw : [raw]).map(String);
      if (key === 'filter') tree = parseTree(values);
      else texts.set(key, values);
    });
  }
  return { texts, tree };
};

const isText = (value: unknown): value is string => typeof value === 'string';
const isPair = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every(isText);

/** A value of a body as a query string would have it: `[["name", "ASC"]]` is `name:ASC`. */
const textsOf = (key: string, value: Json): readonly string[] => {
  if (isText(value)) return [value];
  if (typeof value === 'number') return [String(value)];
  const items: readonly unknown[] = Array.isArray(value) ? value : [undefined];
  const isSort = key === 'sortBy';
  if (items.every((item) => isText(item) || (isSort && isPair(item) && item.length === 2))) {
    return items.map((item) => (isPair(item) ? item.join(':') : String(item)));
  }
  throw mistake(
    key,
    'invalid_value',
    `"${key}" must be a text${isSort ? ', or a list of [field, direction]' : ' or a list of texts'}.`,
  );
};

/** The parameters of a JSON body. */
export const fromBody = (body: unknown, allowed: Parameters, mistakes: Mistakes): RequestValues => {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw mistake('', 'invalid_value', 'A query must be a JSON object with the parameters of a list.');
  }
  const texts = new Map<string, readonly string[]>();
  let tree: Json | undefined;
  for (const [key, value] of Object.entries(body as { readonly [key: string]: Json })) {
    mistakes.attempt(() => {
      if (!allowed.has(key)) requireKnown(key, new Set([...allowed].filter((name) => name !== 'filter')));
      if (key === 'filter') tree = value;
      else texts.set(key, textsOf(key, value));
    });
  }
  return { texts, tree };
};
