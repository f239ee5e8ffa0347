import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createRecord, createRecords, defineModel } from '../fixtures/arrange.js';
import { problemAt, refusedAt } from '../fixtures/problem.js';
import type { Http, PageBody } from '../support/http.js';
import { startApp, type TestServer } from '../support/server.js';

const fields = [
  { name: 'name', type: 'char', required: true, unique: true },
  { name: 'colour', type: 'char' },
  { name: 'stars', type: 'integer', default: 3 },
];
const ANIMALS = [
  { name: 'ant', colour: null },
  { name: 'bee', colour: 'red' },
  { name: 'cat', colour: null },
  { name: 'dog', colour: 'red' },
  { name: 'eel', colour: null },
];

describe.each(['fastify', 'express'] as const)('the API of records, on %s', (adapter) => {
  let server: TestServer;
  let http: Http;
  let url = '';
  let count = 0;

  const page = async (query: string) => http.get<PageBody>(`${url}?${query}`);
  const names = async (query: string) => (await page(query)).body.data.map(({ name }) => name);

  beforeAll(async () => {
    server = await startApp({ adapter });
    http = server.http;
  });
  afterAll(() => server?.close());

  beforeEach(async () => {
    count += 1;
    url = `/api/zoo${count}/animal`;
    await defineModel(http, { app: `zoo${count}`, name: 'Animal', fields });
  });

  describe('GET of a list', () => {
    beforeEach(() => createRecords(http, url, ANIMALS));

    it('answers a page of twenty in order of id, and the totals', async () => {
      const answer = await http.get<PageBody>(url);

      expect(answer).toMatchObject({
        status: 200,
        body: { meta: { itemsPerPage: 20, totalItems: 5, currentPage: 1, totalPages: 1 } },
      });
      expect(answer.body.data).toEqual(ANIMALS.map((animal, index) => ({ id: index + 1, ...animal, stars: 3 })));
      expect(answer.headers.get('x-total-count')).toBe('5');
    });

    it('answers the page that is asked for, with links that lead on', async () => {
      const second = await page('page=2&limit=2&sortBy=name:ASC');
      const links = second.body.links;
      const next = await http.get<PageBody>(String(links.next));
      const previous = await http.get<PageBody>(String(links.previous));
      const last = await http.get<PageBody>(String(links.last));

      expect(second.body).toMatchObject({
        data: [{ name: 'cat' }, { name: 'dog' }],
        meta: { itemsPerPage: 2, totalItems: 5, currentPage: 2, totalPages: 3 },
      });
      expect(next.body).toMatchObject({ data: [{ name: 'eel' }], meta: { currentPage: 3 } });
      expect(previous.body).toMatchObject({ data: [{ name: 'ant' }, { name: 'bee' }], meta: { currentPage: 1 } });
      expect(last.body).toMatchObject({ data: [{ name: 'eel' }] });
      expect(links.first).toContain('page=1');
      expect(links.current).toContain('page=2');
    });

    it('has no next link on the last page and no previous link on the first', async () => {
      const first = await page('page=1&limit=3');
      const last = await page('page=2&limit=3');

      expect(first.body.links.previous ?? null).toBeNull();
      expect(last.body.links.next ?? null).toBeNull();
    });

    it('answers an empty page after the last', async () => {
      expect((await page('page=99')).body).toMatchObject({ data: [], meta: { totalItems: 5, currentPage: 99 } });
    });

    it('sorts by one field or several, either way', async () => {
      expect(await names('sortBy=name:DESC')).toEqual(['eel', 'dog', 'cat', 'bee', 'ant']);
      expect(await names('sortBy=colour:ASC&sortBy=name:DESC&filter.colour=red')).toEqual(['dog', 'bee']);
      expect(await names('sortBy=id:DESC&limit=1')).toEqual(['eel']);
    });

    it('filters by equality, plain or with $eq', async () => {
      expect(await names('filter.colour=red&sortBy=name:ASC')).toEqual(['bee', 'dog']);
      expect(await names('filter.name=$eq:cat')).toEqual(['cat']);
      expect(await names('filter.colour=red&filter.name=dog')).toEqual(['dog']);
      expect(await names('filter.stars=3&limit=1')).toEqual(['ant']);
      expect(await names('filter.id=2')).toEqual(['bee']);
      expect(await names(`filter.name=${encodeURIComponent("x' OR '1'='1")}`)).toEqual([]);
    });

    it('says which sort and filter it used', async () => {
      const answer = await page('sortBy=name:DESC&filter.colour=red');

      expect(answer.body.meta).toMatchObject({ sortBy: [['name', 'DESC']], filter: { colour: expect.anything() } });
      expect(answer.body.links.current).toContain('filter.colour=red');
    });

    it.each([
      ['an unknown parameter', 'colour=red', 'unknown_parameter', /colour/],
      ['SQL in a parameter', 'where=1%3D1', 'unknown_parameter', /where/],
      ['an unknown field to sort by', 'sortBy=age:ASC', 'unknown_field', /age/],
      ['SQL to sort by', 'sortBy=name;DROP TABLE canary:ASC', 'unknown_field', /name;DROP/],
      ['an unknown direction', 'sortBy=name:UP', 'invalid_value', /UP|ASC/],
      ['an unknown field to filter by', 'filter.age=1', 'unknown_field', /age/],
      ['a field of the prototype', 'filter.__proto__=1', 'unknown_field', /__proto__/],
      ['an unknown operator', 'filter.name=$raw:1', 'unknown_operator', /raw/],
      ['a value of another type', 'filter.stars=many', 'invalid_value', /stars/],
      ['a number out of range', 'filter.stars=99999999999', 'invalid_value', /stars/],
      ['NUL in a filter', 'filter.name=a%00b', 'invalid_value', /name/],
      ['a limit of nought', 'limit=0', 'invalid_value', /limit/],
      ['a negative limit', 'limit=-1', 'invalid_value', /limit/],
      ['a limit over a thousand', 'limit=1001', 'invalid_value', /1,?000/],
      ['a limit that is no number', 'limit=NaN', 'invalid_value', /limit/],
      ['SQL as a limit', 'limit=1;drop', 'invalid_value', /limit/],
      ['a page of nought', 'page=0', 'invalid_value', /page/],
      ['a page that is no number', 'page=1.5', 'invalid_value', /page/],
      ['a page beyond all pages', 'page=1000000000000000000000', 'invalid_value', /page/],
    ])('refuses %s', async (_title, query, code, detail) => {
      const answer = await page(query);

      expect(answer).toMatchObject(problemAt(400, code, /\S/, detail));
    });
  });

  describe('POST', () => {
    it('creates one record, with defaults', async () => {
      const answer = await http.post(url, { name: 'fox', colour: 'red' });

      expect(answer).toMatchObject({ status: 201 });
      expect(answer.body).toEqual({ id: 1, name: 'fox', colour: 'red', stars: 3 });
      expect((await http.get(`${url}/1`)).body).toEqual(answer.body);
    });

    it('creates many records in order', async () => {
      const answer = await http.post(url, [{ name: 'fox' }, { name: 'ape', stars: 1 }]);

      expect(answer.status).toBe(201);
      expect(answer.body).toEqual([
        { id: 1, name: 'fox', colour: null, stars: 3 },
        { id: 2, name: 'ape', colour: null, stars: 1 },
      ]);
    });

    it('creates all of many records or none', async () => {
      const invalid = await http.post(url, [{ name: 'fox' }, { name: 'ape', stars: 'many' }]);
      const duplicate = await http.post(url, [{ name: 'fox' }, { name: 'fox' }]);

      expect(invalid).toMatchObject(refusedAt('1.stars', 'invalid_type'));
      expect(duplicate).toMatchObject(problemAt(409, 'unique_violation', /name$/, /name/));
      expect(await names('')).toEqual([]);
    });

    it('creates nothing of an empty list', async () => {
      expect(await http.post(url, [])).toMatchObject({ status: 201, body: [] });
    });

    it('creates a thousand records at once', async () => {
      const records = Array.from({ length: 1000 }, (_, index) => ({ name: `ant ${index}` }));

      const created = await createRecords(http, url, records);

      expect(created).toHaveLength(1000);
      expect(created[999]).toEqual({ id: 1000, name: 'ant 999', colour: null, stars: 3 });
    });

    it('generates ids that do not collide with ids that were given', async () => {
      await createRecords(http, url, [
        { id: 1, name: 'one' },
        { id: 2, name: 'two' },
        { id: 7, name: 'seven' },
      ]);

      const answers = [
        await http.post(url, { name: 'next' }),
        await http.post(url, [{ name: 'more' }, { name: 'last' }]),
      ];

      expect(answers.map(({ status }) => status)).toEqual([201, 201]);
      expect((await page('')).body.meta.totalItems).toBe(6);
    });

    it('keeps both of two records that are created at the same time', async () => {
      const answers = await Promise.all([http.post(url, { name: 'fox' }), http.post(url, { name: 'ape' })]);

      expect(answers.map(({ status }) => status)).toEqual([201, 201]);
      expect(await names('sortBy=name:ASC')).toEqual(['ape', 'fox']);
    });
  });

  it('PATCH changes only what is given', async () => {
    await createRecord(http, url, { name: 'fox', colour: 'red', stars: 5 });

    const answer = await http.patch(`${url}/1`, { colour: null });

    expect(answer).toMatchObject({ status: 200 });
    expect(answer.body).toEqual({ id: 1, name: 'fox', colour: null, stars: 5 });
    expect((await http.patch(`${url}/1`, {})).body).toEqual(answer.body);
  });

  it('PUT replaces the record: what is left out becomes its default or null', async () => {
    await createRecord(http, url, { name: 'fox', colour: 'red', stars: 5 });

    const answer = await http.put(`${url}/1`, { name: 'vixen' });
    const refused = await http.put(`${url}/1`, { colour: 'red' });

    expect(answer).toMatchObject({ status: 200 });
    expect(answer.body).toEqual({ id: 1, name: 'vixen', colour: null, stars: 3 });
    expect(refused).toMatchObject(refusedAt('name', 'required'));
  });

  it('DELETE removes the record and no other', async () => {
    await createRecords(http, url, [{ name: 'fox' }, { name: 'ape' }]);

    const answer = await http.delete(`${url}/1`);

    expect(answer).toMatchObject({ status: 204, text: '' });
    expect(await names('')).toEqual(['ape']);
    expect(await http.get(`${url}/1`)).toMatchObject({ status: 404, body: { code: 'record_not_found' } });
  });

  it('answers GET /health', async () => {
    expect(await http.get('/health')).toMatchObject({ status: 200, body: { status: 'ok' } });
  });
});
