import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createRecord, defineModel } from '../fixtures/arrange.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { startApp, type TestServer } from '../support/server.js';

const MOMENT = 20;
const LONGEST_WAIT = 4000;

/** Asks again until the answer has this status: another node follows soon, not at once. */
const until = async (status: number, ask: () => Promise<{ readonly status: number }>): Promise<number> => {
  const start = Date.now();
  let answer = await ask();
  while (answer.status !== status && Date.now() - start < LONGEST_WAIT) {
    await new Promise((resolve) => setTimeout(resolve, MOMENT));
    answer = await ask();
  }
  return answer.status;
};

describe('two nodes on one database', () => {
  let database: TestDatabase;
  let one: TestServer;
  let other: TestServer;

  beforeAll(async () => {
    database = await createDatabase();
    one = await startApp({ database });
    other = await startApp({ database });
  });
  afterAll(async () => {
    await one.close();
    await other.close();
    await database.drop();
  });

  it('know a new model at once', async () => {
    await defineModel(one.http, { app: 'nodes', name: 'Thing', fields: [{ name: 'name', type: 'char' }] });

    expect(await createRecord(other.http, '/api/nodes/thing', { name: 'chair' })).toEqual({ id: 1, name: 'chair' });
  });

  it('follow each other when a field is added, in the API and in the document', async () => {
    await one.models.addField('nodes.Thing', { name: 'size', type: 'integer' });

    const status = await until(201, () => other.http.post('/api/nodes/thing', { name: 'table', size: 3 }));
    const { body } = await other.http.get<{ components: { schemas: Record<string, object> } }>('/docs-json');

    expect(status).toBe(201);
    expect(body.components.schemas['nodes.Thing']).toMatchObject({
      properties: { size: { type: ['integer', 'null'] } },
    });
  });

  it('never answer from a column that is gone', async () => {
    const { fields } = await one.models.get('nodes.Thing');
    await one.models.deleteField(String(fields.find(({ name }) => name === 'size')?.id));

    expect(await other.http.get('/api/nodes/thing/1')).toMatchObject({ status: 200, body: { id: 1, name: 'chair' } });
  });

  it('follow each other when a model is deleted', async () => {
    await defineModel(one.http, { app: 'nodes', name: 'Brief', fields: [] });
    await until(200, () => other.http.get('/api/nodes/brief'));
    await one.models.delete('nodes.Brief');

    expect(await until(404, () => other.http.get('/api/nodes/brief'))).toBe(404);
  });

  it('find each other again when the connection that they listen on is cut', async () => {
    await database.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'`);
    await one.models.addField('nodes.Thing', { name: 'colour', type: 'char' });

    expect(await until(201, () => other.http.post('/api/nodes/thing', { colour: 'red' }))).toBe(201);
  });
});
