import { isObject, type Json, type JsonObject } from '../../../api/json.js';

/** A list as somebody wants to see it again. */
export interface SavedView {
  readonly id: string;
  readonly name: string;
  /** Ids of fields, in order. */
  readonly columns: readonly string[];
  /** The API's tree, with the words to search for as `q`. */
  readonly filter: JsonObject;
  /** A field, or a path such as `category.name`. */
  readonly sort: string;
  readonly order: 'ASC' | 'DESC';
  readonly perPage: number;
  /** Ids of the fields that it speaks of, by the names that they had. */
  readonly fields: Readonly<Record<string, string>>;
}

const isText = (value: unknown): value is string => typeof value === 'string';

const isView = (value: unknown): value is SavedView =>
  isObject(value) &&
  [value['id'], value['name'], value['sort']].every(isText) &&
  Array.isArray(value['columns']) &&
  value['columns'].every(isText) &&
  isObject(value['filter']) &&
  (value['order'] === 'ASC' || value['order'] === 'DESC') &&
  Number.isSafeInteger(value['perPage']) &&
  isObject(value['fields']) &&
  Object.values(value['fields']).every(isText);

/** What the browser has kept; what is no view, because another version has written it, is left out. */
export const readViews = (stored: unknown): readonly SavedView[] =>
  Array.isArray(stored) ? stored.filter(isView) : [];

/** The same name, as people see it. */
export const hasName = ({ name }: SavedView, other: string): boolean =>
  name.localeCompare(other.trim(), undefined, { sensitivity: 'accent' }) === 0;

/** Calls what a tree speaks of otherwise. Operators begin with `$`, and only `$and`, `$or` and `$not` have trees in them. */
export const renamedTree = (tree: JsonObject, rename: (name: string) => string): JsonObject => {
  const inner = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(inner);
    return isObject(value) ? renamedTree(value as JsonObject, rename) : value;
  };
  return Object.fromEntries(
    Object.entries(tree).map(([key, value]) => {
      if (key.startsWith('$')) return [key, inner(value)];
      const [name = '', ...others] = key.split('.');
      return [[rename(name), ...others].join('.'), value];
    }),
  );
};
