import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { allRows, as, type Rules, startShop } from '../fixtures/access/policy.js';
import { refusedAt } from '../fixtures/problem.js';
import type { Http } from '../support/http.js';
import type { TestServer } from '../support/server.js';

const PRODUCT = { fields: ['title', 'code', 'category', 'tags'] };
const WRITABLE = { fields: ['title', 'code', 'stock'] };
const CATEGORY = { fields: ['name', 'parent'] };

const RULES: Rules = {
  guest: {
    'shop.Product': { view: PRODUCT, add: WRITABLE, change: WRITABLE, delete: true },
    'shop.Category': { view: CATEGORY, change: { fields: ['name'] } },
    'shop.Sheet': { view: { fields: ['words'] } },
  },
};

/** `NAME` stands for a field that the guest may not see, and then for one that nobody has. */
const READS: readonly string[] = [
  'product?filter.NAME=x',
  'product?filter.NAME=$null',
  'product?filter.NAME=$not:$null',
  'product?filter={"NAME":{"$eq":"x"}}',
  'product?filter={"$or":[{"title":"x"},{"NAME":"x"}]}',
  'product?sortBy=NAME:ASC',
  'product?sortBy=title:ASC,NAME:DESC',
  'product?select=NAME',
  'product?select=title,NAME',
  'product?include=NAME',
  'product?aggregate=min(NAME)',
  'product?aggregate=count(NAME)',
  'product?aggregate=count&groupBy=NAME',
  'product?sortBy=NAME:ASC&after=',
  'product?filter.category.NAME=x',
  'product?sortBy=category.NAME:ASC',
  'product?select=category.NAME',
  'product?aggregate=max(category.NAME)',
  'product?aggregate=count&groupBy=category.NAME',
  'product?filter.category.parent.NAME=$sw:a',
  'product?include=category.NAME',
  'product/1?select=NAME',
  'product/1?include=NAME',
  'category?filter.NAME=x',
];

/** Fields of the shop that the guest may not see: a plain one and inverse ones. */
const HIDDEN = ['secret', 'sheet', 'notes'];

const WRITES: readonly (readonly [string, string, object])[] = [
  ['POST', 'product', { title: 'New', NAME: 'x' }],
  ['POST', 'product', [{ title: 'New' }, { title: 'New', NAME: 'x' }]],
  ['PATCH', 'product/1', { NAME: 'x' }],
  ['PUT', 'product/1', { title: 'Chair', NAME: 'x' }],
  ['PUT', 'product?on=code', { code: 'c', title: 'Chair', NAME: 'x' }],
  ['PUT', 'product?on=NAME', { code: 'c', title: 'Chair' }],
  ['PATCH', 'product?filter.title=Chair', { NAME: 'x' }],
  ['PATCH', 'product?filter.NAME=x', { title: 'Mine' }],
  ['DELETE', 'product?filter.NAME=sc', {}],
  ['POST', 'product/query', { filter: { NAME: 'sc' } }],
  ['POST', 'product/query', { select: ['NAME'] }],
];

const withoutRequest = (text: string): string => text.replace(/"requestId":"[^"]+"/, '');

describe('what is not among the fields', () => {
  let server: TestServer;
  let guest: Http;

  beforeAll(async () => {
    server = await startShop(RULES);
    guest = as(server, 'guest');
  });
  afterAll(() => server?.close());

  it.each(READS)('is to %s as if there were no such field', async (template) => {
    for (const name of HIDDEN) {
      const hidden = await guest.get(`/api/shop/${template.replace('NAME', name)}`);
      const none = await guest.get(`/api/shop/${template.replace('NAME', 'zzzz')}`);

      expect(none.status).toBe(400);
      expect(withoutRequest(hidden.text).replaceAll(name, 'zzzz')).toBe(withoutRequest(none.text));
    }
  });

  it.each(WRITES)(
    'is to %s %s %j as if there were no such field, and nothing is written',
    async (method, path, body) => {
      const before = await allRows(server);
      const send = (name: string) =>
        guest.send(method, `/api/shop/${path.replace('NAME', name)}`, JSON.stringify(body).replaceAll('NAME', name));

      for (const name of HIDDEN) {
        const hidden = await send(name);
        const none = await send('zzzz');

        expect(none.family).toBe('4xx');
        expect(withoutRequest(hidden.text).replaceAll(name, 'zzzz')).toBe(withoutRequest(none.text));
      }
      expect(await allRows(server)).toEqual(before);
    },
  );

  it.each([
    ['POST', 'product', { title: 'New', category: 1 }],
    ['PATCH', 'product/1', { category: 2 }],
    ['PATCH', 'product/1', { tags: [2] }],
    ['PATCH', 'product?filter.title=Chair', { category: 2 }],
    ['PUT', 'product/1', { title: 'Chair', category: 2 }],
    ['PUT', 'product?on=code', { code: 'c', title: 'Chair', category: 2 }],
    ['PATCH', 'category/1', { parent: 2 }],
  ])('is refused in %s %s %j where it may be seen and not written', async (method, path, body) => {
    const before = await allRows(server);
    const field = Object.keys(body).at(-1) ?? '';

    const answer = await guest.send(method, `/api/shop/${path}`, JSON.stringify(body));

    expect(answer).toMatchObject(refusedAt(field, 'read_only_field'));
    expect(await allRows(server)).toEqual(before);
  });
});

