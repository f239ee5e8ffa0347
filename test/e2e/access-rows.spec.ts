import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { allRows, as, type Rules, startShop } from '../fixtures/access/policy.js';
import { problem, refusedAt } from '../fixtures/problem.js';
import type { Http, RecordBody } from '../support/http.js';
import type { TestServer } from '../support/server.js';

const SHOWN = { where: { hidden: { $eq: false } } };
const ALL = { view: SHOWN, add: SHOWN, change: SHOWN, delete: SHOWN };

const RULES: Rules = {
  clerk: { 'shop.Category': ALL, 'shop.Tag': ALL, 'shop.Product': ALL, 'shop.Sheet': ALL },
  narrow: {
    'shop.Product': { view: true, change: { where: { stock: { $lt: 8 } } }, delete: { where: { stock: { $eq: 9 } } } },
    'shop.Category': { view: true },
  },
  blind: { 'shop.Product': { add: true, change: true, delete: true } },
  related: {
    'shop.Category': true,
    'shop.Product': {
      ...ALL,
      view: { where: { category: { name: 'Open' } } },
      add: { where: { category: { name: 'Open' } } },
      change: { where: { category: { name: 'Open' } } },
    },
  },
};

/** Writes that a clerk must not get through, each told as a method, a path and a body. */
const BEYOND: readonly (readonly [string, string, string, object | undefined])[] = [
  ['creates a record beyond the rule', 'POST', 'product', { title: 'New', hidden: true }],
  ['creates one among others', 'POST', 'product', [{ title: 'New' }, { title: 'New', hidden: true }] as object],
  ['moves a record out of the rule', 'PATCH', 'product/1', { hidden: true }],
  ['moves one out by a replacement', 'PUT', 'product/1', { title: 'Chair', hidden: true }],
  ['moves records out by a filter', 'PATCH', 'product?filter.stock=$gt:0', { hidden: true }],
  ['empties what the rule asks for', 'PATCH', 'product/1', { hidden: null }],
  ['changes a hidden record', 'PATCH', 'product/3', { title: 'Mine' }],
  ['brings a hidden record into the rule', 'PATCH', 'product/3', { hidden: false }],
  ['replaces a hidden record', 'PUT', 'product/3', { title: 'Mine', hidden: false }],
  ['deletes a hidden record', 'DELETE', 'product/3', undefined],
  ['upserts onto a hidden record', 'PUT', 'product?on=code', { code: 'g', title: 'Mine', hidden: false }],
  ['upserts one beyond the rule', 'PUT', 'product?on=code', { code: 'x', title: 'Mine', hidden: true }],
  ['upserts one out of the rule', 'PUT', 'product?on=code', { code: 'c', title: 'Chair', hidden: true }],
  ['takes over the id of a hidden record', 'POST', 'product', { id: 3, title: 'Mine' }],
  ['takes a product from a hidden category', 'PATCH', 'category/1', { products: { add: [3] } }],
  ['gives a tag to a hidden product', 'PATCH', 'tag/1', { products: { add: [3] } }],
  ['gives a hidden tag to a product', 'PATCH', 'product/1', { tags: { add: [2] } }],
  ['puts a product into a hidden category', 'PATCH', 'product/1', { category: 2 }],
  ['creates a product in a hidden category', 'POST', 'product', { title: 'New', category: 2 }],
  ['puts a sheet on a hidden product', 'PATCH', 'sheet/1', { product: 3 }],
  ['writes under a model that is not allowed', 'PATCH', 'product/1', { notes: { add: [2] } }],
  ['changes a record without a right to the model', 'PATCH', 'note/1', { words: 'mine' }],
];

