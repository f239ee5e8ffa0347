import { afterEach, describe, expect, it } from '@jest/globals';
import { type AccessPolicy, type AccessQuestion, ClosedAccess } from '../../src/index.js';
import { as, type ShopUser, startShop, withUsers } from '../fixtures/access/policy.js';
import { startApp, type TestServer } from '../support/server.js';

/** A policy whose answers nobody has checked, as it comes from JavaScript. */
const answering = (decide: (question: AccessQuestion) => unknown): AccessPolicy =>
  Object.assign(new ClosedAccess(), {
    decide: (question: AccessQuestion<unknown>) => {
      const { name } = { name: '', ...(question.user as Partial<ShopUser> | null) };
      return name === 'admin' || decide(question);
    },
  });

const NO_DECISIONS: readonly (readonly [string, unknown])[] = [
  ['undefined', undefined],
  ['null', null],
  ['a promise of yes', Promise.resolve(true)],
  ['a promise of no', Promise.resolve(false)],
  ['a text', 'yes'],
  ['a number', 1],
  ['a list', []],
  ['a rule that is no tree', { where: 'hidden' }],
  ['a rule that is undefined', { where: undefined }],
  ['a rule that is null', { where: null }],
  ['a value that is undefined', { where: { hidden: undefined } }],
  ['an operand that is undefined', { where: { hidden: { $eq: undefined } } }],
  ['a field without a test', { where: { hidden: {} } }],
  ['a choice among nothing', { where: { $or: [] } }],
  ['fields that are no list', { fields: 'title' }],
  ['fields that are undefined', { fields: undefined }],
  ['a word that no permit has', { rows: { hidden: false } }],
];

describe('a policy that answers with something else than a decision', () => {
  let server: TestServer;

  afterEach(() => server?.close());

  it.each(NO_DECISIONS)('lets nobody in by %s', async (_, decision) => {
    server = await startShop({}, { options: { access: answering(() => decision) } });
    const http = as(server, 'ann');

    const answers = [
      await http.get('/api/shop/product'),
      await http.get('/api/shop/product/1'),
      await http.post('/api/shop/product', { title: 'Mine' }),
      await http.patch('/api/shop/product/1', { title: 'Mine' }),
      await http.delete('/api/shop/product/4'),
      await http.get('/api/meta/models'),
      await http.delete('/api/meta/models/shop.Note'),
    ];

    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 403));
    expect(answers.map(({ text }) => text).join()).not.toMatch(/Chair|hidden/);
    expect(await server.database.query('SELECT count(*)::int FROM shop_product')).toEqual([{ count: 4 }]);
  });

  it('lets nobody in when it throws', async () => {
    const access = answering(() => {
      throw new Error('The secret is 42.');
    });
    server = await startShop({}, { options: { access } });

    const answer = await as(server, 'ann').get('/api/shop/product');

    expect(answer).toMatchObject({ status: 500, text: expect.not.stringMatching(/secret|Chair/) });
  });

  it('does not take a yes with limits for a yes to the schema', async () => {
    server = await startShop({}, { options: { access: answering(() => ({ fields: ['title'] })) } });

    expect(await as(server, 'ann').get('/api/shop/product')).toMatchObject({ status: 200 });
    expect(await as(server, 'ann').get('/api/meta/models')).toMatchObject({ status: 403 });
  });

  it('asks who it is by the policy’s own means, and lets nobody in when that fails', async () => {
    const access: AccessPolicy<string> = {
      identify: async (request) => {
        const { headers } = request as { headers: Record<string, string | undefined> };
        if (headers['x-token'] === 'broken') throw new Error('The secret is 42.');
        return headers['x-token'] ?? null;
      },
      decide: ({ user }) => user === 'sesame',
    };
    server = await startApp({ ...withUsers, options: { access } });

    const ask = (token: string) => fetch(`${server.url}/api/meta/models`, { headers: { 'x-token': token } });

    expect((await ask('sesame')).status).toBe(200);
    expect((await ask('other')).status).toBe(403);
    expect((await ask('broken')).status).toBe(500);
    expect((await as(server, 'admin').get('/api/meta/models')).status).toBe(401);
  });
});
