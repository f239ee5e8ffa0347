import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { defineModel } from '../fixtures/arrange.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { eventually } from '../support/eventually.js';
import { startApp, type TestServer } from '../support/server.js';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.js';

/** What a change may hold a table for without a word, and some time to tell. */
const PATIENCE = 12_000;
/** Ends the session that waits for a table. */
const ENDED = `
  SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock' AND query ~ '^(ALTER|LOCK) TABLE'`;

describe('a node that freezes in the middle of a change', () => {
  let database: TestDatabase;
  let proxy: TcpProxy;
  let frozen: TestServer;
  let other: TestServer;

  beforeAll(async () => {
    database = await createDatabase();
    proxy = await startTcpProxy(database.url);
    frozen = await startApp({ database: { ...database, options: { type: 'postgres', url: proxy.url } } });
    other = await startApp({ database });
    await defineModel(other.http, { app: 'ice', name: 'Thing', fields: [{ name: 'name', type: 'char' }] });
    await other.http.post('/api/ice/thing', { name: 'chair' });
  });
  afterAll(async () => {
    proxy?.heal();
    await frozen?.close();
    await other?.close();
    await proxy?.close();
    await database?.drop();
  });

  it('lets the others have the table after some seconds, and is told that nothing was changed', async () => {
    const { id } = await other.models.get('ice.Thing');
    proxy.hangAfter('ADD COLUMN');
    const change = frozen.http.post(`/api/meta/models/${id}/fields`, { name: 'size', type: 'integer' });
    await new Promise((resolve) => setTimeout(resolve, 500));

    const start = performance.now();
    const read = await other.http.get('/api/ice/thing/1');
    const written = await other.http.post('/api/ice/thing', { name: 'table' });
    const next = await other.http.post(`/api/meta/models/${id}/fields`, { name: 'colour', type: 'char' });
    const elapsed = performance.now() - start;
    proxy.heal();
    const answer = await change;

    expect([read.status, written.status, next.status]).toEqual([200, 201, 201]);
    expect(elapsed).toBeLessThan(PATIENCE);
    expect(answer).toMatchObject({ status: 503, body: { code: 'change_not_applied' } });
    expect((await other.models.get('ice.Thing')).fields.map(({ name }) => name)).toEqual(['name', 'colour']);
  }, 60_000);

  it('is told that nothing was changed when the database ends its session in the middle of a statement', async () => {
    const { id } = await other.models.get('ice.Thing');
    const reader = new Client({ connectionString: database.url });
    await reader.connect();
    await reader.query('BEGIN');
    await reader.query('SELECT FROM ice_thing');
    const field = { name: 'weight', type: 'integer' };

    const change = other.http.post(`/api/meta/models/${id}/fields`, field);
    await eventually(
      () => database.query(ENDED),
      (rows) => rows.length > 0,
    );
    const answer = await change;
    await reader.end();
    const again = await other.http.post(`/api/meta/models/${id}/fields`, field);

    expect(answer).toMatchObject({ status: 503, body: { code: 'change_not_applied' } });
    expect(again.status).toBe(201);
  });
});
