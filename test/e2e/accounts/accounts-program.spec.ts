import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccountsAccess, DynamoAccounts, DynamoAccountsModule } from '../../../src/accounts/index.js';
import { DynamoModule } from '../../../src/index.js';
import { openShop } from '../../fixtures/access/shop.js';
import { OTHER_PASSWORD, PASSWORD, whoIs } from '../../fixtures/accounts/people.js';
import { forbidden, forged, invalidToken, unknown } from '../../fixtures/accounts/problems.js';
import { dynamoError } from '../../fixtures/problem.js';
import { everyRow } from '../../support/accounts-tables.js';
import { ADMIN_KEY } from '../../support/process.js';
import { startApp, type TestServer } from '../../support/server.js';
import { type Browser, logIn, signIn, withCookie } from '../../support/signed-in.js';
import { wireClient } from '../../support/wire.js';

const ROOT = { email: 'root@example.com', password: PASSWORD };

const startHost = (adapter: 'fastify' | 'express'): Promise<TestServer> => {
  const accounts = DynamoAccountsModule.forRoot({ adminKey: ADMIN_KEY, firstSuperuser: ROOT });
  return startApp({
    adapter,
    before: [accounts],
    dynamo: DynamoModule.forRoot({ access: AccountsAccess, imports: [accounts] }),
  });
};

describe.each(['fastify', 'express'] as const)('accounts in an application of somebody else, on %s', (adapter) => {
  let server: TestServer;
  let accounts: DynamoAccounts;
  let root: Browser;

  const bearer = (key: string) => wireClient(server.url, { authorization: `Bearer ${key}` });

  beforeAll(async () => {
    server = await startHost(adapter);
    accounts = server.app.get(DynamoAccounts, { strict: false });
    root = await signIn(server.url, ROOT);
    await openShop(bearer(ADMIN_KEY));
  });
  afterAll(() => server?.close());

  it('let in whom they know, by session and by key, and nobody else', async () => {
    expect(await whoIs(root)).toBe(ROOT.email);
    expect(await wireClient(server.url).get('/api/shop/product')).toMatchObject(unknown);
    expect(await bearer('wrong').get('/api/shop/product')).toMatchObject(invalidToken);
    expect(await withCookie(root).post('/api/shop/product', { title: 'Forged' })).toMatchObject(forged);
    expect(await root.post('/api/shop/product', { title: 'New' })).toMatchObject({ status: 201 });
    expect(await logIn(server.url, { ...ROOT, password: OTHER_PASSWORD })).toMatchObject({ status: 401 });
  });

  it('do in programs what the paths do', async () => {
    const group = await accounts.groups.create({
      name: 'clerks',
      permissions: [{ model: 'shop.Product', action: 'view', where: { hidden: { $eq: false } } }],
    });
    const user = await accounts.users.create({ email: 'ann@example.com', password: PASSWORD, groups: ['clerks'] });
    const key = await accounts.keys.create(user.id, { name: 'export' });

    const seen = await bearer(key.key).get('/api/shop/product');
    const shown = await root.get('/api/meta/users/ann@example.com');

    expect(user).toMatchObject({ email: 'ann@example.com', isSuperuser: false, groups: [group.id] });
    expect(shown).toMatchObject({ status: 200, body: { ...user, lastLoginAt: null } });
    expect(seen).toMatchObject({ status: 200, text: expect.not.stringContaining('Ghost') });
    expect(await bearer(key.key).delete('/api/shop/product/1')).toMatchObject(forbidden);
  });

  it('hold at once what a program changes', async () => {
    const user = await accounts.users.create({
      email: 'bob@example.com',
      password: PASSWORD,
      permissions: [{ model: 'shop.Tag', action: 'view' }],
    });
    const key = bearer((await accounts.keys.create(user.email, { name: 'k' })).key);
    const browser = await signIn(server.url, { email: user.email, password: PASSWORD });
    const before = await key.get('/api/shop/tag');

    await accounts.users.update(user.id, { permissions: [] });
    const without = await key.get('/api/shop/tag');
    await accounts.users.update(user.id, { isActive: false });

    expect([before.status, without.status]).toEqual([200, 403]);
    expect(await key.get('/api/shop/tag')).toMatchObject(invalidToken);
    expect(await whoIs(browser)).toBeNull();
  });

  it('refuse in programs what the paths refuse, with the same codes', async () => {
    const before = await everyRow(server.database);
    const { users, groups, keys } = accounts;

    await expect(users.create({ email: 'weak@example.com', password: 'password1234' })).rejects.toEqual(
      dynamoError('weak_password', /\S/),
    );
    await expect(users.create({ email: 'ROOT@example.com' })).rejects.toEqual(dynamoError('email_taken', /root@/i));
    await expect(users.update(ROOT.email, { isActive: false })).rejects.toEqual(
      dynamoError('last_superuser', /superuser/i),
    );
    await expect(users.delete(ROOT.email)).rejects.toEqual(dynamoError('last_superuser', /superuser/i));
    await expect(users.get('nobody@example.com')).rejects.toEqual(dynamoError('user_not_found', /nobody/));
    await expect(groups.delete('anonymous')).rejects.toEqual(dynamoError('built_in_group', /anonymous/));
    await expect(groups.update('anonymous', { permissions: [{ action: 'schema' }] })).rejects.toThrow(/\S/);
    await expect(
      users.create({ email: 'x@example.com', permissions: [{ model: 'shop.None', action: 'view' }] }),
    ).rejects.toThrow(/shop\.None/);
    await expect(keys.create('nobody@example.com', { name: 'x' })).rejects.toEqual(
      dynamoError('user_not_found', /nobody/),
    );
    expect(await everyRow(server.database)).toEqual(before);
  });

  it('tell of a program in the audit as of what it is', async () => {
    await accounts.groups.create({ name: 'by a program' });

    const { body } = await root.get<{ data: { action: string; by: unknown }[] }>('/api/meta/audit?limit=1');

    expect(body.data[0]?.action).toMatch(/group/);
    expect(JSON.stringify(body.data[0]?.by ?? 'program')).not.toContain(ROOT.email);
  });

  it('ask the application for nothing about its own routes', async () => {
    expect(await wireClient(server.url).get('/health')).toMatchObject({ status: 200 });
  });
});
