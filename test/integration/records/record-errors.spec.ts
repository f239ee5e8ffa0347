import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { defineModel } from '../../fixtures/arrange.js';
import { DATABASE_WORDS } from '../../fixtures/database-words.js';
import type { Http } from '../../support/http.js';
import { startApp, type TestServer } from '../../support/server.js';

describe('a value that only the database can refuse', () => {
  let server: TestServer;
  let http: Http;

  beforeAll(async () => {
    server = await startApp();
    http = server.http;
  });
  afterAll(() => server?.close());

  it.each([
    ['unique', { type: 'text', unique: true }],
    ['indexed', { type: 'char', options: { maxLength: 10_000, index: true } }],
  ])(
    'is the mistake of the request, not of the server: a text too long for the index of a field that is %s',
    async (name, field) => {
      await defineModel(http, { app: 'long', name, fields: [{ name: 'value', ...field }] });
      // Random, because an index entry is compressed before it is measured.
      const value = randomBytes(4900).toString('hex');

      const answer = await http.post(`/api/long/${name}`, { value });

      expect(answer).toMatchObject({ status: 422, body: { code: 'refused_value' } });
      expect(answer.text).not.toMatch(DATABASE_WORDS);
      expect(await http.post(`/api/long/${name}`, { value: 'short' })).toMatchObject({ status: 201 });
    },
  );
});
