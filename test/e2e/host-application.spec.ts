import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ValidationPipe } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { createRecord, defineModel } from '../fixtures/arrange.js';
import { snapshot, tableNames, tableRows } from '../fixtures/catalogue.js';
import { DEFAULT_APP, KeyGuard, SettingsModule, User, UsersModule } from '../fixtures/host.js';
import { readDocument } from '../fixtures/openapi.js';
import { DynamoModule, OpenAccess, MetaField, MetaModel } from '../../src/index.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { httpClient } from '../support/http.js';
import { startApp, type StartOptions, type TestServer } from '../support/server.js';

/** Made anew each time, because `save()` fills in what it is given. */
const fields = () => [{ name: 'name', type: 'char', unique: true }];

describe.each(['fastify', 'express'] as const)('Dynamo in an application of somebody else, on %s', (adapter) => {
  let database: TestDatabase;
  let server: TestServer | undefined;

  const boot = async (start: StartOptions = {}): Promise<TestServer> => {
    server = await startApp({ adapter, database, standalone: false, imports: [UsersModule], ...start });
    return server;
  };

  beforeEach(async () => {
    database = await createDatabase();
    await database.query('CREATE TABLE users (id serial PRIMARY KEY, email text NOT NULL)');
    await database.query(`INSERT INTO users (email) VALUES ('ada@example.org')`);
  });
  afterEach(async () => {
    await server?.close();
    server = undefined;
    await database.drop();
  });

  it('works beside the entities and controllers of the host', async () => {
    const { http, dataSource } = await boot();

    await defineModel(http, { app: 'shop', name: 'Product', fields: fields() });
    const product = await createRecord(http, '/api/shop/product', { name: 'chair' });
    const users = await http.get('/users');

    expect(product).toEqual({ id: 1, name: 'chair' });
    expect(users).toMatchObject({ status: 200, body: [{ id: 1, email: 'ada@example.org' }] });
    expect(await dataSource.getRepository(User).count()).toBe(1);
  });

  it('allows a model that is called like a table of the host, without touching that table', async () => {
    const { http } = await boot();

    await defineModel(http, { app: 'crm', name: 'users', fields: fields() });
    await createRecord(http, '/api/crm/users', { name: 'Ada' });

    expect(await http.get('/users')).toMatchObject({ body: [{ id: 1, email: 'ada@example.org' }] });
    expect(await tableRows(database, 'users')).toEqual([{ id: 1, email: 'ada@example.org' }]);
  });

  it('shares a transaction with the entities of the host', async () => {
    const { http, dataSource } = await boot();

    const transaction = dataSource.transaction(async (manager) => {
      await manager.getRepository(User).save({ email: 'bob@example.org' });
      await manager.getRepository(MetaModel).save({ app: 'shop', name: 'Product', fields: fields() });
      throw new Error('changed my mind');
    });

    await expect(transaction).rejects.toThrow('changed my mind');
    expect(await dataSource.getRepository(User).count()).toBe(1);
    expect(await http.get('/api/shop/product')).toMatchObject({ status: 404 });
  });

  it('keeps its tables when the host synchronizes at every start', async () => {
    const typeorm = { synchronize: true };
    const first = await boot({ typeorm });
    await defineModel(first.http, { app: 'shop', name: 'Product', fields: fields() });
    await createRecord(first.http, '/api/shop/product', { name: 'chair' });
    await first.close();
    const before = await snapshot(database);

    const { http } = await boot({ typeorm });

    expect(await snapshot(database)).toEqual(before);
    expect((await http.get('/api/shop/product/1')).body).toEqual({ id: 1, name: 'chair' });
    expect(await http.post('/api/shop/product', { name: 'chair' })).toMatchObject({
      status: 409,
      body: { code: 'unique_violation' },
    });
    expect(await defineModel(http, { app: 'shop', name: 'Order', fields: fields() })).toMatchObject({ name: 'Order' });
  });

  it('keeps its tables when the host synchronizes by hand while it runs', async () => {
    const { http, dataSource } = await boot();
    await defineModel(http, { app: 'shop', name: 'Product', fields: fields() });
    await createRecord(http, '/api/shop/product', { name: 'chair' });
    const before = await snapshot(database);

    await dataSource.synchronize();

    expect(await snapshot(database)).toEqual(before);
    expect(await http.get('/api/shop/product/1')).toMatchObject({ status: 200, body: { name: 'chair' } });
  });

  it('works with a list of entities instead of autoLoadEntities', async () => {
    const { http } = await boot({ typeorm: { autoLoadEntities: false, entities: [User, MetaModel, MetaField] } });

    await defineModel(http, { app: 'shop', name: 'Product', fields: fields() });

    expect(await http.post('/api/shop/product', { name: 'chair' })).toMatchObject({ status: 201 });
    expect(await http.get('/users')).toMatchObject({ status: 200 });
  });

  it('takes its options from forRootAsync', async () => {
    const dynamo = DynamoModule.forRootAsync({
      access: OpenAccess,
      imports: [SettingsModule],
      inject: [DEFAULT_APP],
      useFactory: (defaultApp: string) => Promise.resolve({ defaultApp, defaultAdmin: false }),
    });
    const { http } = await boot({ dynamo });

    const model = await defineModel(http, { name: 'Product', fields: fields() });

    expect(model).toMatchObject({ app: 'injected', name: 'Product', admin: false });
    expect(await tableNames(database)).toContain('injected_product');
  });

  it('obeys a global guard of the host on every route', async () => {
    const { http, url } = await boot({ providers: [{ provide: APP_GUARD, useClass: KeyGuard }] });
    const member = httpClient(url, { 'x-key': 'sesame' });
    const model = await defineModel(member, { app: 'shop', name: 'Product', fields: fields() });
    await createRecord(member, '/api/shop/product', { name: 'chair' });

    const answers = [
      await http.get('/users'),
      await http.get('/api/meta/models'),
      await http.post('/api/meta/models', { name: 'Stolen' }),
      await http.patch(`/api/meta/models/${model.id}`, { name: 'Stolen' }),
      await http.delete(`/api/meta/models/${model.id}`),
      await http.get('/api/meta/field-types'),
      await http.get('/api/shop/product'),
      await http.get('/api/shop/product/1'),
      await http.post('/api/shop/product', { name: 'table' }),
      await http.patch('/api/shop/product/1', { name: 'table' }),
      await http.put('/api/shop/product/1', { name: 'table' }),
      await http.delete('/api/shop/product/1'),
    ];

    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 403));
    expect((await member.get('/api/shop/product/1')).body).toEqual({ id: 1, name: 'chair' });
    expect((await member.get(`/api/meta/models/${model.id}`)).body).toEqual(model);
  });

  it('works under a strict global ValidationPipe of the host', async () => {
    const { http } = await boot({
      configure: (app) =>
        app.useGlobalPipes(new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true, transform: true })),
    });

    await defineModel(http, { app: 'shop', name: 'Product', fields: fields() });

    expect(await http.post('/api/shop/product', { name: 'chair' })).toMatchObject({
      status: 201,
      body: { name: 'chair' },
    });
    expect(await http.post('/api/shop/product', [{ name: 'a' }, { name: 'b' }])).toMatchObject({ status: 201 });
    expect(await http.patch('/api/shop/product/1', { name: 'table' })).toMatchObject({ body: { name: 'table' } });
  });

  it('leaves the errors of the host alone', async () => {
    const { http } = await boot({ providers: [{ provide: APP_GUARD, useClass: KeyGuard }] });

    const answer = await http.get('/users');

    expect(answer).toMatchObject({
      status: 403,
      contentType: expect.stringMatching(/^application\/json/),
      body: { statusCode: 403, message: 'The key is missing.' },
    });
  });

  it('shows the routes of the host beside the models in one document', async () => {
    const { http } = await boot();
    await defineModel(http, { app: 'shop', name: 'Product', fields: fields() });

    const { paths } = await readDocument(http);

    expect(Object.keys(paths)).toEqual(expect.arrayContaining(['/users', '/api/shop/product']));
  });
});
