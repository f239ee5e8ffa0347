import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createRecords, defineModels } from '../fixtures/arrange.js';
import { problem } from '../fixtures/problem.js';
import type { Http } from '../support/http.js';
import { startApp, type TestServer } from '../support/server.js';

/** What is told of a record: its model, id, action, and one field before and after. */
type Line = readonly unknown[];

describe('record_written, of records that are written from the other side of a relation,', () => {
  let server: TestServer;
  let http: Http;
  let disconnects: (() => void)[] = [];
  let app = '';
  let count = 0;

  /** Listens to the writes of a model, as far as they are about one field. */
  const listen = (model: string, field: string): Line[] => {
    const lines: Line[] = [];
    disconnects.push(
      server.signals.connect(
        'record_written',
        ({ id, action, before, after }) =>
          void lines.push([id, action, before && before[field], after && after[field]]),
        { model: `${app}.${model}` },
      ),
    );
    return lines;
  };

  beforeAll(async () => {
    server = await startApp();
    http = server.http;
  });
  beforeEach(async () => {
    count += 1;
    app = `related${count}`;
    const parent = { name: 'parent', type: 'foreign_key', relatedModel: `${app}.Category` };
    await defineModels(http, [
      {
        app,
        name: 'Category',
        fields: [
          { name: 'name', type: 'char' },
          { ...parent, options: { relatedName: 'children' } },
        ],
      },
      { app, name: 'Tag', fields: [{ name: 'name', type: 'char' }] },
      {
        app,
        name: 'Product',
        fields: [
          { name: 'title', type: 'char' },
          {
            name: 'category',
            type: 'foreign_key',
            relatedModel: `${app}.Category`,
            options: { relatedName: 'products', onDelete: 'set_null' },
          },
          { name: 'second', type: 'foreign_key', relatedModel: `${app}.Category`, options: { relatedName: 'others' } },
          { name: 'tags', type: 'many_to_many', relatedModel: `${app}.Tag`, options: { relatedName: 'products' } },
        ],
      },
    ]);
    await createRecords(http, `/api/${app}/category`, [{ name: 'Seats' }, { name: 'Tables' }]);
    await createRecords(http, `/api/${app}/tag`, [{ name: 'red' }, { name: 'blue' }]);
    await createRecords(http, `/api/${app}/product`, [
      { title: 'Chair', category: 1, tags: [1] },
      { title: 'Stool', category: 1 },
      { title: 'Desk', category: 2, tags: [1, 2] },
    ]);
  });
  afterEach(() => {
    disconnects.forEach((disconnect) => disconnect());
    disconnects = [];
  });
  afterAll(() => server?.close());

  it('tells those that a list replaces, and no others', async () => {
    const lines = listen('Product', 'category');

    await http.patch(`/api/${app}/category/1`, { products: [2, 3] });

    expect(lines).toEqual([
      [1, 'change', 1, null],
      [3, 'change', 2, 1],
    ]);
  });

  it('tells those that are added and taken away', async () => {
    const lines = listen('Product', 'category');

    await http.patch(`/api/${app}/category/1`, { products: { add: [1, 3], remove: [2] } });

    expect(lines).toEqual([
      [2, 'change', 1, null],
      [3, 'change', 2, 1],
    ]);
  });

  it('tells those that a new record takes', async () => {
    const lines = listen('Product', 'category');

    await http.post(`/api/${app}/category`, [{ name: 'Beds', products: [1] }, { name: 'Lamps' }]);
    await http.put(`/api/${app}/category?on=id`, { id: 9, name: 'Sofas', products: [1, 2] });

    expect(lines).toEqual([
      [1, 'change', 1, 3],
      [1, 'change', 3, 9],
      [2, 'change', 1, 9],
    ]);
  });

  it('tells those whose many_to_many changes', async () => {
    const lines = listen('Product', 'tags');

    await http.patch(`/api/${app}/tag/1`, { products: [2, 3] });
    await http.post(`/api/${app}/tag`, { name: 'green', products: [1] });

    expect(lines).toEqual([
      [1, 'change', [1], []],
      [2, 'change', [], [1]],
      [1, 'change', [], [3]],
    ]);
  });

  it('tells the one that another replaces', async () => {
    const product = { name: 'product', type: 'one_to_one', relatedModel: `${app}.Product` };
    const fields = [{ ...product, options: { relatedName: 'sheet' } }];
    await defineModels(http, [{ app, name: 'Sheet', primaryKey: 'uuid', fields }]);
    const [first, second] = await createRecords(http, `/api/${app}/sheet`, [{ product: 1 }, {}]);
    const lines = listen('Sheet', 'product');

    await http.patch(`/api/${app}/product/1`, { sheet: second?.id });

    expect(new Set(lines)).toEqual(
      new Set([
        [first?.id, 'change', 1, null],
        [second?.id, 'change', null, 1],
      ]),
    );
  });

  it('tells the record that is addressed too, and each once', async () => {
    const [products, seconds] = [listen('Product', 'category'), listen('Product', 'second')];
    const categories = listen('Category', 'products');

    await http.patch(`/api/${app}/category/1`, { products: [2], others: [1] });

    expect(categories).toEqual([[1, 'change', [1, 2], [2]]]);
    expect(products).toEqual([[1, 'change', 1, null]]);
    expect(seconds).toEqual([[1, 'change', null, 1]]);
  });

  it('tells records of the same model', async () => {
    const lines = listen('Category', 'parent');

    await http.patch(`/api/${app}/category/1`, { children: [2] });
    await http.patch(`/api/${app}/category/2`, { name: 'Desks', parent: null, children: [2] });
    await http.post(`/api/${app}/category`, { name: 'Furniture', children: [1, 2] });

    expect(lines).toEqual([
      [2, 'change', null, 1],
      [1, 'change', null, null],
      [2, 'change', 1, 2],
      [1, 'change', null, 3],
      [2, 'change', 2, 3],
      [3, 'add', null, null],
    ]);
  });

  it('tells nothing of the other side of the own relations of a record', async () => {
    const [categories, tags] = [listen('Category', 'products'), listen('Tag', 'products')];

    await http.patch(`/api/${app}/product/2`, { category: 2, tags: [1, 2] });

    expect([...categories, ...tags]).toEqual([]);
  });

  it('tells nothing of what PostgreSQL does by itself', async () => {
    const [products, categories] = [listen('Product', 'category'), listen('Category', 'name')];

    await http.delete(`/api/${app}/category/1`);

    expect(await http.get(`/api/${app}/product/1`)).toMatchObject({ body: { category: null } });
    expect(categories).toEqual([[1, 'delete', 'Seats', null]]);
    expect(products).toEqual([]);
  });

  it('may be refused, and then nothing has moved', async () => {
    disconnects.push(
      server.signals.connect(
        'record_written',
        () => {
          throw new Error('Products stay where they are.');
        },
        { model: `${app}.Product` },
      ),
    );

    const answer = await http.patch(`/api/${app}/category/1`, { name: 'Empty', products: [] });

    expect(answer).toMatchObject(problem(409, 'vetoed', /Products stay where they are/));
    expect(await http.get(`/api/${app}/category/1`)).toMatchObject({ body: { name: 'Seats', products: [1, 2] } });
  });

  it('waits for those who write them at the same time', async () => {
    const lines = listen('Product', 'category');

    const answers = await Promise.all([
      http.patch(`/api/${app}/category/1`, { products: { add: [3] } }),
      http.patch(`/api/${app}/product/3`, { category: null }),
      http.patch(`/api/${app}/category/2`, { products: { add: [1] } }),
    ]);

    const of = (id: number) => lines.filter(([other]) => other === id);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(of(1)).toEqual([[1, 'change', 1, 2]]);
    expect(of(3)[1]?.[2]).toBe(of(3)[0]?.[3]);
    expect(of(3)).toHaveLength(2);
  });
});
