import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { defineModels } from '../fixtures/arrange.js';
import { problemAt, refusedAt } from '../fixtures/problem.js';
import type { Http } from '../support/http.js';
import { startApp, type TestServer } from '../support/server.js';

const MODELS = [
  { app: 'odd', name: 'Thing', fields: [{ name: 'title', type: 'char' }] },
  { app: 'odd', name: 'Sheet', primaryKey: 'uuid', fields: [{ name: 'words', type: 'char' }] },
  {
    app: 'odd',
    name: 'Note',
    fields: [{ name: 'about', type: 'foreign_key', relatedModel: 'odd.Thing', choices: [1, 3] }],
  },
];
const SHEET = '0b8f6f0e-7a0e-4c0e-9d4e-2f1a5b6c7d8e';

/** Requests that random ones have led to. */
describe('odd requests', () => {
  let server: TestServer;
  let http: Http;

  beforeAll(async () => {
    server = await startApp();
    http = server.http;
    await defineModels(http, MODELS);
  });
  afterAll(() => server?.close());

  describe('an id that JavaScript makes nothing of', () => {
    it.each<unknown>([{ toString: 1 }, { valueOf: 1, toString: 1 }, ['x'], {}, '\0'])('is refused: %j', async (id) => {
      const created = await http.post('/api/odd/thing', { title: 'x', id });
      const inList = await http.post('/api/odd/sheet', [{ words: 'x', id }]);

      expect(created).toMatchObject(refusedAt('id', 'invalid_type'));
      expect(inList).toMatchObject({ status: 422, body: { code: 'validation_failed' } });
    });

    it('is refused in a file', async () => {
      const lines = '{"id":{"toString":1}}\n';

      const answer = await http.send('POST', '/api/odd/thing/import', lines, {
        'content-type': 'application/x-ndjson',
      });

      expect(answer).toMatchObject({ status: 422, body: { code: 'import_failed', errors: [{ path: 'id' }] } });
    });
  });

  describe('choices of a relation', () => {
    it('are ids of the model that it points to', async () => {
      const answer = await http.post('/api/meta/models/odd.Note/fields', {
        name: 'sheet',
        type: 'foreign_key',
        relatedModel: 'odd.Sheet',
        choices: [SHEET],
      });

      expect(answer).toMatchObject({ status: 201, body: { choices: [SHEET] } });
    });

    it.each(['/api/meta/fields/odd.Note.about', '/api/meta/fields/odd.Note.about?confirm=x'])(
      'go with it to another model, or stay with it: %s',
      async (path) => {
        const answer = await http.patch(path, { relatedModel: 'odd.Sheet' });

        expect(answer).toMatchObject(
          problemAt(400, 'invalid_choices', 'choices', /must be the id of a related record/),
        );
      },
    );
  });
});
