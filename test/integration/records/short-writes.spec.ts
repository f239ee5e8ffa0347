import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { AbstractLogger } from 'typeorm';
import { createRecord, defineModels } from '../../fixtures/arrange.js';
import type { Http } from '../../support/http.js';
import { startApp, type TestServer } from '../../support/server.js';

/** Keeps how transactions begin and end: they go through TypeORM. */
class Statements extends AbstractLogger {
  readonly texts: string[] = [];

  override logQuery(query: string): void {
    if (/^(START TRANSACTION|COMMIT|ROLLBACK)$/.test(query)) this.texts.push(query);
  }

  protected writeLog(): void {}
}

describe('writes of one record', () => {
  let server: TestServer;
  let http: Http;
  let logged: Statements;

  beforeAll(async () => {
    server = await startApp();
    http = server.http;
    await defineModels(http, [
      { app: 'short', name: 'Tag', fields: [{ name: 'name', type: 'char' }] },
      {
        app: 'short',
        name: 'Post',
        fields: [
          { name: 'name', type: 'char' },
          { name: 'tags', type: 'many_to_many', relatedModel: 'short.Tag' },
        ],
      },
    ]);
    await createRecord(http, '/api/short/tag', { name: 'one' });
    await createRecord(http, '/api/short/post', { name: 'first' });
    logged = new Statements();
    server.dataSource.logger = logged;
  });
  afterEach(() => {
    logged.texts.length = 0;
  });
  afterAll(() => server?.close());

  it('take no transaction as long as one statement is enough', async () => {
    await http.post('/api/short/post', { name: 'second' });
    await http.post('/api/short/post', { name: 'third', tags: [] });
    await http.patch('/api/short/post/1', { name: 'changed' });
    await http.put('/api/short/tag/1', { name: 'changed' });
    await http.patch('/api/short/post?filter.id=2', { name: 'changed' });
    await http.delete('/api/short/post?filter.id=2');
    await http.delete('/api/short/post/3');

    expect(logged.texts).toEqual([]);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['related records', () => http.patch('/api/short/post/1', { tags: [1] })],
    ['new records with related ones', () => http.post('/api/short/post', { tags: [1] })],
    ['a tag that must match', () => http.send('DELETE', '/api/short/post/1', '', { 'if-match': '"old"' })],
  ])('take one for %s', async (_title, write) => {
    await write();

    expect(logged.texts).toEqual(['START TRANSACTION', expect.stringMatching(/^(COMMIT|ROLLBACK)$/)]);
  });

  it.each(['post_save', 'record_written'] as const)('take one as soon as somebody wants %s', async (signal) => {
    const disconnect = server.signals.connect(signal, () => undefined, { model: 'short.Post' });

    await http.patch('/api/short/post/1', { name: 'heard' });
    await http.patch('/api/short/tag/1', { name: 'nobody’s' });
    disconnect();
    await http.patch('/api/short/post/1', { name: 'unheard' });

    expect(logged.texts).toEqual(['START TRANSACTION', 'COMMIT']);
  });
});
