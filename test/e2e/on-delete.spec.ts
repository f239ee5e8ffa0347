import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createRecord, createRecords, defineModels } from '../fixtures/arrange.js';
import { problem, problemAt } from '../fixtures/problem.js';
import type { Http } from '../support/http.js';
import { startApp, type TestServer } from '../support/server.js';

const nameField = { name: 'name', type: 'char', required: true };

describe('foreign keys and the deletion of the record they point to', () => {
  let server: TestServer;
  let http: Http;

  beforeAll(async () => {
    server = await startApp();
    http = server.http;
  });
  afterAll(() => server?.close());

  it.each([
    ['restrict by default', 'Plain', undefined],
    ['restrict when declared', 'Strict', { onDelete: 'restrict' }],
  ])('%s the deletion of a parent that has children', async (_title, name, options) => {
    await defineModels(http, [
      { app: 'rule', name: `${name}Parent`, fields: [nameField] },
      {
        app: 'rule',
        name: `${name}Child`,
        fields: [{ name: 'parent', type: 'foreign_key', relatedModel: `rule.${name}Parent`, options }],
      },
    ]);
    await createRecord(http, `/api/rule/${name}Parent`, { name: 'parent' });
    await createRecord(http, `/api/rule/${name}Child`, { parent: 1 });

    const answer = await http.delete(`/api/rule/${name}Parent/1`);

    expect(answer).toMatchObject(problem(409, 'record_in_use', new RegExp(`${name}Parent`, 'i')));
    expect(await http.get(`/api/rule/${name}Parent/1`)).toMatchObject({ status: 200 });
    expect(await http.get(`/api/rule/${name}Child/1`)).toMatchObject({ status: 200, body: { parent: 1 } });
  });

  it('cascade when declared: children go with their parent', async () => {
    await defineModels(http, [
      { app: 'cascade', name: 'Parent', fields: [nameField] },
      {
        app: 'cascade',
        name: 'Child',
        fields: [
          { name: 'parent', type: 'foreign_key', relatedModel: 'cascade.Parent', options: { onDelete: 'cascade' } },
        ],
      },
    ]);
    await createRecords(http, '/api/cascade/parent', [{ name: 'first' }, { name: 'second' }]);
    await createRecords(http, '/api/cascade/child', [{ parent: 1 }, { parent: 2 }]);

    const answer = await http.delete('/api/cascade/parent/1');

    expect(answer).toMatchObject({ status: 204, text: '' });
    expect(await http.get('/api/cascade/child')).toMatchObject({ body: { data: [{ id: 2, parent: 2 }] } });
  });

  it('set null when declared: children stay without a parent', async () => {
    await defineModels(http, [
      { app: 'setnull', name: 'Parent', fields: [nameField] },
      {
        app: 'setnull',
        name: 'Child',
        fields: [
          { name: 'parent', type: 'foreign_key', relatedModel: 'setnull.Parent', options: { onDelete: 'set_null' } },
        ],
      },
    ]);
    await createRecord(http, '/api/setnull/parent', { name: 'parent' });
    await createRecord(http, '/api/setnull/child', { parent: 1 });

    const answer = await http.delete('/api/setnull/parent/1');

    expect(answer).toMatchObject({ status: 204 });
    expect((await http.get('/api/setnull/child/1')).body).toEqual({ id: 1, parent: null });
  });

  it('refuse set_null on a required field, because it could never be applied', async () => {
    const answer = await http.post('/api/meta/models', {
      app: 'rule',
      name: 'Impossible',
      fields: [
        {
          name: 'parent',
          type: 'foreign_key',
          relatedModel: 'rule.Impossible',
          required: true,
          options: { onDelete: 'set_null' },
        },
      ],
    });

    expect(answer).toMatchObject(problemAt(400, 'invalid_options', /^fields\.0/, /set_null|required/));
  });
});
