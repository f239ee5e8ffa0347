import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AGGREGATES } from '../fixtures/chinook/aggregates.js';
import { FILTERS } from '../fixtures/chinook/filters.js';
import { INCLUDES } from '../fixtures/chinook/includes.js';
import { ORDERS } from '../fixtures/chinook/orders.js';
import { POSTS } from '../fixtures/chinook/posts.js';
import { ask, expectedRows, expectedTotal, listPath, type QueryCase } from '../fixtures/chinook/query-case.js';
import { RELATIONS } from '../fixtures/chinook/relations.js';
import { startShop } from '../fixtures/chinook/shop.js';
import { TREES } from '../fixtures/chinook/trees.js';
import type { PageBody } from '../support/http.js';
import type { TestServer } from '../support/server.js';

/** Title and cases. */
const CHAPTERS: readonly (readonly [string, readonly QueryCase[]])[] = [
  ['a filter', FILTERS],
  ['a tree of filters', TREES],
  ['a filter over relations', RELATIONS],
  ['an order, a page or a search', ORDERS],
  ['a select or an include', INCLUDES],
  ['an aggregate', AGGREGATES],
  ['a query in a body', POSTS],
];
const CASES = CHAPTERS.flatMap(([, cases]) => cases);

describe('the music shop answers what PostgreSQL answers', () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startShop();
  }, 120_000);
  afterAll(() => server?.close());

  it('in at least sixty cases', () => {
    expect(CASES.length).toBeGreaterThanOrEqual(60);
  });

  describe.each(CHAPTERS)('to %s', (_title, cases) => {
    it.each(cases)('$title', async (query) => {
      const expected = await expectedRows(query, server.database);

      const answer = await ask(query, server.http);

      expect(expected).not.toEqual([]);
      expect([answer.status, answer.text]).toEqual([200, expect.stringContaining('"data"')]);
      expect(answer.body.data).toEqual(expected);
    });
  });

  it.each(
    CASES.flatMap(({ totalSql = [], ...query }) => [totalSql].flat().map((sql) => ({ ...query, totalSql: sql }))),
  )('with the totals: $title', async (query) => {
    const total = await expectedTotal(query.totalSql, server.database);

    const answer = await ask(query, server.http);

    expect(answer.body.meta).toMatchObject({ totalItems: total });
    expect(answer.headers.get('x-total-count')).toBe(String(total));
  });

  it('without totals when they are not asked for', async () => {
    const answer = await server.http.get<PageBody>(listPath('track', { count: 'none', page: '2', select: 'id' }));

    expect(answer.body.meta).toMatchObject({ itemsPerPage: 20, currentPage: 2 });
    expect(answer.body.meta).not.toHaveProperty('totalItems');
    expect(answer.body.meta).not.toHaveProperty('totalPages');
    expect(answer.body.links.last ?? null).toBeNull();
    expect(answer.headers.get('x-total-count')).toBeNull();
    expect(answer.headers.get('content-range')).toBe('items 20-39/*');
  });

  it('with the range of the page', async () => {
    const first = await server.http.get(listPath('customer', { limit: '11', page: '6' }));
    const beyond = await server.http.get(listPath('customer', { limit: '11', page: '7' }));

    expect(first.headers.get('content-range')).toBe('items 55-58/59');
    expect(beyond.headers.get('content-range')).toBe('items */59');
  });

  it('for one record, with select and include', async () => {
    const path = '/api/music/track/1?select=id,name,album.artist.name&include=genre';

    const answer = await server.http.get(path);

    expect(answer).toMatchObject({ status: 200 });
    expect(answer.body).toEqual({
      id: 1,
      name: 'For Those About To Rock (We Salute You)',
      album: { id: 1, artist: { id: 1, name: 'AC/DC' } },
      genre: { id: 1, name: 'Rock' },
    });
  });
});
