import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createRecord, defineModels } from '../fixtures/arrange.js';
import { problemAt } from '../fixtures/problem.js';
import type { Http } from '../support/http.js';
import { startApp, type TestServer } from '../support/server.js';

describe('a one_to_one field', () => {
  let server: TestServer;
  let http: Http;

  beforeAll(async () => {
    server = await startApp();
    http = server.http;
    await defineModels(http, [
      { app: 'single', name: 'Person', fields: [{ name: 'name', type: 'char' }] },
      {
        app: 'single',
        name: 'Passport',
        fields: [{ name: 'owner', type: 'OneToOneField', relatedModel: 'single.Person' }],
      },
    ]);
  });
  afterAll(() => server?.close());

  it('points to a record to which no other points', async () => {
    const owner = await createRecord(http, '/api/single/person', { name: 'Ada' });
    const passport = await createRecord(http, '/api/single/passport', { owner: owner.id });

    const second = await http.post('/api/single/passport', { owner: owner.id });

    expect(passport).toMatchObject({ owner: owner.id });
    expect(second).toMatchObject(problemAt(409, 'unique_violation', 'owner', /same "owner"/));
  });

  it('may be empty in many records', async () => {
    const first = await createRecord(http, '/api/single/passport', {});
    const second = await createRecord(http, '/api/single/passport', {});

    expect([first, second]).toMatchObject([{ owner: null }, { owner: null }]);
  });
});
