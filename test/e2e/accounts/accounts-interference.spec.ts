import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Module } from '@nestjs/common';
import { OpenAccess } from '../../../src/index.js';
import { openShop } from '../../fixtures/access/shop.js';
import { as, startShop } from '../../fixtures/access/policy.js';
import { ACCOUNT_TABLES, tableNames } from '../../support/accounts-tables.js';
import { ADMIN_KEY } from '../../support/process.js';
import { routesOf } from '../../support/routes.js';
import { startApp, type TestServer } from '../../support/server.js';
import { wireClient } from '../../support/wire.js';

const ACCOUNT_ROUTES = /\/auth\/|\/meta\/(users|groups|permissions|keys|audit|audited-models)\b|^\/setup/;
/** What one may find on the way to accounts, whether there are any or not. */
const PATHS = [
  '/api/auth/me',
  '/api/auth/keys',
  '/api/meta/users',
  '/api/meta/groups',
  '/api/meta/keys',
  '/api/meta/audit',
  '/setup',
];

describe('an application with a policy of its own', () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startShop({ viewer: { 'shop.Product': { view: true } } });
  });
  afterAll(() => server?.close());

  it('has no routes of accounts', async () => {
    const answers = await Promise.all(PATHS.map((path) => as(server, 'admin').get(path)));

    expect(routesOf(server.app).filter(({ path }) => ACCOUNT_ROUTES.test(path))).toEqual([]);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404));
  });

  it('has no tables of accounts', async () => {
    const tables = await tableNames(server.database);

    expect(tables).toContain('dynamo.meta_model');
    expect(tables.filter((name) => ACCOUNT_TABLES.test(name))).toEqual([]);
  });

  it('is asked about everything, and takes neither keys nor cookies of Dynamo', async () => {
    const key = wireClient(server.url, { authorization: `Bearer ${ADMIN_KEY}` });
    const cookie = wireClient(server.url, { cookie: 'dynamo_session=x' });

    expect(await key.get('/api/shop/product')).toMatchObject({ status: 401 });
    expect(await cookie.get('/api/shop/product')).toMatchObject({ status: 401 });
    expect(await as(server, 'viewer').get('/api/shop/product')).toMatchObject({ status: 200 });
  });

  it('needs no token against forgery for requests that its own guards let through', async () => {
    const http = wireClient(server.url, { 'x-user': 'admin', cookie: 'session=own', origin: 'https://shop.example' });

    expect(await http.post('/api/shop/product', { title: 'New' })).toMatchObject({ status: 201 });
  });

  it('limits nothing that the application does not limit', async () => {
    const admin = as(server, 'admin');

    const answers = [];
    for (let at = 0; at < 620; at += 1) answers.push((await admin.patch('/api/meta/fields/none.None.none', {})).status);

    expect(new Set(answers)).toEqual(new Set([404]));
  }, 60_000);
});

describe('an application that is open to everybody', () => {
  it('has models named after what accounts have', async () => {
    const server = await startApp({ options: { access: OpenAccess } });
    const names = ['User', 'Group', 'Session', 'ApiKey', 'Permission', 'Audit'];

    const answers = [];
    for (const name of names)
      answers.push(
        await server.http.post('/api/meta/models', { app: 'dynamo', name, fields: [{ name: 'a', type: 'char' }] }),
      );
    const record = await server.http.post('/api/dynamo/user', { a: 'x' });
    const tables = await tableNames(server.database);
    await server.close();

    expect(answers.map(({ status }) => status)).toEqual(names.map(() => 201));
    expect(record).toMatchObject({ status: 201 });
    expect(tables).toContain('public.dynamo_user');
  });
});

describe('an application with tables and routes of its own names', () => {
  @Module({})
  class HostModule {}

  it('keeps them beside Dynamo', async () => {
    const server = await startApp({ imports: [HostModule] });
    await server.database.query(`CREATE TABLE public."user" (id integer, email text)`);
    await server.database.query(`INSERT INTO public."user" VALUES (1, 'host@example.com')`);
    await openShop(server.http);

    const rows = await server.database.query(`SELECT * FROM public."user"`);
    await server.close();

    expect(rows).toEqual([{ id: 1, email: 'host@example.com' }]);
  });
});
