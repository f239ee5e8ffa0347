import { requireWithin } from './limits.js';
import { mistake } from './mistakes.js';
import { columnOf, resolveValue, shown, type ValuePath } from './path.js';
import type { RecordModel } from './record-model.js';
import type { Source } from './source.js';

export type Direction = 'ASC' | 'DESC';

/** One `name:DIRECTION`, not yet resolved. */
export interface SortItem {
  readonly name: string;
  readonly direction: Direction;
}

/** A value that records are sorted by. */
export interface SortKey {
  readonly path: ValuePath;
  readonly direction: Direction;
}

const DIRECTIONS: ReadonlyMap<string, Direction> = new Map([
  ['ASC', 'ASC'],
  ['DESC', 'DESC'],
]);

/** `name`, `name:ASC` or `name:DESC`. @throws InvalidQueryError */
export const parseSortItem = (item: string): SortItem => {
  const [name = '', word = 'ASC', ...others] = item.split(':');
  const direction = DIRECTIONS.get(word.toUpperCase());
  if (direction !== undefined && others.length === 0) return { name, direction };
  const example = `${shown(name)}:ASC or ${shown(name)}:DESC`;
  throw mistake('sortBy', 'invalid_value', `"sortBy" must be a field with a direction, such as ${example}.`);
};

/** @throws InvalidQueryError */
export const resolveSortKey = (model: RecordModel, { name, direction }: SortItem): SortKey => ({
  path: resolveValue(model, name, 'sortBy'),
  direction,
});

/** @throws InvalidQueryError */
export const requireFewKeys = (items: readonly unknown[]): void => requireWithin('sortKeys', items.length, 'sortBy');

/** The keys in full: the id comes last, so that no two records are at the same place. */
export const completed = (model: RecordModel, keys: readonly SortKey[]): readonly SortKey[] => {
  const isComplete = keys.some(({ path }) => path.field === model.id && path.hops.length === 0);
  return isComplete ? keys : [...keys, { path: { name: 'id', hops: [], field: model.id }, direction: 'ASC' }];
};

const OPPOSITE: { readonly [direction in Direction]: Direction } = { ASC: 'DESC', DESC: 'ASC' };

/** The same order from the other end. PostgreSQL puts nulls last in ASC and first in DESC, so they turn too. */
export const reversed = (keys: readonly SortKey[]): readonly SortKey[] =>
  keys.map(({ path, direction }) => ({ path, direction: OPPOSITE[direction] }));

/** To follow ORDER BY. */
export const orderSql = (keys: readonly SortKey[], source: Source): string =>
  keys.map(({ path, direction }) => `${columnOf(path, source)} ${direction}`).join(', ');
