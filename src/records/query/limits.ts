import { InvalidQueryError } from '../../errors/record.error.js';

/** What one request may cost. All limits of reading are here; whatever crosses one is refused before any SQL is written. */
export const LIMITS = {
  pathDepth: { most: 5, of: 'names in a path' },
  conditions: { most: 100, of: 'conditions' },
  inValues: { most: 500, of: 'values in a list' },
  nesting: { most: 20, of: 'levels of nesting in a filter' },
  includes: { most: 20, of: 'included relations' },
  selected: { most: 2000, of: 'selected fields' },
  /** Each of them multiplies the records of an answer by up to a thousand. */
  manyInPath: { most: 3, of: 'relations to many inside each other in an include' },
  sortKeys: { most: 8, of: 'sort keys' },
  groupKeys: { most: 8, of: 'paths to group by' },
  aggregates: { most: 20, of: 'aggregates' },
  filterText: { most: 16_000, of: 'characters in a filter' },
} as const;

export const DEFAULT_LIMIT = 20;
export const MAX_LIMIT = 1000;
export const DEFAULT_GROUPS = 1000;
export const MAX_GROUPS = 10_000;
/** Related records of one kind that an included relation shows for each record. */
export const MAX_RELATED = 1000;
/** Where a capped count stops: nobody looks at so many pages. */
export const MOST_COUNTED = 10_000;
/** How long PostgreSQL looks for words in records before it gives up, in milliseconds. */
export const LONGEST_SEARCH = 10_000;
/** Beyond this PostgreSQL would count rows for minutes. */
export const MAX_PAGE = 1_000_000;

export const TOO_COMPLEX = 'too_complex';

/** @throws InvalidQueryError when there are more than the limit allows */
export const requireWithin = (limit: keyof typeof LIMITS, count: number, path: string): void => {
  const { most, of } = LIMITS[limit];
  if (count <= most) return;
  const message = `A request may have at most ${most} ${of}. Ask for less, or in several requests.`;
  throw new InvalidQueryError([{ path, code: TOO_COMPLEX, message }]);
};
