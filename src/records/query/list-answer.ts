import type { Asked } from './asked.js';
import { encodeCursor } from './cursor.js';
import type { RecordQuery } from './record-query.js';

/** JSON text that PostgreSQL has built: passed on as it is, never parsed. */
export type JsonText = string;

/** Records that a query has found. */
export interface FoundRecords {
  /** JSON array. */
  readonly data: JsonText;
  /** How many are in it. */
  readonly count: number;
  /** How many there are on all pages; undefined where nobody counted. */
  readonly total: number | undefined;
  /** There are more than so many; undefined where it is known how many. */
  readonly moreThan?: number | undefined;
  /** Whether there are more behind these, and before them. */
  readonly hasNext: boolean;
  readonly hasPrevious: boolean;
  /** JSON arrays of the sort keys' values of the first and the last record. */
  readonly places: { readonly first: string; readonly last: string } | undefined;
}

/** An answer to a list: its body and the headers that say the same in short. */
export interface ListAnswer {
  readonly json: JsonText;
  readonly headers: Readonly<Record<string, string>>;
}

const byPage = ({ page, limit }: RecordQuery, { total, hasNext }: FoundRecords, asked: Asked) => {
  const last = total === undefined ? undefined : Math.max(1, Math.ceil(total / limit));
  const link = (target: number) => asked.address('page', target);
  return {
    meta: { currentPage: page, ...(last === undefined ? {} : { totalPages: Math.ceil((total ?? 0) / limit) }) },
    links: {
      first: link(1),
      previous: page > 1 ? link(Math.min(page - 1, last ?? page)) : null,
      current: link(page),
      next: hasNext ? link(page + 1) : null,
      ...(last === undefined ? {} : { last: link(last) }),
    },
  };
};

const byKey = ({ sortBy, keyset }: RecordQuery, { places, hasNext, hasPrevious }: FoundRecords, asked: Asked) => {
  const next = places !== undefined && hasNext ? encodeCursor(sortBy, places.last) : null;
  const previous = places !== undefined && hasPrevious ? encodeCursor(sortBy, places.first) : null;
  const direction = keyset?.direction ?? 'after';
  return {
    meta: { nextCursor: next, previousCursor: previous },
    links: {
      first: asked.address('after', ''),
      previous: previous === null ? null : asked.address('before', previous),
      current: asked.address(direction, asked.cursor),
      next: next === null ? null : asked.address('after', next),
    },
  };
};

const rangeOf = ({ page, limit }: RecordQuery, { count, total }: FoundRecords): string => {
  const offset = (page - 1) * limit;
  const size = total ?? '*';
  return count === 0 ? `items */${size}` : `items ${offset}-${offset + count - 1}/${size}`;
};

/** The whole answer to a query that was valid. */
export const listAnswer = (query: RecordQuery, found: FoundRecords, asked: Asked): ListAnswer => {
  const { total, moreThan, data } = found;
  const place = query.keyset === undefined ? byPage(query, found, asked) : byKey(query, found, asked);
  const meta = {
    itemsPerPage: query.limit,
    ...(total === undefined ? {} : { totalItems: total }),
    ...(moreThan === undefined ? {} : { moreThan }),
    ...place.meta,
    sortBy: query.sortItems.map(({ name, direction }) => [name, direction]),
    filter: asked.filter,
  };
  return {
    json: `{"data":${data},"meta":${JSON.stringify(meta)},"links":${JSON.stringify(place.links)}}`,
    headers: {
      ...(total === undefined ? {} : { 'X-Total-Count': String(total) }),
      // By key nobody knows how many records come before these.
      ...(query.keyset === undefined ? { 'Content-Range': rangeOf(query, found) } : {}),
    },
  };
};
