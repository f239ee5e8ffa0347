import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createRecords, defineModels } from '../fixtures/arrange.js';
import { problemAt } from '../fixtures/problem.js';
import { queryOf, treeOf } from '../fixtures/record-shop.js';
import type { Http, PageBody } from '../support/http.js';
import { startApp, type TestServer } from '../support/server.js';

const sample = (type: string, small: unknown, large: unknown, extra: object = {}) => ({ type, small, large, extra });

/** Two values of each type, the smaller one first; records with id 1 and 2 have them and 3 has none. */
const ORDERED = [
  sample('char', 'ada', 'bob'),
  sample('text', 'ada', 'bob'),
  sample('slug', 'ada-1', 'bob-1'),
  sample('email', 'ada@example.org', 'bob@example.org'),
  sample('url', 'https://a.example/', 'https://b.example/'),
  sample('choice', 'ada', 'bob', { choices: ['ada', 'bob'] }),
  sample('comma_separated_integer', '1', '2,3'),
  sample('integer', -5, 7),
  sample('small_integer', -5, 7),
  sample('big_integer', '-9007199254740993', '9007199254740993'),
  sample('positive_integer', 0, 7),
  sample('positive_small_integer', 0, 7),
  sample('float', -2.5e-10, 0.1),
  sample('decimal', '-0.50', '12345.67'),
  sample('date', '1900-01-01', '2024-02-29'),
  sample('date_time', '2026-07-01T12:00:00.123456Z', '2026-07-01T12:00:00.123457Z'),
  sample('time', '09:30:00', '23:59:59.999999'),
  sample('duration', '-PT1H', 'P1DT0.5S'),
];

const LISTED = [
  sample('boolean', false, true),
  sample('null_boolean', false, true),
  sample('uuid', '0b8f6f0e-7a0e-4c0e-9d4e-2f1a5b6c7d8e', '1b8f6f0e-7a0e-4c0e-9d4e-2f1a5b6c7d8e'),
  sample('ip_address', '192.0.2.1', '2001:db8::1'),
];
const UNLISTED = [
  sample('json', [1], { a: 1 }),
  sample('binary', 'AAEC', '++//'),
  sample('multiple_choice', ['a'], ['b', 'a'], { choices: ['a', 'b'] }),
];
const ALL = [...ORDERED, ...LISTED, ...UNLISTED];

describe('a list of records', () => {
  let server: TestServer;
  let http: Http;

  const page = async (type: string, query: string) => (await http.get<PageBody>(`/api/typed/${type}?${query}`)).body;
  const ids = async (type: string, query: string) => (await page(type, query)).data.map(({ id }) => id);
  const walk = async (address: string): Promise<unknown[]> => {
    const { body } = await http.get<PageBody>(address);
    const next = body.links.next ? await walk(body.links.next) : [];
    return [...body.data.map(({ id }) => id), ...next];
  };

  beforeAll(async () => {
    server = await startApp();
    http = server.http;
    await defineModels(
      http,
      ALL.map(({ type, extra }) => ({ app: 'typed', name: type, fields: [{ name: 'value', type, ...extra }] })),
    );
    for (const { type, small, large } of ALL) {
      await createRecords(http, `/api/typed/${type}`, [{ value: small }, { value: large }, {}]);
    }
  });
  afterAll(() => server?.close());

  it.each(ALL)('filters, sorts, pages and groups by $type', async ({ type, small, large }) => {
    const text = typeof small === 'object' ? JSON.stringify(small) : String(small);

    const found = {
      text: await ids(type, queryOf([['filter.value', `$eq:${text}`]])),
      tree: await ids(type, treeOf({ value: { $eq: large } })),
      none: await ids(type, 'filter.value=$null'),
      ascending: await ids(type, 'sortBy=value:ASC'),
      upwards: await walk(`/api/typed/${type}?sortBy=value:ASC&after=&limit=1`),
      downwards: await walk(`/api/typed/${type}?sortBy=value:DESC&after=&limit=1`),
      groups: (await page(type, 'aggregate=count&groupBy=value&sortBy=value:ASC')).data,
    };

    expect(found).toEqual({
      text: [1],
      tree: [2],
      none: [3],
      ascending: [1, 2, 3],
      upwards: [1, 2, 3],
      downwards: [3, 2, 1],
      groups: [
        { value: small, count: 1 },
        { value: large, count: 1 },
        { value: null, count: 1 },
      ],
    });
  });

  it.each([...ORDERED, ...LISTED])('finds one of a list of $type', async ({ type, small, large }) => {
    const list = await ids(type, treeOf({ value: { $in: [small, large] } }));
    const negated = await ids(type, treeOf({ value: { $not: { $in: [small] } } }));

    expect({ list, negated }).toEqual({ list: [1, 2], negated: [2, 3] });
  });

  it.each(UNLISTED)('refuses lists and orders of $type', async ({ type, small }) => {
    const list = await http.get(`/api/typed/${type}?${treeOf({ value: { $in: [] } })}`);
    const order = await http.get(`/api/typed/${type}?${treeOf({ value: { $gt: small } })}`);

    expect(list).toMatchObject(problemAt(400, 'unknown_operator', 'filter.value.$in', /\$in/));
    expect(order).toMatchObject(problemAt(400, 'unknown_operator', 'filter.value.$gt', /\$gt/));
  });

  it.each(ORDERED)('compares $type', async ({ type, small, large }) => {
    const found = {
      more: await ids(type, treeOf({ value: { $gt: small } })),
      least: await ids(type, treeOf({ value: { $gte: small } })),
      less: await ids(type, treeOf({ value: { $lt: large } })),
      most: await ids(type, treeOf({ value: { $lte: large } })),
      between: await ids(type, treeOf({ value: { $btw: [small, large] } })),
      ends: (await page(type, 'aggregate=min(value),max(value)')).data,
    };

    expect(found).toEqual({
      more: [2],
      least: [1, 2],
      less: [1],
      most: [1, 2],
      between: [1, 2],
      ends: [{ 'min(value)': small, 'max(value)': large }],
    });
  });
});
