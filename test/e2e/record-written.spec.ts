import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { RecordWritten } from '../../src/index.js';
import { as, policyOf, withUsers } from '../fixtures/access/policy.js';
import { createRecords, defineModels } from '../fixtures/arrange.js';
import { csv, importFile } from '../fixtures/exchange.js';
import type { Http, RecordBody } from '../support/http.js';
import { startApp, type TestServer } from '../support/server.js';

const MODELS = [
  { app: 'shop', name: 'Tag', fields: [{ name: 'name', type: 'char' }] },
  {
    app: 'shop',
    name: 'Product',
    fields: [
      { name: 'title', type: 'char', required: true, unique: true },
      { name: 'stock', type: 'integer', default: 3 },
      { name: 'code', type: 'uuid', default: 'uuid' },
      { name: 'saved', type: 'date_time', options: { autoNow: true } },
      { name: 'tags', type: 'many_to_many', relatedModel: 'shop.Tag' },
    ],
  },
];
const PATH = '/api/shop/product';

/** What is told of a record, without the transaction and whoever writes. */
type Told = Pick<RecordWritten, 'id' | 'action' | 'before' | 'after'>;

describe('record_written', () => {
  let server: TestServer;
  let http: Http;
  let told: Told[];
  let disconnect: () => void;

  const read = async (id: number) => (await http.get(`${PATH}/${id}`)).body;

  beforeAll(async () => {
    const rules = { clerk: { 'shop.Product': { view: { fields: ['title'] }, add: true, change: true } } };
    server = await startApp({ ...withUsers, options: { access: policyOf(rules) } });
    http = as(server, 'admin');
    await defineModels(http, MODELS);
    await createRecords(http, '/api/shop/tag', [{ name: 'red' }, { name: 'blue' }]);
  });
  beforeEach(async () => {
    await http.delete(`${PATH}?filter.id=$gt:0`);
    await server.database.query('ALTER SEQUENCE shop_product_id_seq RESTART');
    await createRecords(http, PATH, [{ title: 'Chair', tags: [1] }, { title: 'Table' }]);
    told = [];
    disconnect = server.signals.connect(
      'record_written',
      ({ id, action, before, after }) => void told.push({ id, action, before, after }),
      { model: 'shop.Product' },
    );
  });
  afterEach(() => disconnect());
  afterAll(() => server?.close());

  it('tells a new record as it is stored, with all that was filled in', async () => {
    const { body } = await http.post(PATH, { title: 'Bed', tags: [2] });

    expect(told).toEqual([{ id: 3, action: 'add', before: null, after: body }]);
    expect(body).toEqual({
      id: 3,
      title: 'Bed',
      stock: 3,
      code: expect.stringMatching(/^[0-9a-f-]{36}$/),
      saved: expect.any(String),
      tags: [2],
    });
  });

  it('tells each of many new records', async () => {
    const { body } = await http.post<RecordBody[]>(PATH, [{ title: 'Bed' }, { id: 70, title: 'Sofa', tags: [1, 2] }]);

    expect(body).toMatchObject([{ title: 'Bed' }, { id: 70, title: 'Sofa', tags: [1, 2] }]);
    expect(told).toEqual(body.map((after) => ({ id: after.id, action: 'add', before: null, after })));
  });

  it('tells a change, with related records', async () => {
    const before = await read(1);

    const { body } = await http.patch(`${PATH}/1`, { stock: 5, tags: { add: [2] } });

    expect(told).toEqual([{ id: 1, action: 'change', before, after: body }]);
    expect([before, body]).toMatchObject([
      { stock: 3, tags: [1] },
      { stock: 5, tags: [1, 2] },
    ]);
  });

  it('tells a replacement', async () => {
    const before = await read(1);

    const { body } = await http.put(`${PATH}/1`, { title: 'Stool' });

    expect(told).toEqual([{ id: 1, action: 'change', before, after: body }]);
    expect(body).toMatchObject({ title: 'Stool', stock: 3, tags: [] });
  });

  it('tells what an upsert changes and creates', async () => {
    const before = await read(2);

    await http.put(`${PATH}?on=title`, [
      { title: 'Bed', tags: [2] },
      { title: 'Table', stock: 8 },
    ]);

    const [bed] = told.filter(({ action }) => action === 'add');
    expect(told).toHaveLength(2);
    expect(bed).toEqual({ id: expect.any(Number), action: 'add', before: null, after: await read(Number(bed?.id)) });
    expect(told).toContainEqual({ id: 2, action: 'change', before, after: await read(2) });
  });

  it('tells every record that a filter finds, one by one', async () => {
    const [chair, table] = [await read(1), await read(2)];

    await http.patch(`${PATH}?filter.stock=3`, { stock: 4 });
    const [cheap, cheaper] = [await read(1), await read(2)];
    await http.delete(`${PATH}?filter.stock=4`);

    expect(told).toEqual([
      { id: 1, action: 'change', before: chair, after: cheap },
      { id: 2, action: 'change', before: table, after: cheaper },
      { id: 1, action: 'delete', before: cheap, after: null },
      { id: 2, action: 'delete', before: cheaper, after: null },
    ]);
  });

  it('tells a deletion', async () => {
    const before = await read(1);

    await http.delete(`${PATH}/1`);

    expect(told).toEqual([{ id: 1, action: 'delete', before, after: null }]);
  });

  it('tells every record of a file', async () => {
    const before = await read(2);

    await importFile(http, `${PATH}/import`, csv('title,tags', 'Bed,[1]', 'Sofa,'));
    await importFile(http, `${PATH}/import?on=title`, csv('title,stock', 'Table,9', 'Lamp,1'));

    expect(told.map(({ action, after }) => [action, after?.['title']])).toEqual([
      ['add', 'Bed'],
      ['add', 'Sofa'],
      ['change', 'Table'],
      ['add', 'Lamp'],
    ]);
    expect(told[0]?.after).toEqual(await read(3));
    expect(told[2]).toEqual({ id: 2, action: 'change', before, after: await read(2) });
  });

  it('tells nothing of the records of a file that are refused', async () => {
    const file = csv('title,tags', 'Bed,[1]', 'Chair,[]', 'Sofa,[77]', 'Lamp,[2]');

    const { body } = await importFile(http, `${PATH}/import?onError=skip`, file);

    expect(body).toMatchObject({ created: 2, failed: 2 });
    expect(told.map(({ action, after }) => [action, after?.['title']])).toEqual([
      ['add', 'Bed'],
      ['add', 'Lamp'],
    ]);
  });

  it('tells what other receivers have made of a record', async () => {
    const stop = server.signals.connect('pre_save', ({ values }) => void (values['stock'] = 100));

    await http.post(PATH, { title: 'Bed', stock: 1 });
    await http.patch(`${PATH}/1`, { stock: 2 });
    stop();

    expect(told).toMatchObject([
      { action: 'add', after: { stock: 100 } },
      { action: 'change', before: { stock: 3 }, after: { stock: 100 } },
    ]);
  });

  it('tells all of a record, also what its sender does not see', async () => {
    const { body } = await as(server, 'clerk').patch(`${PATH}/1`, { stock: 7 });

    expect(body).toEqual({ id: 1, title: 'Chair' });
    expect(told).toMatchObject([{ before: { stock: 3, tags: [1] }, after: { stock: 7, tags: [1] } }]);
  });

  it('tells nothing of a write that fails', async () => {
    await http.post(PATH, [{ title: 'Bed' }, { title: 'Chair' }]);
    await http.post(PATH, { title: 'Bed', tags: [77] });
    await http.patch(`${PATH}/1`, { title: 'Table', tags: [2] });
    await http.patch(`${PATH}/9`, { stock: 1 });
    await http.delete(`${PATH}/9`);

    expect(told).toEqual([]);
  });
});
