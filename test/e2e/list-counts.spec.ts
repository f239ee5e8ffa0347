import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { defineModels } from '../fixtures/arrange.js';
import type { Http, PageBody } from '../support/http.js';
import { startApp, type TestServer } from '../support/server.js';

/** More than anybody counts. */
const ROWS = 10_040;

describe('lists of very many records', () => {
  let server: TestServer;
  let http: Http;

  const list = async (parameters: string) => (await http.get<PageBody>(`/api/far/row?${parameters}`)).body;
  const numbers = ({ data }: PageBody) => data.map(({ number }) => number);

  beforeAll(async () => {
    server = await startApp();
    http = server.http;
    const fields = [
      { name: 'number', type: 'integer' },
      { name: 'word', type: 'char' },
    ];
    await defineModels(http, [{ app: 'far', name: 'Row', fields }]);
    // Every seventh has no number.
    await server.dataSource.query(
      `INSERT INTO far_row (number, word) SELECT CASE WHEN n % 7 <> 0 THEN n END, CASE WHEN n % 1000 = 0 THEN 'rare' ELSE 'common' END
        FROM generate_series(1, ${ROWS}) n`,
    );
  });
  afterAll(() => server?.close());

  it.each(['', 'search=common&', 'sortBy=word:DESC&filter.word=$eq:common&'])(
    'counts no further than asked, and says so: %s',
    async (asked) => {
      const page = await list(`${asked}count=capped&limit=3&page=2`);

      expect(page.meta).toMatchObject({ moreThan: 10_000, currentPage: 2 });
      expect(page.meta).not.toHaveProperty('totalItems');
      expect(page.data).toEqual((await list(`${asked}limit=3&page=2`)).data);
      expect(page.links.next).toContain('page=3');
    },
  );

  it.each(['search=rare', 'filter.word=$eq:rare', 'search=none', 'filter.number=$null&sortBy=id:DESC'])(
    'counts few as exactly as ever: %s',
    async (asked) => {
      const page = await list(`${asked}&count=capped&limit=4&page=1`);

      expect(page).toEqual({
        ...(await list(`${asked}&limit=4&page=1`)),
        links: page.links,
      });
    },
  );

  it('finds a page by key with a capped count', async () => {
    const page = await list('after=&count=capped&limit=2');

    expect(page.meta).toMatchObject({ moreThan: 10_000, nextCursor: expect.any(String) });
    expect(numbers(page)).toEqual([1, 2]);
  });

  it.each(['sortBy=number:ASC', 'sortBy=number:DESC,word:ASC', 'sortBy=word:ASC,id:DESC'])(
    'shows the same records on pages far away as when it reads all before them: %s',
    async (sort) => {
      const { rows } = await server.dataSource
        .query<{ id: string }[]>(
          `SELECT id FROM far_row ORDER BY ${sort.replace('sortBy=', '').replaceAll(':', ' ')}, id`,
        )
        .then((all) => ({ rows: all.map(({ id }) => Number(id)) }));

      const last = await list(`${sort}&limit=30&page=335&count=capped`);
      const beyond = await list(`${sort}&limit=30&page=400`);

      expect(last.data.map(({ id }) => id)).toEqual(rows.slice(334 * 30));
      expect(last.meta).toMatchObject({ totalItems: ROWS, totalPages: 335, currentPage: 335 });
      expect(last.links.next).toBeNull();
      expect(beyond).toMatchObject({ data: [], meta: { totalItems: ROWS } });
    },
  );

  it('gives up a search that takes too long, and says what to do', async () => {
    // What holds the table up is as good as many more records.
    const [runner] = [server.dataSource.createQueryRunner()];
    await runner.startTransaction();
    await runner.query('LOCK TABLE far_row IN ACCESS EXCLUSIVE MODE');

    const answer = await http.get<{ code: string; detail: string }>('/api/far/row?search=rare&count=capped');
    await runner.rollbackTransaction();
    await runner.release();

    expect(answer).toMatchObject({ status: 422, body: { code: 'query_too_slow' } });
    expect(answer.body.detail).toMatch(/takes too long.*filter/);
    expect((await list('search=rare')).data).toHaveLength(10);
  }, 30_000);
});