describe('a rule on records', () => {
  let server: TestServer;
  let clerk: Http;

  beforeAll(async () => {
    server = await startShop(RULES);
    clerk = as(server, 'clerk');
  });
  afterAll(() => server?.close());

  it.each(BEYOND)('refuses somebody who %s', async (_, method, path, body) => {
    const before = await allRows(server);

    const answer = await (body === undefined
      ? clerk.delete(`/api/shop/${path}`)
      : clerk.send(method, `/api/shop/${path}`, JSON.stringify(body)));

    expect([answer.family, answer.text]).toEqual(['4xx', expect.not.stringMatching(/Ghost|"sg"|Closed/)]);
    expect(await allRows(server)).toEqual(before);
  });

  it.each([
    ['POST', 'product', { title: 'New', category: 2 }, { title: 'New', category: 222 }],
    ['POST', 'product', [{ title: 'New', tags: [2] }], [{ title: 'New', tags: [222] }]],
    ['PATCH', 'product/1', { category: 2 }, { category: 222 }],
    ['PATCH', 'product/1', { tags: { add: [2] } }, { tags: { add: [222] } }],
    ['PATCH', 'product?filter.id=1', { category: 2 }, { category: 222 }],
    ['PUT', 'product?on=code', { code: 'c', title: 'x', category: 2 }, { code: 'c', title: 'x', category: 222 }],
  ])('answers %s %s %j as for a record that is not there', async (method, path, hidden, none) => {
    const [one, other] = [
      await clerk.send<object>(method, `/api/shop/${path}`, JSON.stringify(hidden)),
      await clerk.send<object>(method, `/api/shop/${path}`, JSON.stringify(none)),
    ];

    expect(one).toMatchObject(problem(422, 'related_record_not_found', /refers to a record that does not exist/));
    expect({ ...one.body, requestId: '' }).toEqual({ ...other.body, requestId: '' });
  });
});

