import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { startApp, type TestServer } from '../support/server.js';

const BOOK = { app: 'shop', name: 'Book', fields: [{ name: 'title', type: 'char' }] };

/** Another database stands where the replica should be, so that it shows where an answer came from. */
describe('a data source with a replica', () => {
  let primary: TestDatabase;
  let replica: TestDatabase;
  let late: TestServer;

  const start = (readFromReplicas: boolean): Promise<TestServer> =>
    startApp({
      database: primary,
      options: { readFromReplicas },
      typeorm: { replication: { master: { url: primary.url }, slaves: [{ url: replica.url }] } },
    });

  beforeAll(async () => {
    [primary, replica] = await Promise.all([createDatabase(), createDatabase()]);
    late = await startApp({ database: replica });
    await late.models.create(BOOK);
    await late.models.repository('shop.Book').save({ title: 'late' });
  });
  afterAll(async () => {
    await late?.close();
    await Promise.all([primary?.drop(), replica?.drop()]);
  });

  it('reads records and definitions from the primary', async () => {
    const server = await start(false);

    const created = await server.models.create(BOOK);
    await server.http.post('/api/shop/book', { title: 'new' });

    expect(await server.models.get(created.id)).toMatchObject({ name: 'Book' });
    expect((await server.models.list()).models).toMatchObject([{ id: created.id }]);
    expect((await server.http.get('/api/shop/book')).body).toMatchObject({ data: [{ title: 'new' }] });
    expect((await server.http.get('/api/shop/book/1')).body).toMatchObject({ title: 'new' });
    await server.close();
  });

  it('reads nothing from what is no streaming replica', async () => {
    const server = await start(true);

    const { body } = await server.http.get('/api/shop/book');
    await server.close();

    expect(body).toMatchObject({ data: [{ title: 'new' }] });
  });
});
