import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createRecords, defineModels } from '../fixtures/arrange.js';
import {
  book,
  disturbAround,
  MODELS,
  ORDERS,
  repeatedIds,
  steadyIds,
  walk,
  whileDisturbed,
} from '../fixtures/keyset.js';
import { problem } from '../fixtures/problem.js';
import type { Http, PageBody } from '../support/http.js';
import { startApp, type TestServer } from '../support/server.js';

const PATH = '/api/keyset/book';
const STEADY = 150;

describe('paging by key', () => {
  let server: TestServer;
  let http: Http;

  const page = (query: string) => http.get<PageBody>(`${PATH}?${query}`);
  const steadyInOrder = async (order: string) => {
    const rows = await server.database.query<{ id: string }>(
      `SELECT t.id FROM keyset_book t LEFT JOIN keyset_shelf s ON s.id = t.shelf_id WHERE NOT t.is_loose ORDER BY ${order}`,
    );
    return rows.map(({ id }) => Number(id));
  };
  const cursorOf = (body: PageBody, name: 'nextCursor' | 'previousCursor') => String(body.meta[name]);

  beforeAll(async () => {
    server = await startApp();
    http = server.http;
    await defineModels(http, MODELS);
    await createRecords(http, '/api/keyset/shelf', [{ name: 'high' }, { name: 'low' }, { name: 'low' }]);
  });
  afterAll(() => server?.close());

  beforeEach(async () => {
    await server.database.query('TRUNCATE keyset_book');
    // Every third row may go while somebody is paging.
    const books = Array.from({ length: STEADY * 1.5 }, (_, index) => book(index, index % 3 === 2));
    await createRecords(http, PATH, books);
  });

  describe.each(ORDERS)('sorted by %s', (sortBy, order) => {
    const path = `${PATH}?sortBy=${sortBy}&limit=7`;

    it('goes through all rows in order, and back', async () => {
      const wanted = await steadyInOrder(order);

      const there = await walk(http, path, 'after', '');
      const last = await page(`sortBy=${sortBy}&limit=1000&after=`);
      const end = cursorOf(there.at(-1) ?? last.body, 'previousCursor');
      const back = await walk(http, path, 'before', end);

      expect(steadyIds(there)).toEqual(wanted);
      expect(repeatedIds(there)).toEqual([]);
      const returned = [...back].reverse();
      expect(steadyIds([...returned, ...there.slice(-1)])).toEqual(wanted);
      expect(repeatedIds([...returned, ...there.slice(-1)])).toEqual([]);
    });

    it('misses and repeats nothing when rows come and go between the pages', async () => {
      const wanted = await steadyInOrder(order);

      const pages = await walk(http, path, 'after', '', disturbAround(http, PATH));

      expect(steadyIds(pages)).toEqual(wanted);
      expect(repeatedIds(pages)).toEqual([]);
    });

    it('misses and repeats nothing on the way back either', async () => {
      const wanted = await steadyInOrder(order);
      const there = await walk(http, path, 'after', '');
      const end = there.slice(-1);

      const back = await walk(
        http,
        path,
        'before',
        end.map((body) => cursorOf(body, 'previousCursor')).join(''),
        disturbAround(http, PATH),
      );

      const returned = [...back].reverse();
      expect(steadyIds([...returned, ...end])).toEqual(wanted);
      expect(repeatedIds(returned)).toEqual([]);
    });

    it('misses and repeats nothing while others write all the time', async () => {
      const wanted = await steadyInOrder(order);

      const pages = await whileDisturbed(http, PATH, () => walk(http, path, 'after', ''));

      expect(steadyIds(pages)).toEqual(wanted);
      expect(repeatedIds(pages)).toEqual([]);
    });
  });

  it('keeps a filter, a search and a select from page to page', async () => {
    const rows = await server.database.query<{ id: string }>(
      `SELECT id FROM keyset_book WHERE NOT is_loose AND grade = 1 AND name ILIKE '%book c%' ORDER BY price DESC, id`,
    );

    const pages = await walk(
      http,
      `${PATH}?filter.grade=1&filter.isLoose=false&search=book%20c&select=id,isLoose&sortBy=price:DESC&limit=2`,
      'after',
      '',
    );

    expect(steadyIds(pages)).toEqual(rows.map(({ id }) => Number(id)));
    expect(pages.length).toBeGreaterThan(1);
  });

  it('has no cursor beyond the ends, and links that lead on', async () => {
    const first = await page('sortBy=name:ASC&limit=10&filter.isLoose=false&after=');
    const next = await http.get<PageBody>(String(first.body.links.next));
    const previous = await http.get<PageBody>(String(next.body.links.previous));
    const whole = await page('sortBy=name:ASC&limit=1000&filter.isLoose=false&after=');

    expect(first.body.meta).toMatchObject({ previousCursor: null, nextCursor: expect.stringMatching(/^[\w-]+$/) });
    expect(whole.body.meta).toMatchObject({ previousCursor: null, nextCursor: null });
    expect(whole.body.links.next ?? null).toBeNull();
    expect(next.body.data).toEqual(whole.body.data.slice(10, 20));
    expect(previous.body.data).toEqual(first.body.data);
    expect(previous.body.meta).toMatchObject({ previousCursor: null });
  });

  it('counts only when asked', async () => {
    const without = await page('limit=10&after=');
    const exact = await page('limit=10&after=&count=exact&filter.isLoose=false');

    expect(without.body.meta).not.toHaveProperty('totalItems');
    expect(without.headers.get('x-total-count')).toBeNull();
    expect(exact.body.meta).toMatchObject({ totalItems: STEADY });
  });

  it('works in the body of a query', async () => {
    const ask = (after: string) =>
      http.post<PageBody>(`${PATH}/query`, { after, limit: 80, sortBy: 'grade:DESC', filter: { isLoose: false } });

    const first = await ask('');
    const second = await ask(cursorOf(first.body, 'nextCursor'));

    expect(steadyIds([first.body, second.body])).toEqual(await steadyInOrder('t.grade DESC, t.id'));
  });

  it('tells nothing in a cursor but the keys that it sorts by', async () => {
    const { body } = await page('sortBy=grade:DESC&limit=5&after=');

    const text = Buffer.from(cursorOf(body, 'nextCursor'), 'base64url').toString();

    expect(text).not.toMatch(/hidden|secret|book/);
  });

  it.each([
    ['a cursor of another sort', (cursor: string) => `sortBy=name:ASC&after=${cursor}`],
    ['a cursor of the other direction', (cursor: string) => `sortBy=grade:ASC&after=${cursor}`],
    ['a cursor of more keys', (cursor: string) => `sortBy=grade:DESC,name:ASC&after=${cursor}`],
    ['half a cursor', (cursor: string) => `sortBy=grade:DESC&after=${cursor.slice(0, cursor.length / 2)}`],
    ['a cursor that was changed', (cursor: string) => `sortBy=grade:DESC&after=${cursor.slice(0, -6)}AAAAAA`],
    ['a text that is no cursor', () => 'sortBy=grade:DESC&after=%27;DROP%20TABLE%20keyset_book'],
    ['JSON in base64', () => `sortBy=grade:DESC&before=${Buffer.from('[1,{"$raw":1}]').toString('base64url')}`],
  ])('refuses %s', async (_title, query) => {
    const { body } = await page('sortBy=grade:DESC&limit=5&after=');

    const answer = await page(query(cursorOf(body, 'nextCursor')));

    expect(answer).toMatchObject(problem(400, 'invalid_cursor', /cursor|after|before/i));
  });

  it('refuses a page or two cursors beside a cursor', async () => {
    const { body } = await page('limit=5&after=');
    const cursor = cursorOf(body, 'nextCursor');

    expect(await page(`page=2&after=${cursor}`)).toMatchObject({ status: 400, body: { errors: [expect.anything()] } });
    expect(await page(`before=${cursor}&after=${cursor}`)).toMatchObject({ status: 400 });
  });
});
