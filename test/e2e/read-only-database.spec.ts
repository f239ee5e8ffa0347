import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { defineModel } from '../fixtures/arrange.js';
import { startApp, type TestServer } from '../support/server.js';

const PATH = '/api/still/thing';
const THING = { app: 'still', name: 'Thing', fields: [{ name: 'name', type: 'char' }] };

/** The sessions of the pool's one connection stand for those that lead to a server which was the primary once. */
describe('a connection to a server that takes no writes', () => {
  let server: TestServer;

  const freeze = () => server.dataSource.query('SET default_transaction_read_only = on');
  const session = async () => {
    const [{ pid }] = await server.dataSource.query<[{ pid: number }]>('SELECT pg_backend_pid() AS pid');
    return pid;
  };

  beforeAll(async () => {
    server = await startApp({ typeorm: { extra: { max: 1 } } });
    await defineModel(server.http, THING);
  });
  afterAll(() => server?.close());

  it.each([
    ['one record', () => server.http.post(PATH, { name: 'one' })],
    ['many records', () => server.http.put(`${PATH}?on=id`, [{ id: 1, name: 'two' }])],
    ['a model', () => server.http.post('/api/meta/models', { ...THING, name: 'Other' })],
  ])('is answered 503 for %s, and used no more', async (_what, write) => {
    await freeze();
    const before = await session();

    const refused = await write();
    const after = await session();
    const repeated = await write();

    expect(refused).toMatchObject({ status: 503, body: { code: 'database_unavailable' } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(after).not.toBe(before);
    expect(repeated.family).toBe('2xx');
  });
});
