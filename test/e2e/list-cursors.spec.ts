import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createRecord, createRecords, defineModels } from '../fixtures/arrange.js';
import { problemAt } from '../fixtures/problem.js';
import type { Http, PageBody } from '../support/http.js';
import { startApp, type TestServer } from '../support/server.js';

const TEAMS = [{ name: 'red' }, { name: 'blue' }];
/** Points repeat and are empty in places; the id decides then. */
const PLAYERS = [
  { name: 'ann', points: 3, team: 1, joined: '2026-01-01T00:00:00.000001Z' },
  { name: 'bob', points: null, team: 2, joined: '2026-01-01T00:00:00.000002Z' },
  { name: 'cid', points: 1, team: null, joined: null },
  { name: 'dan', points: 3, team: 2, joined: '2026-01-01T00:00:00.000001Z' },
  { name: 'eve', points: null, team: 1, joined: '2026-01-01T00:00:00.000003Z' },
  { name: 'fay', points: 2, team: null, joined: null },
  { name: 'gus', points: 3, team: 1, joined: '2026-01-01T00:00:00.000003Z' },
];

describe('cursors of a list', () => {
  let server: TestServer;
  let http: Http;
  let url = '';
  let count = 0;

  const get = async (address: string) => (await http.get<PageBody>(address)).body;
  const names = ({ data }: PageBody) => data.map(({ name }) => name);

  /** Every page from here on, over the links of this name. */
  const walk = async (address: string, link: 'next' | 'previous'): Promise<unknown[][]> => {
    const page = await get(address);
    const further = page.links[link];
    return [names(page), ...(further ? await walk(further, link) : [])];
  };

  beforeAll(async () => {
    server = await startApp();
    http = server.http;
  });
  afterAll(() => server?.close());

  beforeEach(async () => {
    count += 1;
    const app = `game${count}`;
    url = `/api/${app}/player`;
    await defineModels(http, [
      { app, name: 'Team', fields: [{ name: 'name', type: 'char' }] },
      {
        app,
        name: 'Player',
        fields: [
          { name: 'name', type: 'char', required: true },
          { name: 'points', type: 'integer' },
          { name: 'joined', type: 'date_time' },
          { name: 'team', type: 'foreign_key', relatedModel: `${app}.Team` },
        ],
      },
    ]);
    await createRecords(http, `/api/${app}/team`, TEAMS);
    await createRecords(http, url, PLAYERS);
  });

  it('lead from page to page and back', async () => {
    const forward = await walk(`${url}?after=&limit=3`, 'next');
    const backward = await walk(`${url}?before=&limit=3`, 'previous');

    expect(forward).toEqual([['ann', 'bob', 'cid'], ['dan', 'eve', 'fay'], ['gus']]);
    expect(backward).toEqual([['eve', 'fay', 'gus'], ['bob', 'cid', 'dan'], ['ann']]);
  });

  it.each([
    'id:DESC',
    'name:ASC',
    'name:DESC',
    'points:ASC',
    'points:DESC',
    'points:DESC,name:ASC',
    'points:ASC,name:DESC',
    'joined:ASC,points:DESC',
    'joined:DESC,id:DESC',
    'team.name:ASC',
    'team.name:DESC,points:ASC',
    'team:DESC',
  ])('find the same records in the same order as pages do, sorted by %s', async (sortBy) => {
    const whole = names(await get(`${url}?sortBy=${sortBy}&limit=100`));

    const forward = await walk(`${url}?sortBy=${sortBy}&after=&limit=2`, 'next');
    const backward = await walk(`${url}?sortBy=${sortBy}&before=&limit=2`, 'previous');

    expect(forward.flat()).toEqual(whole);
    expect(backward.toReversed().flat()).toEqual(whole);
  });

  it('answer the cursors of both sides, null at the ends, and no totals', async () => {
    const first = await http.get<PageBody>(`${url}?after=&limit=3`);
    const middle = await get(String(first.body.links.next));
    const last = await get(String(middle.links.next));

    expect(first.body.meta).toEqual({
      itemsPerPage: 3,
      nextCursor: expect.stringMatching(/^[\w-]+$/),
      previousCursor: null,
      sortBy: [],
      filter: {},
    });
    expect(first.headers.get('x-total-count')).toBeNull();
    expect(middle.meta).toMatchObject({ nextCursor: expect.any(String), previousCursor: expect.any(String) });
    expect(last.meta).toMatchObject({ nextCursor: null, previousCursor: expect.any(String) });
    expect(names(await get(String(middle.links.previous)))).toEqual(['ann', 'bob', 'cid']);
  });

  it('count when asked to, with filters that stay in the links', async () => {
    const page = await http.get<PageBody>(`${url}?filter.points=3&after=&limit=2&count=exact`);
    const next = await get(String(page.body.links.next));

    expect(page.body.meta.totalItems).toBe(3);
    expect(page.headers.get('x-total-count')).toBe('3');
    expect(names(next)).toEqual(['gus']);
    expect(next.meta.totalItems).toBe(3);
  });

  it('miss and repeat nothing while records come and go', async () => {
    const first = await get(`${url}?sortBy=name:ASC&after=&limit=3`);
    await http.delete(`${url}/3`);
    await createRecord(http, url, { name: 'abe' });
    await createRecord(http, url, { name: 'cya' });

    const rest = await walk(String(first.links.next), 'next');

    expect(names(first)).toEqual(['ann', 'bob', 'cid']);
    expect(rest).toEqual([
      ['cya', 'dan', 'eve'],
      ['fay', 'gus'],
    ]);
  });

  it('work in the body of a query', async () => {
    const first = await http.post<PageBody>(`${url}/query`, { sortBy: 'name:DESC', after: '', limit: 4 });
    const after = first.body.meta['nextCursor'];

    const second = await http.post<PageBody>(`${url}/query`, { sortBy: 'name:DESC', after, limit: 4 });

    expect(names(first.body)).toEqual(['gus', 'fay', 'eve', 'dan']);
    expect(names(second.body)).toEqual(['cid', 'bob', 'ann']);
  });

  it.each([
    ['after=x', 'invalid_cursor', 'after'],
    ['after=!!', 'invalid_cursor', 'after'],
    ['before=WzFd', 'invalid_cursor', 'before'],
    ['after=bnVsbA', 'invalid_cursor', 'after'],
    ['after=&page=2', 'invalid_value', 'page'],
    ['after=&before=', 'invalid_value', 'before'],
  ])('refuse %s', async (query, code, path) => {
    const answer = await http.get(`${url}?${query}`);

    expect(answer).toMatchObject(problemAt(400, code, path, /\S/));
  });

  it('refuse a cursor of another order, or one that somebody has changed', async () => {
    const { meta } = await get(`${url}?sortBy=points:ASC&after=&limit=2`);
    const cursor = String(meta['nextCursor']);
    const [sign] = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    const forged = (values: unknown) => Buffer.from(JSON.stringify([sign, values])).toString('base64url');

    const other = await http.get(`${url}?sortBy=points:DESC&after=${cursor}`);
    const answers = [
      await http.get(`${url}?sortBy=points:ASC&after=${forged([1])}`),
      await http.get(`${url}?sortBy=points:ASC&after=${forged(['1); DROP TABLE x', 1])}`),
      await http.get(`${url}?sortBy=points:ASC&after=${forged([1, null])}`),
    ];

    expect(other).toMatchObject(problemAt(400, 'invalid_cursor', 'after', /another order/));
    const refused = problemAt(400, 'invalid_cursor', 'after', /\S/);
    expect(answers).toMatchObject([refused, refused, refused]);
  });
});