describe('rights to fields', () => {
  let server: TestServer;
  let guest: Http;

  beforeEach(async () => {
    server = await startShop(RULES);
    guest = as(server, 'guest');
  });
  afterEach(() => server?.close());

  it('show the others nowhere', async () => {
    const answers = [
      await guest.get('/api/shop/product'),
      await guest.get('/api/shop/product/1?include=category.parent'),
      await guest.get('/api/shop/product?search=sc'),
      await guest.get('/api/shop/category/3?include=parent'),
      await guest.post('/api/shop/product/query', {}),
      await guest.post('/api/shop/product', { title: 'New', stock: 3 }),
      await guest.patch('/api/shop/product/2', { stock: 3 }),
      await guest.put('/api/shop/product?on=code', { code: 'c', title: 'Chair' }),
    ];

    expect(answers.map(({ family }) => family)).toEqual(answers.map(() => '2xx'));
    expect(answers.map(({ text }) => text).join('\n')).not.toMatch(/secret|stock|hidden|sheet|notes|alpha|omega/);
    expect(answers[2]).toMatchObject({ body: { data: [] } });
    expect(answers[1]?.body).toEqual({
      id: 1,
      title: 'Chair',
      code: 'c',
      category: { id: 1, name: 'Open', parent: null },
      tags: expect.anything(),
    });
  });

  it('let a field be written that is not shown', async () => {
    const answer = await guest.patch('/api/shop/product/1', { stock: 77 });

    expect(answer).toMatchObject({ status: 200, body: expect.not.objectContaining({ stock: 77 }) });
    expect(await server.database.query('SELECT stock FROM shop_product WHERE id = 1')).toEqual([{ stock: 77 }]);
  });

  it('leave what may not be written as it is in a replacement', async () => {
    await guest.put('/api/shop/product/1', { title: 'Stool' });

    const [row] = await server.database.query('SELECT * FROM shop_product WHERE id = 1');
    expect(row).toMatchObject({
      title: 'Stool',
      code: null,
      stock: null,
      secret: 'sc',
      category_id: '1',
      hidden: false,
    });
  });

  it('do not say by an ETag that a hidden field has changed', async () => {
    const { headers } = await guest.get('/api/shop/product/1');
    const etag = headers.get('etag') ?? '';
    await server.database.query(`UPDATE shop_product SET secret = 'other' WHERE id = 1`);

    const again = await guest.get('/api/shop/product/1');

    expect(etag).not.toBe('');
    expect(again.headers.get('etag')).toBe(etag);
  });

  it('hide the value of a hidden unique field from the answer of a conflict', async () => {
    const before = await allRows(server);

    const answer = await guest.post('/api/shop/product', { title: 'New', code: 'c' });

    expect(answer).toMatchObject({
      status: 409,
      body: { code: 'unique_violation' },
      text: expect.not.stringMatching(/secret|sc"/),
    });
    expect(await allRows(server)).toEqual(before);
  });

  it('do not bind receivers of signals', async () => {
    server.signals.connect('pre_save', ({ values }) => {
      Object.assign(values, { secret: 'by the application', category: 2 });
    });

    const answer = await guest.patch('/api/shop/product/1', { title: 'Stool' });

    expect(answer).toMatchObject({ status: 200, text: expect.not.stringContaining('application') });
    const [row] = await server.database.query('SELECT * FROM shop_product WHERE id = 1');
    expect(row).toMatchObject({ title: 'Stool', secret: 'by the application', category_id: '2' });
  });
});
