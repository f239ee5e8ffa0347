import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { LoggerService } from '@nestjs/common';
import { AppliedModelStore } from '../../src/database/applied-model.store.js';
import { ModelRegistry } from '../../src/index.js';
import { ModelLoader } from '../../src/pipeline/model.loader.js';
import { defineModel } from '../fixtures/arrange.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { eventually, eventualStatus } from '../support/eventually.js';
import { startApp, type TestServer } from '../support/server.js';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.js';

const NEVER = 3_600_000;
const JSON_TYPE = { 'content-type': 'application/json' };

const logged = (): LoggerService & { readonly lines: string[] } => {
  const lines: string[] = [];
  const write = (message: unknown) => void lines.push(String(message));
  return { lines, log: write, error: write, warn: write };
};

describe('nodes on one database', () => {
  let database: TestDatabase;
  let proxy: TcpProxy;
  let one: TestServer;
  /** Hears of changes by a connection that can be cut, and never looks by itself. */
  let listening: TestServer;
  /** Hears nothing and looks often. */
  let polling: TestServer;
  const log = logged();

  beforeAll(async () => {
    database = await createDatabase();
    proxy = await startTcpProxy(database.url);
    one = await startApp({ database, options: { schemaPollInterval: NEVER } });
    listening = await startApp({ database, options: { listenUrl: proxy.url, schemaPollInterval: NEVER } });
    polling = await startApp({
      database,
      options: { listenUrl: 'postgres://nobody@127.0.0.1:1/none', schemaPollInterval: 300 },
      configure: (app) => app.useLogger(log),
    });
    await defineModel(one.http, { app: 'nodes', name: 'Thing', fields: [{ name: 'name', type: 'char' }] });
    await defineModel(one.http, { app: 'nodes', name: 'Other', fields: [] });
  });
  afterAll(async () => {
    for (const server of [one, listening, polling]) await server?.close();
    await proxy?.close();
    await database?.drop();
  });

  const versionOf = ({ app }: TestServer) => app.get(ModelRegistry).version;
  const shown = async ({ http }: TestServer, field: string): Promise<number> =>
    eventualStatus(201, () => http.post('/api/nodes/thing', { [field]: 'x' }));

  it('take over what was changed while the connection for announcements was cut, and nothing else', async () => {
    await eventually(
      async () => versionOf(listening),
      (version) => version === versionOf(one),
    );
    const other = listening.app.get(ModelRegistry).get('nodes.Other');
    proxy.cut();
    await one.models.addField('nodes.Thing', { name: 'colour', type: 'char' });
    const whileCut = versionOf(listening);
    proxy.heal();

    expect(whileCut).toBeLessThan(versionOf(one));
    expect(
      await eventually(
        async () => versionOf(listening),
        (version) => version === versionOf(one),
      ),
    ).toBe(versionOf(one));
    expect(await shown(listening, 'colour')).toBe(201);
    expect(listening.app.get(ModelRegistry).get('nodes.Other')).toBe(other);
  });

  it('hear of changes again at once when the connection for announcements was cut for a moment', async () => {
    // A connection that has just been made is not taken for one that stood.
    await delay(300);
    proxy.cut(false);
    const start = performance.now();
    await one.models.addField('nodes.Thing', { name: 'height', type: 'char' });
    await eventually(
      async () => versionOf(listening),
      (version) => version === versionOf(one),
    );
    const elapsed = performance.now() - start;

    expect(versionOf(listening)).toBe(versionOf(one));
    expect(elapsed).toBeLessThan(700);
  });

  it('follow by looking alone, and say once that they cannot listen', async () => {
    await one.models.addField('nodes.Thing', { name: 'shape', type: 'char' });

    expect(
      await eventually(
        async () => versionOf(polling),
        (version) => version === versionOf(one),
      ),
    ).toBe(versionOf(one));
    expect(await shown(polling, 'shape')).toBe(201);
    expect(log.lines.filter((line) => line.startsWith('Cannot listen'))).toHaveLength(1);
  });

  it('look for a model that is unknown to them before they say that there is none, but not for each request', async () => {
    proxy.cut();
    await defineModel(one.http, { app: 'nodes', name: 'Fresh', fields: [] });
    const found = await listening.http.get('/api/nodes/fresh');

    const missing = await listening.http.get('/api/nodes/none');
    proxy.heal();

    const loader = listening.app.get(ModelLoader);
    const looks = jest.spyOn(listening.app.get(AppliedModelStore), 'findSince');
    await Promise.all(Array.from({ length: 300 }, () => loader.catchUpSparingly()));
    const ofMany = looks.mock.calls.length;
    const start = performance.now();
    for (let request = 0; request < 11; request += 1) await loader.catchUpSparingly();
    const elapsed = performance.now() - start;
    looks.mockRestore();

    expect(found.status).toBe(200);
    expect(missing.status).toBe(404);
    // The connection for announcements comes back at this moment, and looks too.
    expect(ofMany).toBeLessThan(4);
    expect(elapsed).toBeGreaterThan(10 * 20 * 0.9);
  });

  it('serve a request at the version that an answer to a write told, though nobody told them of the change', async () => {
    proxy.cut();
    const { id } = await one.models.get('nodes.Thing');
    const changed = await one.http.post(`/api/meta/models/${id}/fields`, { name: 'weight', type: 'integer' });
    const version = changed.headers.get('x-schema-version') ?? '';
    const headers = { ...JSON_TYPE, 'x-schema-version': version };

    const without = await listening.http.post('/api/nodes/thing', { weight: 1 });
    const late = await listening.http.send('POST', '/api/nodes/thing', '{"weight":1}', headers);
    proxy.heal();

    expect(Number(version)).toBe(versionOf(one));
    expect(without.status).toBe(422);
    expect(late).toMatchObject({ status: 201, body: { weight: 1 } });
    expect(late.headers.get('x-schema-version')).toBe(version);
  });

  it('refuse a version that nobody has reached, and what is none', async () => {
    const ask = (version: string) =>
      one.http.send('POST', '/api/nodes/thing', '{"name":"no"}', { ...JSON_TYPE, 'x-schema-version': version });

    const ahead = await ask('999999');
    const wrong = await Promise.all(['', 'x', '-1', '1.5', '1e3', '9'.repeat(40), '1, 2'].map(ask));

    expect(ahead).toMatchObject({ status: 409, body: { code: 'schema_behind' } });
    expect(ahead.headers.get('retry-after')).toBe('1');
    expect(wrong.map(({ status, body }) => ({ status, ...Object(body) }))).toEqual(
      wrong.map(() => expect.objectContaining({ status: 400, code: 'invalid_schema_version' })),
    );
    expect((await one.http.get('/api/nodes/thing?filter.name=no')).body).toMatchObject({ data: [] });
  });

  it('tell the version with every answer to a write, and with no answer to a read', async () => {
    const version = String(versionOf(one));
    const { body } = await one.http.post<{ id: number }>('/api/nodes/thing', { name: 'chair' });
    const path = `/api/nodes/thing/${body.id}`;
    const writes = [
      await one.http.patch(path, { name: 'table' }),
      await one.http.put(path, { name: 'desk' }),
      await one.http.patch('/api/nodes/thing?filter.name=desk', { name: 'sofa' }),
      await one.http.patch(path, { none: 1 }),
      await one.http.delete(path),
      await one.http.post('/api/nodes/thing/import', [{ name: 'lamp' }]),
    ];

    expect(writes.map(({ status }) => status)).toEqual([200, 200, 200, 422, 204, 200]);
    expect(writes.map(({ headers }) => headers.get('x-schema-version'))).toEqual(writes.map(() => version));
    expect((await one.http.get('/api/nodes/thing')).headers.get('x-schema-version')).toBeNull();
  });

  it('find out that announcements do not arrive, and say what to do', async () => {
    const warnings = logged();
    const another = await createDatabase();
    const deaf = await startApp({
      database,
      // Another database, where nobody of these speaks: as behind a pooler, LISTEN succeeds and nothing ever comes.
      options: { listenUrl: another.url, schemaPollInterval: 100 },
      configure: (app) => app.useLogger(warnings),
    });

    const lines = await eventually(
      async () => warnings.lines.filter((line) => line.includes('DYNAMO_LISTEN_URL')),
      ({ length }) => length > 0,
    );
    await one.models.addField('nodes.Thing', { name: 'depth', type: 'char' });
    const status = await shown(deaf, 'depth');
    await deaf.close();
    await another.drop();

    expect(lines).toHaveLength(1);
    expect(status).toBe(201);
  });
});
