import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createRecords, defineModels } from '../fixtures/arrange.js';
import { csv, SHOP } from '../fixtures/exchange.js';
import { problem, problemAt } from '../fixtures/problem.js';
import type { Http } from '../support/http.js';
import { startApp, type TestServer } from '../support/server.js';

const PATH = '/api/shop/product/export';

describe.each(['fastify', 'express'] as const)('an export of records, on %s', (adapter) => {
  let server: TestServer;
  let http: Http;

  beforeAll(async () => {
    server = await startApp({ adapter });
    http = server.http;
    await defineModels(http, SHOP);
    await createRecords(http, '/api/shop/category', [{ name: 'Chairs' }, { name: '=Tables' }]);
    await createRecords(http, '/api/shop/product', [
      { name: 'Chair', price: '49.9', note: '', open: true, facts: { legs: 4 }, category: 1, tags: [1, 2] },
      { name: 'Table, "large"', price: '-5', note: 'two\r\nlines', open: false, facts: '5', category: 2 },
      { name: 'Lamp', stock: 0 },
    ]);
  });
  afterAll(() => server?.close());

  it('is a CSV file with the id and the own fields of the model', async () => {
    const answer = await http.get(PATH);

    const moment = String.raw`\d{4}-\d\d-\d\dT[\d:.]+Z`;
    expect(answer).toMatchObject({ status: 200, contentType: 'text/csv; charset=utf-8' });
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="shop-product.csv"');
    expect(answer.text.replaceAll(new RegExp(moment, 'g'), 'NOW')).toBe(
      csv(
        'id,name,price,stock,note,open,facts,category,tags,created_at',
        '1,Chair,49.90,7,"",true,"{""legs"":4}",1,"[1,2]",NOW',
        '2,"Table, ""large""",-5.00,7,"two\r\nlines",false,"""5""",2,[],NOW',
        '3,Lamp,,0,,,,,[],NOW',
      ),
    );
  });

  it('is a JSON array with one record in a line', async () => {
    const answer = await http.get(`${PATH}?format=json`);

    expect(answer).toMatchObject({ status: 200, contentType: 'application/json; charset=utf-8' });
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="shop-product.json"');
    expect(answer.body).toEqual((await http.get<{ data: unknown }>('/api/shop/product')).body.data);
    expect(answer.text.split('\n')).toHaveLength(6);
  });

  it('is a JSON object in each line', async () => {
    const answer = await http.get(`${PATH}?format=ndjson`);

    expect(answer).toMatchObject({ status: 200 });
    expect(answer.headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8');
    const lines = answer.text.trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line).name)).toEqual(['Chair', 'Table, "large"', 'Lamp']);
  });

  it('has the records that fit, in their order', async () => {
    const filtered = await http.get(`${PATH}?filter.stock=7&sortBy=name:DESC&select=name`);
    const tree = await http.get(`${PATH}?select=name&filter=${encodeURIComponent('{"category":{"name":"Chairs"}}')}`);
    const found = await http.get(`${PATH}?search=lamp&select=name`);

    expect(filtered.text).toBe(csv('id,name', '2,"Table, ""large"""', '1,Chair'));
    expect(tree.text).toBe(csv('id,name', '1,Chair'));
    expect(found.text).toBe(csv('id,name', '3,Lamp'));
  });

  it('shows paths over relations to one as columns, and related records to many as JSON', async () => {
    const select = 'select=name,category.name,tags.name';
    const table = await http.get(`${PATH}?${select}`);
    const lines = await http.get(`${PATH}?${select}&format=ndjson&filter.id=1`);

    expect(table.text).toBe(
      csv(
        'id,name,category.name,tags',
        '1,Chair,Chairs,"[{""id"":1,""name"":""Chairs""},{""id"":2,""name"":""=Tables""}]"',
        `2,"Table, ""large""",'=Tables,[]`,
        '3,Lamp,,[]',
      ),
    );
    expect(lines.text.match(/\n/g)).toHaveLength(1);
    expect(JSON.parse(lines.text)).toEqual({
      id: 1,
      name: 'Chair',
      category: { id: 1, name: 'Chairs' },
      tags: [
        { id: 1, name: 'Chairs' },
        { id: 2, name: '=Tables' },
      ],
    });
  });

  it('shows relations of other models where they are selected', async () => {
    const answer = await http.get('/api/shop/category/export?select=name,products');

    expect(answer.text).toBe(csv('id,name,products', '1,Chairs,[1]', "2,'=Tables,[2]"));
  });

  it('makes formulas inert, and leaves numbers alone', async () => {
    const names = ['=1+1', '+1', '-1', '@A1', "'=x", '\tx', '＝1'];
    const created = await createRecords(
      http,
      '/api/shop/product',
      names.map((name) => ({ name, price: -1 })),
    );
    const ids = created.map(({ id }) => id).join(',');

    const answer = await http.get(`${PATH}?select=name,price&filter.id=$in:${ids}`);
    await http.delete(`/api/shop/product?filter.id=$in:${ids}`);

    expect(answer.text).toBe(
      csv('id,name,price', ...names.map((name, position) => `${created[position]?.id},'${name},-1.00`)),
    );
  });

  it('has a header, or an empty list, where there are no records', async () => {
    const none = 'filter.name=Nothing';
    const [table, list, lines] = [
      await http.get(`/api/shop/category/export?${none}`),
      await http.get(`/api/shop/category/export?${none}&format=json`),
      await http.get(`/api/shop/category/export?${none}&format=ndjson`),
    ];

    expect(table).toMatchObject({ status: 200, text: csv('id,name') });
    expect(list).toMatchObject({ status: 200, body: [] });
    expect(lines).toMatchObject({ status: 200, text: '' });
  });

  it.each([
    ['an unknown field', 'filter.colour=1', 'unknown_field', 'filter.colour', /no field "colour"/],
    ['a page', 'page=2', 'unknown_parameter', 'page', /no parameter "page"\. Use .*select, search, format/],
    ['an unknown format', 'format=xlsx', 'invalid_value', 'format', /must be one of: csv, json, ndjson/],
    ['two formats', 'format=csv&format=json', 'invalid_value', 'format', /must be one of/],
    ['an include', 'include=category', 'unknown_parameter', 'include', /no parameter "include"/],
  ])('refuses %s', async (_title, query, code, path, detail) => {
    expect(await http.get(`${PATH}?${query}`)).toMatchObject(problemAt(400, code, path, detail));
  });

  it('is not there for an unknown model', async () => {
    expect(await http.get('/api/shop/nothing/export')).toMatchObject(problem(404, 'model_not_found', /"shop.nothing"/));
  });

  it('follows a change of the model at once', async () => {
    await http.patch('/api/meta/fields/' + (await fieldId('note')), { name: 'remark' });

    const answer = await http.get(`${PATH}?filter.id=3&select=name,remark`);
    await http.patch('/api/meta/fields/' + (await fieldId('remark')), { name: 'note' });

    expect(answer.text).toBe(csv('id,name,remark', '3,Lamp,'));
  });

  const fieldId = async (name: string): Promise<string> => {
    const { body } = await http.get<{ fields: { id: string; name: string }[] }>('/api/meta/models/shop.Product');
    return body.fields.find((field) => field.name === name)?.id ?? '';
  };
});
