import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { defineModel } from '../fixtures/arrange.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { startApp, type TestServer } from '../support/server.js';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.js';

/** In the soak run many. */
const ROUNDS = Number(process.env.SOAK_ROUNDS ?? 5);

describe('a change whose connection is lost at COMMIT', () => {
  let database: TestDatabase;
  let proxy: TcpProxy;
  let server: TestServer;
  let model = '';

  beforeAll(async () => {
    database = await createDatabase();
    proxy = await startTcpProxy(database.url);
    server = await startApp({ database: { ...database, options: { type: 'postgres', url: proxy.url } } });
    model = (await defineModel(server.http, { app: 'lost', name: 'Thing', fields: [{ name: 'name', type: 'char' }] }))
      .id;
  });
  afterAll(async () => {
    await server?.close();
    await proxy?.close();
    await database?.drop();
  });

  const columns = async () => {
    const rows = await database.query<{ name: string }>(
      `SELECT column_name AS name FROM information_schema.columns WHERE table_name = 'lost_thing'`,
    );
    return rows.map(({ name }) => name);
  };
  const add = (name: string) => server.http.post(`/api/meta/models/${model}/fields`, { name, type: 'integer' });

  it('is answered as made when only the answer was lost, and is live and announced', async () => {
    const told: string[] = [];
    server.signals.connect('post_field_creation', ({ newField }) => void told.push(newField.name));

    for (let round = 0; round < ROUNDS; round += 1) {
      const name = `kept_${round}`;
      proxy.loseAnswers('COMMIT', 1);
      const answer = await add(name);

      expect(answer).toMatchObject({ status: 201, body: { name } });
      expect(await columns()).toContain(name);
      expect(await server.http.post('/api/lost/thing', { [name]: round })).toMatchObject({ status: 201 });
    }

    expect(proxy.lost).toBe(ROUNDS);
    expect(told).toEqual(Array.from({ length: ROUNDS }, (_, round) => `kept_${round}`));
  });

  it('is answered as not made when the database never heard of it, and can be repeated', async () => {
    const before = proxy.lost;

    for (let round = 0; round < ROUNDS; round += 1) {
      const name = `again_${round}`;
      proxy.loseQuestions('COMMIT', 1);
      const answer = await add(name);
      const after = await columns();

      expect(answer).toMatchObject({ status: 503, body: { code: 'change_not_applied' } });
      expect(answer.headers.get('retry-after')).toBe('1');
      expect(after).not.toContain(name);
      expect(await add(name)).toMatchObject({ status: 201 });
    }

    expect(proxy.lost - before).toBe(ROUNDS);
  });

  it('is answered as made when the connection is lost after it, before it was read for the answer', async () => {
    const before = proxy.lost;
    proxy.loseQuestions('FROM "dynamo"."meta_field" "MetaField"', 1);
    const answer = await add('after');

    expect(proxy.lost - before).toBe(1);
    expect(answer).toMatchObject({ status: 201, body: { name: 'after' } });
    expect(await columns()).toContain('after');
  });
});
