import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createRecord, createRecords, defineModel, defineModels } from '../fixtures/arrange.js';
import { readDocument, requestSchema } from '../fixtures/openapi.js';
import { problem, problemAt, refusedAt } from '../fixtures/problem.js';
import type { Http, PageBody, RecordBody } from '../support/http.js';
import { startApp, type TestServer } from '../support/server.js';

const fields = [
  { name: 'sku', type: 'char', unique: true },
  { name: 'name', type: 'char', required: true },
  { name: 'stock', type: 'integer', default: 5 },
  { name: 'shop', type: 'char', uniqueTogether: true },
  { name: 'shelf', type: 'decimal', options: { precision: 5, scale: 2 }, uniqueTogether: true },
  { name: 'updated', type: 'date_time', options: { autoNow: true } },
];

describe('upsert', () => {
  let server: TestServer;
  let http: Http;
  let url = '';
  let count = 0;

  const stored = async () => (await http.get<PageBody>(`${url}?sortBy=id:ASC`)).body.data;

  beforeAll(async () => {
    server = await startApp();
    http = server.http;
  });
  afterAll(() => server?.close());

  beforeEach(async () => {
    count += 1;
    url = `/api/upsert${count}/product`;
    await defineModel(http, { app: `upsert${count}`, name: 'Product', fields });
  });

  it('creates a record that nobody has the key of, with its defaults', async () => {
    const answer = await http.put(`${url}?on=sku`, { sku: 'a', name: 'Ant' });

    expect(answer).toMatchObject({ status: 200, body: { id: 1, sku: 'a', name: 'Ant', stock: 5 } });
    expect(answer.headers.get('etag')).toBe((await http.get(`${url}/1`)).headers.get('etag'));
  });

  it('changes the given values of the record that has the key, and no others', async () => {
    await createRecord(http, url, { sku: 'a', name: 'Ant', stock: 9 });

    const answer = await http.put(`${url}?on=sku`, { sku: 'a', shop: 'north' });

    expect(answer).toMatchObject({ status: 200, body: { id: 1, sku: 'a', name: 'Ant', stock: 9, shop: 'north' } });
    expect(await stored()).toHaveLength(1);
  });

  it('fills in the moment of the change', async () => {
    const before = await createRecord(http, url, { sku: 'a', name: 'Ant' });

    const { body } = await http.put<RecordBody>(`${url}?on=sku`, { sku: 'a', stock: 1 });

    expect(Date.parse(String(body['updated']))).toBeGreaterThan(Date.parse(String(before['updated'])));
  });

  it('takes many, new and known, and answers them in their order', async () => {
    await createRecords(http, url, [
      { sku: 'a', name: 'Ant' },
      { sku: 'c', name: 'Cat' },
    ]);

    const answer = await http.put(`${url}?on=sku`, [
      { sku: 'b', name: 'Bee', stock: 2 },
      { sku: 'c', stock: 3 },
      { sku: 'd', name: 'Dog' },
      { sku: 'a', name: 'Ape' },
    ]);

    expect(answer.body).toMatchObject([
      { sku: 'b', name: 'Bee', stock: 2 },
      { id: 2, sku: 'c', name: 'Cat', stock: 3 },
      { sku: 'd', name: 'Dog', stock: 5 },
      { id: 1, sku: 'a', name: 'Ape', stock: 5 },
    ]);
    expect(await stored()).toHaveLength(4);
    expect(await http.put(`${url}?on=sku`, [])).toMatchObject({ status: 200, body: [] });
  });

  it('finds records by their id, and goes on counting after one that is given', async () => {
    await createRecord(http, url, { name: 'Ant' });

    const answer = await http.put(`${url}?on=id`, [
      { id: 1, name: 'Ape' },
      { id: 7, name: 'Gnu' },
    ]);

    expect(answer.body).toMatchObject([
      { id: 1, name: 'Ape' },
      { id: 7, name: 'Gnu' },
    ]);
    expect(await createRecord(http, url, { name: 'Next' })).toMatchObject({ id: 8 });
  });

  it.each(['shop,shelf', 'shelf,shop'])('finds records by fields that are unique together: %s', async (on) => {
    await createRecord(http, url, { name: 'Ant', shop: 'north', shelf: '1.50' });

    const answer = await http.put(`${url}?on=${on}`, [
      { shop: 'north', shelf: '1.5', name: 'Ape' },
      { shop: 'south', shelf: '1.50', name: 'Bee' },
    ]);

    expect(answer.body).toMatchObject([
      { id: 1, name: 'Ape' },
      { id: 2, name: 'Bee' },
    ]);
  });

  it('works where ids are counted by nobody', async () => {
    const app = `upsertuuid${count}`;
    await defineModel(http, { app, name: 'Product', primaryKey: 'uuid', fields });
    const id = 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa';

    const first = await http.put(`/api/${app}/product?on=id`, { id, name: 'Ant' });
    const second = await http.put(`/api/${app}/product?on=id`, { id: id.toUpperCase(), sku: 'a' });
    const bySku = await http.put(`/api/${app}/product?on=sku`, [
      { sku: 'a', stock: 1 },
      { sku: 'b', name: 'Bee' },
    ]);

    expect(first).toMatchObject({ status: 200, body: { id, name: 'Ant' } });
    expect(second).toMatchObject({ status: 200, body: { id, name: 'Ant', sku: 'a' } });
    expect(bySku.body).toMatchObject([{ id, name: 'Ant', stock: 1 }, { name: 'Bee' }]);
  });

  it('writes related records of both', async () => {
    const app = `upsertrelated${count}`;
    await defineModels(http, [
      { app, name: 'Tag', fields: [{ name: 'name', type: 'char' }] },
      {
        app,
        name: 'Post',
        fields: [
          { name: 'slug', type: 'slug', unique: true },
          { name: 'tags', type: 'many_to_many', relatedModel: `${app}.Tag` },
        ],
      },
    ]);
    await createRecords(http, `/api/${app}/tag`, [{}, {}, {}]);
    await createRecord(http, `/api/${app}/post`, { slug: 'a', tags: [1] });

    const answer = await http.put(`/api/${app}/post?on=slug`, [
      { slug: 'a', tags: { add: [2] } },
      { slug: 'b', tags: { add: [3] } },
      { slug: 'c' },
    ]);

    expect(answer.body).toMatchObject([{ tags: [1, 2] }, { tags: [3] }, { tags: [] }]);
  });

  it('makes one record of many requests for one key', async () => {
    const stocks = Array.from({ length: 20 }, (_, stock) => stock);

    const answers = await Promise.all(
      stocks.map((stock) => http.put(`${url}?on=sku`, { sku: 'a', name: 'Ant', stock })),
    );

    expect(answers.map(({ status }) => status)).toEqual(stocks.map(() => 200));
    expect(await stored()).toHaveLength(1);
  });

  describe('refuses and writes nothing:', () => {
    beforeEach(() => createRecord(http, url, { sku: 'a', name: 'Ant' }));

    it.each<[string, string, string, RegExp]>([
      ['no key', '', 'invalid_value', /"on" must name the unique field/],
      ['an empty key', 'on=', 'invalid_value', /"on" must name/],
      ['a field that is not unique', 'on=name', 'invalid_value', /same name.*id; sku; shop,shelf/],
      ['a part of a key', 'on=shop', 'invalid_value', /same shop/],
      ['two keys', 'on=id,sku', 'invalid_value', /same id,sku/],
      ['a field of the server', 'on=updated', 'invalid_value', /same updated/],
    ])('%s', async (_title, query, code, detail) => {
      const answer = await http.put(`${url}?${query}`, { sku: 'b', name: 'Bee' });

      expect(answer).toMatchObject(problemAt(400, code, 'on', detail));
      expect(await stored()).toHaveLength(1);
    });

    it('names that the model does not know', async () => {
      const body = { sku: 'b', name: 'Bee' };

      expect(await http.put(`${url}?on=colour`, body)).toMatchObject(problemAt(400, 'unknown_field', 'on', /colour/));
      expect(await http.put(`${url}?on=sku%22;--`, body)).toMatchObject(problemAt(400, 'unknown_field', 'on', /sku/));
      expect(await http.put(`${url}?on=sku&where=1`, body)).toMatchObject(
        problemAt(400, 'unknown_parameter', 'where', /where/),
      );
      expect(await http.put(`${url}?on=sku&on=id`, body)).toMatchObject(problemAt(400, 'invalid_value', 'on', /on/));
    });

    it('a body without the key', async () => {
      const missing = await http.put(`${url}?on=sku`, { name: 'Bee' });
      const empty = await http.put(`${url}?on=sku`, [{ sku: 'b', name: 'Bee' }, { sku: null }]);
      const part = await http.put(`${url}?on=shop,shelf`, { shop: 'north', name: 'Bee' });
      const id = await http.put(`${url}?on=id`, { name: 'Bee' });

      expect(missing).toMatchObject(refusedAt('sku', 'required'));
      expect(empty).toMatchObject(refusedAt('1.sku', 'required'));
      expect(part).toMatchObject(refusedAt('shelf', 'required'));
      expect(id).toMatchObject(refusedAt('id', 'required'));
      expect(await stored()).toHaveLength(1);
    });

    it('a new record that is not complete, or wrong values, with their place', async () => {
      const incomplete = await http.put(`${url}?on=sku`, [
        { sku: 'a', stock: 1 },
        { sku: 'b', stock: 1 },
      ]);
      const wrong = await http.put(`${url}?on=sku`, { sku: 'a', stock: 'many' });

      expect(incomplete).toMatchObject(refusedAt('1.name', 'required'));
      expect(wrong).toMatchObject(refusedAt('stock', 'invalid_type'));
      expect(await stored()).toMatchObject([{ sku: 'a', stock: 5 }]);
    });

    it('one key twice', async () => {
      const answer = await http.put(`${url}?on=sku`, [
        { sku: 'b', name: 'Bee' },
        { sku: 'b', name: 'Bat' },
      ]);

      expect(answer).toMatchObject(refusedAt('1.sku', 'duplicate_items'));
      expect(await stored()).toHaveLength(1);
    });

    it('another id than the record has', async () => {
      const answer = await http.put(`${url}?on=sku`, { sku: 'a', id: 9, name: 'Ant' });

      expect(answer).toMatchObject(refusedAt('id', 'read_only_field'));
    });

    it('a value that another record has', async () => {
      await createRecord(http, url, { sku: 'b', name: 'Bee' });

      const answer = await http.put(`${url}?on=id`, { id: 2, sku: 'a' });

      expect(answer).toMatchObject(problemAt(409, 'unique_violation', 'sku', /"sku"/));
    });

    it('what is no record', async () => {
      expect(await http.put(`${url}?on=sku`, 'text')).toMatchObject({ family: '4xx' });
      expect(await http.put(`${url}?on=sku`, [null])).toMatchObject(refusedAt('0', 'invalid_type'));
      expect(await http.put('/api/nowhere/product?on=sku', {})).toMatchObject(
        problem(404, 'model_not_found', /nowhere/),
      );
    });
  });

  it('is in the document, with the keys that the model has', async () => {
    const document = await readDocument(http);

    const { put } = document.paths[url];
    expect(put.parameters).toMatchObject([
      { name: 'on', in: 'query', required: true, schema: { enum: ['id', 'sku', 'shop,shelf'] } },
      { name: 'Idempotency-Key', in: 'header', required: false },
    ]);
    expect(requestSchema(document, 'put', url)).toMatchObject({ oneOf: [{ type: 'object' }, { type: 'array' }] });
    expect(put.responses).toHaveProperty('200');
    expect(put.responses).toHaveProperty('422');
  });
});
