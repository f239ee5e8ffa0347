import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createCanary, expectUnharmed } from '../fixtures/canary.js';
import { defineModel, fieldOf } from '../fixtures/arrange.js';
import { snapshot } from '../fixtures/catalogue.js';
import { INVALID_NAMES, RESERVED_APPS, RESERVED_FIELDS, RESERVED_MODELS } from '../fixtures/hostile-names.js';
import { DATABASE_WORDS } from '../fixtures/database-words.js';
import { problem, problemAt } from '../fixtures/problem.js';
import type { Http, ModelBody } from '../support/http.js';
import { startApp, type TestServer } from '../support/server.js';

const nameField = { name: 'name', type: 'char' };
const named = (name: string) => [{ ...nameField, name }];

describe('wrong names', () => {
  let server: TestServer;
  let http: Http;
  let existing: ModelBody;
  let before: unknown;

  beforeAll(async () => {
    server = await startApp();
    http = server.http;
    await createCanary(server.database);
    existing = await defineModel(http, { app: 'music', name: 'MediaType', fields: [nameField] });
  });
  beforeEach(async () => {
    before = await snapshot(server.database);
  });
  afterAll(async () => {
    await expectUnharmed(server.database);
    await server.close();
  });

  describe('are refused and nothing is written', () => {
    it.each(INVALID_NAMES)('model: %s', async (_title, name) => {
      const answer = await http.post('/api/meta/models', { app: 'music', name, fields: [nameField] });

      expect(answer).toMatchObject(problemAt(400, 'invalid_name', 'name', /letter|NUL/));
      expect(await snapshot(server.database)).toEqual(before);
    });

    it.each(INVALID_NAMES)('field: %s', async (_title, name) => {
      const answer = await http.post('/api/meta/models', { app: 'music', name: 'Fresh', fields: named(name) });

      expect(answer).toMatchObject(problemAt(400, 'invalid_name', 'fields.0.name', /letter|NUL/));
      expect(await snapshot(server.database)).toEqual(before);
    });

    it.each(INVALID_NAMES)('app: %s', async (_title, app) => {
      const answer = await http.post('/api/meta/models', { app, name: 'Fresh', fields: [nameField] });

      expect(answer).toMatchObject(problemAt(400, 'invalid_name', 'app', /letter|NUL/));
      expect(await snapshot(server.database)).toEqual(before);
    });

    it.each(INVALID_NAMES)('target of a rename of a model: %s', async (_title, name) => {
      const answer = await http.patch(`/api/meta/models/${existing.id}`, { name });

      expect(answer).toMatchObject(problemAt(400, 'invalid_name', 'name', /letter|NUL/));
      expect(await snapshot(server.database)).toEqual(before);
    });

    it.each(INVALID_NAMES)('target of a rename of a field: %s', async (_title, name) => {
      const answer = await http.patch(`/api/meta/fields/${fieldOf(existing, 'name').id}`, { name });

      expect(answer).toMatchObject(problemAt(400, 'invalid_name', /name$/, /letter|NUL/));
      expect(await snapshot(server.database)).toEqual(before);
    });

    it.each(RESERVED_FIELDS)('field: %s is reserved', async (name) => {
      const answer = await http.post('/api/meta/models', { app: 'music', name: 'Fresh', fields: named(name) });

      expect(answer).toMatchObject(problemAt(400, 'reserved_name', 'fields.0.name', new RegExp(name)));
      expect(await snapshot(server.database)).toEqual(before);
    });

    it.each(RESERVED_FIELDS)('field added alone: %s is reserved', async (name) => {
      const answer = await http.post(`/api/meta/models/${existing.id}/fields`, { ...nameField, name });

      expect(answer).toMatchObject(problemAt(400, 'reserved_name', /name$/, new RegExp(name)));
      expect(await snapshot(server.database)).toEqual(before);
    });

    it.each(RESERVED_MODELS)('model: %s is reserved', async (name) => {
      const answer = await http.post('/api/meta/models', { app: 'music', name, fields: [nameField] });

      expect(answer).toMatchObject(problemAt(400, 'reserved_name', 'name', new RegExp(name)));
      expect(await snapshot(server.database)).toEqual(before);
    });

    it.each(RESERVED_APPS)('app: %s is reserved', async (app) => {
      const answer = await http.post('/api/meta/models', { app, name: 'Fresh', fields: [nameField] });

      expect(answer).toMatchObject(problemAt(400, 'reserved_name', 'app', new RegExp(app)));
      expect(await snapshot(server.database)).toEqual(before);
    });

    it.each(['MediaType', 'mediatype', 'MEDIATYPE', 'media_type', 'Media_Type'])(
      'model: %s is taken whatever its case and underscores',
      async (name) => {
        const answer = await http.post('/api/meta/models', { app: 'Music', name, fields: [nameField] });

        expect(answer).toMatchObject(problemAt(409, 'name_taken', 'name', new RegExp(name)));
        expect(await snapshot(server.database)).toEqual(before);
      },
    );

    it.each([
      ['the same', 'title', 'title'],
      ['another case', 'lastName', 'lastname'],
      ['an underscore more', 'lastName', 'last_name'],
    ])('two fields: %s', async (_title, first, second) => {
      const fields = [...named(first), ...named(second)];

      const answer = await http.post('/api/meta/models', { app: 'music', name: 'Fresh', fields });

      expect(answer).toMatchObject(problemAt(400, 'duplicate_field', 'fields.1.name', new RegExp(second)));
      expect(await snapshot(server.database)).toEqual(before);
    });

    it('field added alone: the name of another field', async () => {
      const answer = await http.post(`/api/meta/models/${existing.id}/fields`, { ...nameField, name: 'NAME' });

      expect(answer).toMatchObject(problemAt(400, 'duplicate_field', /name$/, /NAME/));
      expect(await snapshot(server.database)).toEqual(before);
    });

    it('two models of one request with one name', async () => {
      const model = { app: 'music', name: 'Twin', fields: [nameField] };

      const answer = await http.post('/api/meta/models', [model, { ...model, name: 'twin' }]);

      expect(answer).toMatchObject(problemAt(409, 'name_taken', /name$/, /twin/i));
      expect(await snapshot(server.database)).toEqual(before);
    });

    it('a field of the second model of a request, with its whole path', async () => {
      const models = [
        { app: 'music', name: 'Fine', fields: [nameField] },
        { app: 'music', name: 'Wrong', fields: [nameField, ...named('no good')] },
      ];

      const answer = await http.post('/api/meta/models', models);

      expect(answer).toMatchObject(problemAt(400, 'invalid_name', '1.fields.1.name', /no good/));
      expect(await snapshot(server.database)).toEqual(before);
    });

    it.each([
      '/api/music/constructor',
      '/api/music/__proto__',
      '/api/constructor/prototype',
      '/api/__proto__/__proto__',
      '/api/music/..%2f..%2fetc%2fpasswd',
      '/api/music/a%5Cb',
      '/api/music/mediatype%22%3B%20DROP%20TABLE%20canary',
    ])('address %s', async (path) => {
      const answer = await http.get(path);

      expect(answer).toMatchObject(problem(404, 'model_not_found', /\S/));
    });

    it('address that cannot be decoded', async () => {
      const answer = await http.get('/api/music/%E0%A4%A');

      expect(answer).toMatchObject({ family: '4xx', text: expect.not.stringMatching(DATABASE_WORDS) });
    });

    it.each(['/api/music/%00', '/api//', '/api/music/mediatype/1/2', '/nowhere'])(
      'address %s that no route has',
      async (path) => {
        const answer = await http.get(path);

        expect(answer).toMatchObject({ family: '4xx', contentType: expect.stringContaining('problem+json') });
      },
    );
  });
});
