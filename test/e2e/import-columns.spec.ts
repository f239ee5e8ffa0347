import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { defineModels } from '../fixtures/arrange.js';
import { csv, importFile, NDJSON, ndjson, SHOP } from '../fixtures/exchange.js';
import { problemAt } from '../fixtures/problem.js';
import type { Http, PageBody } from '../support/http.js';
import { startApp, type TestServer } from '../support/server.js';

const PATH = '/api/shop/product/import';
const RENAMED = { 'Name, of it': 'name', Remark: null };

const columns = (names: unknown): string => `columns=${encodeURIComponent(JSON.stringify(names))}`;

describe('a file whose columns are called otherwise than the fields', () => {
  let server: TestServer;
  let http: Http;

  const products = async () =>
    (await http.get<PageBody>('/api/shop/product?select=name,price')).body.data.map(({ id: _id, ...shown }) => shown);

  beforeAll(async () => {
    server = await startApp();
    http = server.http;
    await defineModels(http, SHOP);
  });
  beforeEach(() => http.delete('/api/shop/product?filter.id=$gt:0'));
  afterAll(() => server?.close());

  it.each([
    ['CSV', 'text/csv', csv('"Name, of it",price,Remark', 'Chair,5,"not, read"')],
    ['lines of JSON', NDJSON, ndjson({ 'Name, of it': 'Chair', price: '5', Remark: ['not read'] })],
    ['JSON', 'application/json', JSON.stringify([{ 'Name, of it': 'Chair', price: '5', Remark: 1 }])],
  ])('is read by the names that the request gives them: %s', async (_title, type, file) => {
    const answer = await importFile(http, `${PATH}?${columns(RENAMED)}`, file, type);

    expect(answer).toMatchObject({ status: 200, body: { created: 1, errors: [] } });
    expect(await products()).toEqual([{ name: 'Chair', price: '5.00' }]);
  });

  it('may have two names the other way round', async () => {
    const names = columns({ name: 'note', note: 'name' });

    await importFile(http, `${PATH}?${names}`, csv('name,note', 'Remark,Chair'));

    expect(await products()).toMatchObject([{ name: 'Chair' }]);
  });

  it('is mapped for programs, too', async () => {
    const records = server.models.records('shop.Product');
    const content = new Blob([csv('Title', 'Chair')]).stream();

    const report = await records.import({ format: 'csv', content }, { columns: { Title: 'name' }, maxErrors: 1 });

    expect(report).toMatchObject({ created: 1 });
  });

  it.each([
    ['a column that is not there', { Colour: 'name' }, 'unknown_column', 'Colour'],
    ['a field that is not there', { Title: 'colour' }, 'unknown_field', 'colour'],
    ['a field twice', { Title: 'name', price: 'name' }, 'duplicate_column', 'name'],
  ])('is refused where the names are wrong: %s', async (_title, names, code, path) => {
    const answer = await importFile(http, `${PATH}?${columns(names)}`, csv('Title,price', 'Chair,5'));

    expect(answer).toMatchObject({
      status: 422,
      body: { code: 'import_failed', errors: [{ code, path, record: null }] },
    });
  });

  it('says which record of JSON would have a value twice', async () => {
    const file = ndjson({ Title: 'Chair' }, { Title: 'Lamp', name: 'Other' });

    const answer = await importFile(http, `${PATH}?onError=skip&${columns({ Title: 'name' })}`, file, NDJSON);

    const errors = [{ record: 2, line: 2, path: 'name', code: 'duplicate_column' }];
    expect(answer).toMatchObject({ status: 200, body: { created: 1, failed: 1, errors } });
  });

  it.each(['{', '[]', '"name"', '{"a":1}'])('is not read by names that are none: %s', async (names) => {
    const answer = await importFile(http, `${PATH}?columns=${encodeURIComponent(names)}`, csv('name', 'Chair'));

    expect(answer).toMatchObject(problemAt(400, 'invalid_value', 'columns', /must be one JSON object/));
  });
});

describe('the list of mistakes in a file', () => {
  let server: TestServer;
  let http: Http;
  const rows = Array.from({ length: 150 }, (_, place) => `P${place},much`);

  beforeAll(async () => {
    server = await startApp();
    http = server.http;
    await defineModels(http, SHOP);
  });
  afterAll(() => server?.close());

  it.each([
    ['', 100],
    ['maxErrors=3', 3],
    ['maxErrors=1000', 150],
  ])('is as long as was asked for: %s', async (query, listed) => {
    const answer = await importFile(http, `${PATH}?onError=skip&${query}`, csv('name,price', ...rows));

    expect(answer.body.failed).toBe(150);
    expect(answer.body.errors).toHaveLength(listed);
  });

  it.each(['0', '10001', 'many'])('is never longer than ten thousand: %s', async (most) => {
    const answer = await importFile(http, `${PATH}?maxErrors=${most}`, csv('name', 'Chair'));

    expect(answer).toMatchObject(problemAt(400, 'invalid_value', 'maxErrors', /between 1 and 10000/));
  });
});
