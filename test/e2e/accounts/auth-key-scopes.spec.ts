import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  createKey,
  createPerson,
  createSignedIn,
  createUser,
  type KeyBody,
  type Person,
  whoIs,
} from '../../fixtures/accounts/people.js';
import { forbidden, invalidToken } from '../../fixtures/accounts/problems.js';
import { openShop } from '../../fixtures/access/shop.js';
import { type AccountsServer, startAccountsServer } from '../../support/accounts-server.js';

const PRODUCT = { model: 'shop.Product' };
const VIEW = { ...PRODUCT, action: 'view' };
const CHANGE = { ...PRODUCT, action: 'change' };

/** What superusers alone may ask for. */
const SUPERUSERS_ONLY = ['users', 'groups', 'permissions', 'keys', 'audit', 'audited-models'];

describe('a key with limited rights', () => {
  let server: AccountsServer;
  let ann: Person;

  const limited = async (permissions: readonly object[], http = ann.http) => {
    const { status, text, body } = await http.post<KeyBody>('/api/auth/keys', { name: 'limited', permissions });
    if (status !== 201) throw new Error(text);
    return server.bearer(body.key);
  };

  beforeAll(async () => {
    server = await startAccountsServer();
    await openShop(server.admin);
  });
  afterAll(() => server?.close());
  beforeEach(async () => {
    ann = await createPerson(server, [VIEW, CHANGE, { model: 'shop.Tag', action: 'view' }]);
  });

  it('may what it is limited to, and nothing else that its user may', async () => {
    const key = await limited([VIEW]);

    expect(await key.get('/api/shop/product')).toMatchObject({ status: 200 });
    expect(await key.patch('/api/shop/product/1', { stock: 6 })).toMatchObject(forbidden);
    expect(await key.get('/api/shop/tag')).toMatchObject(forbidden);
    expect(await ann.http.patch('/api/shop/product/1', { stock: 6 })).toMatchObject({ status: 200 });
  });

  it('may nothing that its user may not', async () => {
    const key = await createKey(server.admin, ann.id, {
      permissions: [VIEW, { ...PRODUCT, action: 'delete' }, { action: 'schema' }],
    });
    const http = server.bearer(key.key);

    expect(await http.get('/api/shop/product')).toMatchObject({ status: 200 });
    expect(await http.delete('/api/shop/product/1')).toMatchObject(forbidden);
    expect(await http.get('/api/meta/models')).toMatchObject(forbidden);
  });

  it('may nothing at all with an empty list', async () => {
    const key = await limited([]);

    expect(await key.get('/api/shop/product')).toMatchObject(forbidden);
    expect(await whoIs(key)).toBe(ann.email);
  });

  it('shows its limits to whoever asks what it may', async () => {
    const key = await limited([VIEW]);

    const { body } = await key.get<{ permissions: object[]; maySchema: boolean }>('/api/auth/me');

    expect(body.permissions).toEqual([expect.objectContaining(VIEW)]);
    expect(body.maySchema).toBe(false);
  });

  it('keeps to the rows and fields of its user', async () => {
    const clerk = await createPerson(server, [
      { ...VIEW, where: { hidden: { $eq: false } }, fields: ['title', 'hidden'] },
    ]);
    const key = await limited([VIEW], clerk.http);

    const { text } = await key.get('/api/shop/product');

    expect(text).toContain('Chair');
    expect(text).not.toMatch(/Ghost|secret|stock/);
  });

  it('loses what its user loses, at once', async () => {
    const key = await limited([VIEW]);
    await server.admin.patch(`/api/meta/users/${ann.id}`, { permissions: [CHANGE] });

    expect(await key.get('/api/shop/product')).toMatchObject(forbidden);
  });

  it('makes and deletes no keys, and is no way around its limits', async () => {
    const key = await limited([VIEW]);

    const answers = [
      await key.post('/api/auth/keys', { name: 'more' }),
      await key.post('/api/auth/keys', { name: 'same', permissions: [VIEW] }),
      await key.delete(`/api/auth/keys/${ann.key.id}`),
    ];

    expect(answers).toMatchObject(answers.map(() => forbidden));
    expect(await whoIs(ann.http)).toBe(ann.email);
  });

  it('of a superuser is no superuser’s', async () => {
    const root = await createUser(server.admin, { isSuperuser: true });
    const { key } = await createKey(server.admin, root.id, { permissions: [VIEW, { action: 'schema' }] });
    const http = server.bearer(key);

    const closed = await Promise.all(SUPERUSERS_ONLY.map((name) => http.get(`/api/meta/${name}`)));

    expect(closed).toMatchObject(closed.map(() => forbidden));
    expect(await http.get('/api/meta/models')).toMatchObject({ status: 200 });
    expect(await http.get('/api/shop/product')).toMatchObject({ status: 200 });
    expect(await http.get('/api/shop/note')).toMatchObject(forbidden);
    expect(await http.get('/api/auth/me')).toMatchObject({ body: { isSuperuser: false } });
    expect(await http.post('/api/meta/users', { email: 'more@example.com', isSuperuser: true })).toMatchObject(
      forbidden,
    );
  });

  it('keeps what it is limited to when the model is renamed, and loses it with the model', async () => {
    await server.admin.post('/api/meta/models', { app: 'scope', name: 'Old', fields: [{ name: 'a', type: 'char' }] });
    const user = await createPerson(server, [{ model: 'scope.Old', action: 'view' }]);
    const key = await limited([{ model: 'scope.Old', action: 'view' }], user.http);
    await server.admin.patch('/api/meta/models/scope.Old', { name: 'New' });
    const renamed = await key.get('/api/scope/new');
    await server.admin.delete('/api/meta/models/scope.New');
    await server.admin.post('/api/meta/models', { app: 'scope', name: 'New', fields: [{ name: 'a', type: 'char' }] });

    expect(renamed).toMatchObject({ status: 200 });
    expect(await key.get('/api/scope/new')).toMatchObject(forbidden);
  });
});

describe('a key without limits', () => {
  let server: AccountsServer;

  beforeAll(async () => {
    server = await startAccountsServer();
    await openShop(server.admin);
  });
  afterAll(() => server?.close());

  it('may what its user may, also what comes later', async () => {
    const ann = await createPerson(server, [VIEW]);
    const before = await ann.http.patch('/api/shop/product/1', { stock: 6 });
    await server.admin.patch(`/api/meta/users/${ann.id}`, { permissions: [VIEW, CHANGE] });

    expect(before).toMatchObject(forbidden);
    expect(await ann.http.patch('/api/shop/product/1', { stock: 6 })).toMatchObject({ status: 200 });
  });

  it('of a superuser may everything', async () => {
    const root = await createPerson(server, [], { isSuperuser: true });

    const open = await Promise.all(SUPERUSERS_ONLY.map((name) => root.http.get(`/api/meta/${name}`)));

    expect(open.map(({ status }) => status)).toEqual(open.map(() => 200));
  });

  it('dies with its user, for ever where the user comes back', async () => {
    const { user } = await createSignedIn(server);
    const { key } = await createKey(server.admin, user.id);
    await server.admin.delete(`/api/meta/users/${user.id}`);
    await createUser(server.admin, { email: user.email });

    expect(await server.bearer(key).get('/api/auth/me')).toMatchObject(invalidToken);
  });
});
