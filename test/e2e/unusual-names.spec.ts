import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createRecord, defineModel, defineModels } from '../fixtures/arrange.js';
import { problem } from '../fixtures/problem.js';
import type { Http } from '../support/http.js';
import { startApp, type TestServer } from '../support/server.js';

const nameField = { name: 'name', type: 'char' };
const named = (name: string) => [{ ...nameField, name }];

describe('unusual names that are right', () => {
  let server: TestServer;
  let http: Http;

  beforeAll(async () => {
    server = await startApp();
    http = server.http;
  });
  afterAll(() => server?.close());

  it.each(['select', 'user', 'order', 'table', 'group', 'created_at', 'limit', 'filter', 'a'.repeat(48)])(
    'field %s works like any other',
    async (name) => {
      const path = `/api/words/Of${name.slice(0, 40)}`;
      await defineModel(http, { app: 'words', name: `Of${name.slice(0, 40)}`, fields: named(name) });

      const created = await createRecord(http, path, { [name]: `it's` });
      const listed = await http.get(`${path}?filter.${name}=it's&sortBy=${name}:DESC`);
      const changed = await http.patch(`${path}/1`, { [name]: 'other' });
      const deleted = await http.delete(`${path}/1`);

      expect(created).toEqual({ id: 1, [name]: `it's` });
      expect(listed).toMatchObject({ status: 200, body: { data: [created] } });
      expect(changed).toMatchObject({ status: 200, body: { [name]: 'other' } });
      expect(deleted).toMatchObject({ status: 204 });
    },
  );

  it.each(['users', 'user', 'select', 'Table', 'models', 'X', 'a'.repeat(48)])(
    'model %s works like any other',
    async (name) => {
      const answer = await http.post('/api/meta/models', { app: 'names', name, fields: [nameField] });

      expect(answer).toMatchObject({ status: 201, body: { app: 'names', name } });
      expect(await http.post(`/api/names/${name}`, { name: 'fine' })).toMatchObject({ status: 201 });
    },
  );

  it('hashes physical names that would be too long, so that long names stay apart', async () => {
    const app = 'a'.repeat(48);
    const names = [`${'m'.repeat(47)}x`, `${'m'.repeat(47)}y`];

    const [first, second] = await defineModels(
      http,
      names.map((name) => ({ app, name, fields: [{ ...nameField, unique: true }] })),
    );
    await createRecord(http, `/api/${app}/${first.name}`, { name: 'one' });

    expect(await http.get(`/api/${app}/${first.name}`)).toMatchObject({ body: { data: [{ name: 'one' }] } });
    expect(await http.get(`/api/${app}/${second.name}`)).toMatchObject({ body: { data: [] } });
  });

  it('makes sixteen long names unique together', async () => {
    const fields = Array.from({ length: 16 }, (_, index) => ({
      name: `${'f'.repeat(46)}${String.fromCharCode(97 + index)}`,
      type: 'integer',
      uniqueTogether: true,
    }));
    const record = Object.fromEntries(fields.map(({ name }) => [name, 1]));
    await defineModel(http, { app: 'long', name: 'Wide', fields });
    await createRecord(http, '/api/long/wide', record);

    const answer = await http.post('/api/long/wide', record);

    expect(answer).toMatchObject(problem(409, 'unique_violation', /fff/));
  });

  it.each(['📀 Répertoire', `'); DROP TABLE canary;--`, '<img src=x onerror=alert(1)>'])(
    'keeps verbose name, help and description as text: %s',
    async (text) => {
      const answer = await http.post('/api/meta/models', {
        app: 'labels',
        name: `L${Buffer.from(text).toString('hex').slice(0, 20)}`,
        verboseName: text,
        description: text,
        fields: [{ ...nameField, verboseName: text, help: text, description: text }],
      });

      expect(answer).toMatchObject({
        status: 201,
        body: { verboseName: text, description: text, fields: [{ verboseName: text, help: text, description: text }] },
      });
    },
  );
});
