import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DynamoModule } from '../../src/index.js';
import { AccountsAccess } from '../../src/accounts/accounts.access.js';
import { DynamoAccountsModule } from '../../src/accounts/accounts.module.js';
import { openShop } from '../fixtures/access/shop.js';
import { answerSchema, modelPaths, readDocument } from '../fixtures/openapi.js';
import { problem } from '../fixtures/problem.js';
import { type Http, httpClient } from '../support/http.js';
import { startApp, type TestServer } from '../support/server.js';

const ADMIN_KEY = 'a-key-of-the-tests-which-is-long-enough';

describe.each(['fastify', 'express'] as const)('the document of a user with an account, on %s', (adapter) => {
  let server: TestServer;
  let admin: Http;

  const withKey = (key: string): Http => httpClient(server.url, { authorization: `Bearer ${key}` });
  const userWith = async (email: string, permissions: readonly object[]): Promise<Http> => {
    await admin.post('/api/meta/users', { email, permissions });
    const { body } = await admin.post<{ key: string }>('/api/meta/keys', { user: email, name: 'docs' });
    return withKey(body.key);
  };

  beforeAll(async () => {
    const accounts = DynamoAccountsModule.forRoot({ adminKey: ADMIN_KEY });
    server = await startApp({
      adapter,
      before: [accounts],
      dynamo: DynamoModule.forRoot({ access: AccountsAccess, imports: [accounts] }),
    });
    admin = withKey(ADMIN_KEY);
    await openShop(admin);
  });
  afterAll(() => server?.close());

  it('has what the permissions say, under the names of now', async () => {
    const reader = await userWith('reader@example.org', [
      { model: 'shop.Product', action: 'view', fields: ['title'], where: { category: { hidden: false } } },
    ]);
    const before = await readDocument(reader);

    await admin.patch('/api/meta/fields/shop.Category.hidden', { name: 'veiled' });
    await admin.patch('/api/meta/fields/shop.Product.title', { name: 'label' });
    const after = await readDocument(reader);

    const records = [before, after].map((document) => answerSchema(document, 'get', '/api/shop/product/{id}', 200));
    expect(records.map(({ required }) => required)).toEqual([
      ['id', 'title'],
      ['id', 'label'],
    ]);
    expect(modelPaths(after)).toHaveLength(4);
    expect(JSON.stringify(after)).not.toMatch(/veiled|stock|shop\.Category/);
    expect(await reader.get('/api/shop/product')).toMatchObject({ status: 200, body: { meta: { totalItems: 3 } } });
  });

  it('has nothing of any model for nobody, and is refused to a key that there is not', async () => {
    const nobody = await readDocument(server.http);
    const refused = await withKey(`dyn_12345678_${'x'.repeat(43)}`).get('/docs-json');

    expect(modelPaths(nobody)).toEqual([]);
    expect(Object.keys(nobody.paths)).toContain('/api/auth/login');
    expect(JSON.stringify(nobody)).not.toMatch(/shop\.(Product|Category)[."]filter|veiled|MetaModel/);
    expect(refused).toMatchObject(problem(401, 'invalid_token', /\S/));
  });

  it('has the paths about models for who may change them, and all for the superuser', async () => {
    const editor = await readDocument(await userWith('editor@example.org', [{ action: 'schema' }]));
    const superuser = await readDocument(admin);

    expect(Object.keys(editor.paths)).toContain('/api/meta/models');
    expect(modelPaths(editor)).toEqual([]);
    expect(Object.keys(superuser.paths)).toEqual(expect.arrayContaining(['/api/meta/users', '/api/shop/note/{id}']));
  });
});
