import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createRecords, defineModels } from '../fixtures/arrange.js';
import { csv, CSV, importFile, NDJSON, ndjson, SHOP } from '../fixtures/exchange.js';
import { problem, problemAt } from '../fixtures/problem.js';
import type { Http, PageBody } from '../support/http.js';
import { startApp, type TestServer } from '../support/server.js';

const PATH = '/api/shop/product/import';
const GOOD = csv('name,price', 'Chair,49.90', 'Table,99');

describe.each(['fastify', 'express'] as const)('an import of records, on %s', (adapter) => {
  let server: TestServer;
  let http: Http;

  const products = async (select = 'name') =>
    (await http.get<PageBody>(`/api/shop/product?limit=1000&select=${select}`)).body.data.map(
      ({ id: _id, ...shown }) => shown,
    );

  beforeAll(async () => {
    server = await startApp({ adapter });
    http = server.http;
    await defineModels(http, SHOP);
    await createRecords(http, '/api/shop/category', [{ name: 'Chairs' }, { name: 'Tables' }]);
  });
  beforeEach(() => http.delete('/api/shop/product?filter.id=$gt:0'));
  afterAll(() => server?.close());

  it('creates the records of a CSV file', async () => {
    const file = csv(
      'name,price,note,open,facts,category,tags',
      `Chair,49.9,"",true,"{""legs"":4}",1,"[1,2]"`,
      'Lamp,,,,,,',
    );

    const answer = await importFile(http, PATH, file);

    expect(answer).toMatchObject({
      status: 200,
      contentType: 'application/json; charset=utf-8',
      body: { records: 2, created: 2, updated: 0, failed: 0, dryRun: false, ignored: [], errors: [] },
    });
    expect(await products('name,price,stock,note,open,facts,category,tags')).toEqual([
      { name: 'Chair', price: '49.90', stock: 7, note: '', open: true, facts: { legs: 4 }, category: 1, tags: [1, 2] },
      { name: 'Lamp', price: null, stock: 7, note: null, open: null, facts: null, category: null, tags: [] },
    ]);
  });

  it.each(['application/x-ndjson', 'application/ndjson', 'application/jsonl; charset=utf-8'])(
    'creates the records of a file of %s',
    async (type) => {
      const file = ndjson({ name: 'Chair', tags: [2] }, { name: 'Lamp' }).replace('\n', '\n\n');

      const answer = await importFile(http, PATH, file, type);

      expect(answer).toMatchObject({ status: 200, body: { records: 2, created: 2 } });
      expect(await products('name,tags')).toEqual([
        { name: 'Chair', tags: [2] },
        { name: 'Lamp', tags: [] },
      ]);
    },
  );

  it('creates the records of a JSON array', async () => {
    const answer = await importFile(http, PATH, '[{"name":"Chair"},{"name":"Lamp"}]', 'application/json');

    expect(answer).toMatchObject({ status: 200, body: { records: 2, created: 2 } });
    expect(await products()).toEqual([{ name: 'Chair' }, { name: 'Lamp' }]);
  });

  it('takes one quote off before what would be a formula', async () => {
    await importFile(http, PATH, csv('name,price', "'=1+1,-5", "''-1,1", "'tis,1"));

    expect(await products('name,price')).toEqual([
      { name: '=1+1', price: '-5.00' },
      { name: "'-1", price: '1.00' },
      { name: "'tis", price: '1.00' },
    ]);
  });

  it('ignores what the server fills in, and says so', async () => {
    const file = csv('name,created_at', 'Chair,1999-01-01T00:00:00Z');
    const table = await importFile(http, PATH, file);
    const lines = await importFile(http, PATH, ndjson({ name: 'Lamp', created_at: null }), NDJSON);

    const [{ created_at }] = await products('created_at');
    expect(table.body.ignored).toEqual(['created_at']);
    expect(lines.body).toMatchObject({ created: 1, ignored: ['created_at'] });
    expect(created_at).not.toMatch(/^1999/);
  });

  it('gives records the ids of the file, and the next one goes on behind them', async () => {
    await importFile(http, PATH, csv('id,name', '5000,Chair', ',Lamp'));

    const { data } = (await http.get<PageBody>('/api/shop/product?sortBy=id:ASC')).body;
    expect(data.map(({ id }) => id)).toEqual([5000, 5001]);
  });

  it('changes the records that it finds by a key, and creates the others', async () => {
    await importFile(http, PATH, csv('name,price,stock', 'Chair,49.90,3'));

    const answer = await importFile(
      http,
      `${PATH}?on=name`,
      csv('name,price,stock', 'Chair,50,', 'Lamp,9,1', 'Chair,51,'),
    );

    expect(answer).toMatchObject({ status: 200, body: { records: 3, created: 1, updated: 2 } });
    expect(await products('name,price,stock')).toEqual([
      { name: 'Chair', price: '51.00', stock: 3 },
      { name: 'Lamp', price: '9.00', stock: 1 },
    ]);
  });

  it('says what would happen without doing it', async () => {
    await importFile(http, PATH, GOOD);
    const file = csv('name,price', 'Chair,1', 'Lamp,2', 'Sofa,much', 'Chair,3');

    const strict = await importFile(http, `${PATH}?dryRun=true`, file);
    const lenient = await importFile(http, `${PATH}?dryRun=true&onError=skip`, file);
    const upsert = await importFile(http, `${PATH}?dryRun=true&on=name`, csv('name', 'Chair', 'Lamp'));

    const errors = [
      { line: 2, record: 1, path: 'name', code: 'unique_violation' },
      { line: 4, record: 3, path: 'price', code: 'invalid_format' },
      { line: 5, record: 4, path: 'name', code: 'unique_violation' },
    ];
    expect(strict).toMatchObject({ status: 200, body: { dryRun: true, records: 4, created: 0, failed: 3, errors } });
    expect(lenient).toMatchObject({ status: 200, body: { dryRun: true, records: 4, created: 1, failed: 3, errors } });
    expect(upsert).toMatchObject({ status: 200, body: { created: 1, updated: 1, failed: 0 } });
    expect(await products()).toEqual([{ name: 'Chair' }, { name: 'Table' }]);
  });

  it('has the delimiter that it is said to have', async () => {
    const answer = await importFile(http, `${PATH}?delimiter=tab`, 'name\tprice\nA, B; C\t1\n');

    expect(answer).toMatchObject({ status: 200, body: { created: 1 } });
    expect(await products()).toEqual([{ name: 'A, B; C' }]);
  });

  it('reads files that are larger than any body may be', async () => {
    const note = 'x'.repeat(500_000);
    const rows = Array.from({ length: 40 }, (_, position) => `P${position},${note}`);

    const answer = await importFile(http, `${PATH}?dryRun=true`, csv('name,note', ...rows));

    expect(answer).toMatchObject({ status: 200, body: { created: 40 } });
  });

  it.each([
    [
      'an unknown parameter',
      'dryrun=true',
      'unknown_parameter',
      'dryrun',
      /no parameter "dryrun"\. Use dryRun, onError/,
    ],
    ['another word', 'dryRun=yes', 'invalid_value', 'dryRun', /"dryRun" must be true or false/],
    ['another way', 'onError=ignore', 'invalid_value', 'onError', /"onError" must be abort or skip/],
    ['a key that is none', 'on=price', 'invalid_value', 'on', /Several records may have the same price/],
    ['an unknown key', 'on=colour', 'unknown_field', 'on', /no field "colour"/],
    ['another delimiter', 'delimiter=x', 'invalid_value', 'delimiter', /"delimiter" must be , or ; or tab/],
  ])('refuses %s', async (_title, query, code, path, detail) => {
    expect(await importFile(http, `${PATH}?${query}`, GOOD)).toMatchObject(problemAt(400, code, path, detail));
    expect(await products()).toEqual([]);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'refuses a body that forms can send: %s',
    async (type) => {
      const answer = await importFile(http, PATH, GOOD, type);

      expect(answer).toMatchObject(problem(415, 'unsupported_media_type', /\S/));
    },
  );

  it.each([CSV, NDJSON])('is the only one that takes %s', async (type) => {
    const answer = await importFile(http, '/api/shop/product', GOOD, type);

    expect(answer).toMatchObject(problem(415, 'unsupported_media_type', /\S/));
  });

  it('is not there for an unknown model', async () => {
    const answer = await importFile(http, '/api/shop/nothing/import', GOOD);

    expect(answer).toMatchObject(problem(404, 'model_not_found', /"shop.nothing"/));
  });
});