describe('rules on records', () => {
  let server: TestServer;
  let clerk: Http;

  beforeEach(async () => {
    server = await startShop(RULES);
    clerk = as(server, 'clerk');
  });
  afterEach(() => server?.close());

  it('let through what is within them', async () => {
    expect(await clerk.post('/api/shop/product', { title: 'New', category: 1, tags: [1] })).toMatchObject({
      status: 201,
    });
    expect(await clerk.patch('/api/shop/product/1', { stock: 6 })).toMatchObject({ status: 200 });
    expect(await clerk.put('/api/shop/product/4', { title: 'Lantern' })).toMatchObject({ status: 200 });
    expect(await clerk.put('/api/shop/product?on=code', { code: 'c', title: 'Stool' })).toMatchObject({ status: 200 });
    expect(await clerk.patch('/api/shop/product?filter.stock=6', { stock: 3 })).toMatchObject({ body: { count: 1 } });
    expect(await clerk.delete('/api/shop/product/4')).toMatchObject({ status: 204 });
  });

  it('change and delete by a filter only what they show', async () => {
    const changed = await clerk.patch('/api/shop/product?filter.id=$gt:0', { stock: 1 });
    const emptied = await clerk.delete('/api/shop/product?filter.title=$in:Ghost,Lamp');

    expect(changed.body).toEqual({ count: 3 });
    expect(emptied.body).toEqual({ count: 1 });
    const rows = await server.database.query('SELECT id::int, stock FROM shop_product ORDER BY id');
    expect(rows).toEqual([
      { id: 1, stock: 1 },
      { id: 2, stock: 1 },
      { id: 3, stock: 100 },
    ]);
  });

  it('tell a hidden record from none by no word', async () => {
    for (const [method, body] of [
      ['GET', undefined],
      ['PATCH', '{"stock":1}'],
      ['DELETE', undefined],
    ] as const) {
      const [hidden, none] = await Promise.all(
        ['3', '333'].map(async (id) =>
          body === undefined && method === 'GET'
            ? clerk.get(`/api/shop/product/${id}`)
            : clerk.send(method, `/api/shop/product/${id}`, body ?? ''),
        ),
      );

      expect(hidden).toMatchObject({ status: 404 });
      expect(hidden?.text.replace(/"requestId":"[^"]+"/, '')).toBe(
        none?.text.replaceAll('333', '3').replace(/"requestId":"[^"]+"/, ''),
      );
    }
  });

  it('leave the hidden part of a relation to many as it is when the list is replaced', async () => {
    expect(await clerk.patch('/api/shop/product/1', { tags: [] })).toMatchObject({ status: 200, body: { tags: [] } });

    const rows = await server.database.query('SELECT target_id::int AS tag FROM shop_product_tags WHERE source_id = 1');
    expect(rows).toEqual([{ tag: 2 }]);
  });

  it('let nobody change records of a limited model from the other side', async () => {
    const before = await allRows(server);

    const answer = await clerk.patch('/api/shop/category/1', { products: [] });

    expect(answer).toMatchObject(refusedAt('products', 'read_only_field'));
    expect(await allRows(server)).toEqual(before);
  });

  it('let a record keep a relation to what is hidden', async () => {
    const { body } = await clerk.get<RecordBody>('/api/shop/product/2');
    const { sheet: _, ...given } = body;

    expect(await clerk.put('/api/shop/product/2', given)).toMatchObject({ status: 200, body });
    expect(await clerk.patch('/api/shop/product/2', { category: 2, stock: 8 })).toMatchObject({ status: 200 });

    const rows = await server.database.query('SELECT target_id::int AS tag FROM shop_product_tags WHERE source_id = 2');
    expect(rows).toEqual([{ tag: 2 }]);
  });

  it('are asked for each action by itself', async () => {
    const narrow = as(server, 'narrow');

    expect(await narrow.patch('/api/shop/product/4', { title: 'x' })).toMatchObject({ family: '4xx' });
    expect(await narrow.patch('/api/shop/product/1', { title: 'x' })).toMatchObject({ status: 200 });
    expect(await narrow.patch('/api/shop/product/1', { stock: 50 })).toMatchObject({ family: '4xx' });
    expect(await narrow.delete('/api/shop/product/1')).toMatchObject({ family: '4xx' });
    expect(await narrow.delete('/api/shop/product/4')).toMatchObject({ family: '2xx' });
    expect(await narrow.put('/api/shop/product?on=code', { code: 'c', title: 'x' })).toMatchObject(
      problem(403, 'forbidden', /./),
    );
    expect(await narrow.get('/api/shop/product?filter.stock=5')).toMatchObject({ body: { data: [{ id: 1 }] } });
  });

  it('show no record in the answer of a write to somebody who may not see it', async () => {
    const blind = as(server, 'blind');

    const answers = [
      await blind.post('/api/shop/product', { title: 'New' }),
      await blind.patch('/api/shop/product/1', { stock: 1 }),
      await blind.put('/api/shop/product/3', { title: 'Ghost' }),
      await blind.put('/api/shop/product?on=code', { code: 't', title: 'Table' }),
    ];

    expect(answers.map(({ text }) => text).join()).not.toMatch(/"sc"|"sg"|"st"|Closed/);
  });

  it('reach over relations', async () => {
    const related = as(server, 'related');

    expect(await related.get('/api/shop/product')).toMatchObject({ body: { data: [{ id: 1 }, { id: 3 }] } });
    expect(await related.post('/api/shop/product', { title: 'a', category: 1 })).toMatchObject({ status: 201 });
    expect(await related.post('/api/shop/product', { title: 'b', category: 2 })).toMatchObject({ family: '4xx' });
    expect(await related.patch('/api/shop/product/1', { category: 2 })).toMatchObject({ family: '4xx' });
    expect(await related.patch('/api/shop/product/2', { category: 1 })).toMatchObject({ status: 404 });
    expect(await related.patch('/api/shop/category/1', { name: 'Shut' })).toMatchObject({ status: 200 });
    expect(await related.get('/api/shop/product')).toMatchObject({ body: { data: [] } });
  });
});
