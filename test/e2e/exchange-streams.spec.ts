import { once } from 'node:events';
import { get, type IncomingMessage, type Server } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { defineModels } from '../fixtures/arrange.js';
import { csv } from '../fixtures/exchange.js';
import { beginImport } from '../fixtures/half-sent.js';
import type { Http, ModelBody, PageBody } from '../support/http.js';
import { startApp, type TestServer } from '../support/server.js';

const ROWS = 50_000;
const FIELDS = [
  { name: 'name', type: 'char' },
  { name: 'note', type: 'text' },
];

describe.each(['fastify', 'express'] as const)('files that are larger than the memory, on %s', (adapter) => {
  let server: TestServer;
  let http: Http;
  let models: ModelBody[];

  const busy = () =>
    server.database.query(
      `SELECT query FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle' AND backend_type = 'client backend'`,
    );

  /** Waits until no connection has a transaction. */
  const untilIdle = async () => {
    for (const deadline = Date.now() + 3000; Date.now() < deadline && (await busy()).length > 0;) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return busy();
  };

  /** Waits until the first batch is written. */
  const untilBusy = async () => {
    for (const deadline = Date.now() + 3000; (await busy()).length === 0;) {
      if (Date.now() > deadline) throw new Error('Nothing is being written.');
    }
  };

  const total = async (path: string) => (await http.get<PageBody>(`${path}?limit=1`)).body.meta.totalItems;

  beforeAll(async () => {
    // As few connections as there can be, so that one that is not given back is missed.
    server = await startApp({ adapter, typeorm: { extra: { max: 3 } } });
    http = server.http;
    models = await defineModels(http, [
      { app: 'big', name: 'Source', fields: FIELDS },
      { app: 'big', name: 'Copy', fields: FIELDS },
    ]);
    await server.database.query(
      `INSERT INTO big_source (name, note) SELECT 'N' || n, repeat('x', 1000) FROM generate_series(1, ${ROWS}) n`,
    );
  });
  afterAll(() => server?.close());

  it('go from an export into an import without being a whole anywhere', async () => {
    const source = await fetch(new URL('/api/big/source/export', server.url));
    const options = { method: 'POST', body: source.body, duplex: 'half', headers: { 'content-type': 'text/csv' } };
    const answer = await fetch(new URL('/api/big/copy/import', server.url), options as RequestInit);

    expect(await answer.json()).toMatchObject({ records: ROWS, created: ROWS, failed: 0 });
    expect(await total('/api/big/copy')).toBe(ROWS);
  });

  it('are read from the database no faster than somebody takes them', async () => {
    const { stream } = await server.models.records('big.Source').export({ format: 'ndjson' });
    await once(stream, 'readable');
    await new Promise((resolve) => setTimeout(resolve, 100));

    const waiting = stream.readableLength;
    let size = 0;
    for await (const part of stream) size += Buffer.byteLength(part);

    expect(waiting).toBeLessThan(1_000_000);
    expect(size).toBeGreaterThan(50_000_000);
    expect(await busy()).toEqual([]);
  });

  it('let go of their connection when the reader goes away', async () => {
    for (const _attempt of [1, 2, 3, 4]) {
      const reading = get(new URL('/api/big/source/export', server.url));
      const [answer] = (await once(reading, 'response')) as [IncomingMessage];
      await once(answer, 'readable');
      reading.destroy();
    }

    expect(await untilIdle()).toEqual([]);
    expect(await total('/api/big/source')).toBe(ROWS);
  });

  it('are seen to be broken when the database fails on the way', async () => {
    const answer = await fetch(new URL('/api/big/source/export?format=json', server.url));
    const reader = answer.body?.getReader();
    await reader?.read();
    await server.database.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'FETCH %' AND state <> 'idle'`,
    );

    const rest = async () => {
      for (let part = await reader?.read(); part?.done === false;) part = await reader?.read();
    };

    expect(answer.status).toBe(200);
    await expect(rest()).rejects.toThrow('terminated');
    expect(await untilIdle()).toEqual([]);
    expect(await total('/api/big/source')).toBe(ROWS);
  });

  it('leave nothing behind when the sender goes away', async () => {
    const before = await total('/api/big/copy');
    const row = `N,${'y'.repeat(1000)}`;

    for (const _attempt of [1, 2, 3, 4]) {
      const sending = beginImport(server.url, '/api/big/copy/import');
      await sending.write(csv('name,note', ...Array.from({ length: 2000 }, () => row)));
      await untilBusy();
      sending.request.destroy();
    }

    expect(await untilIdle()).toEqual([]);
    expect(await total('/api/big/copy')).toBe(before);
  });

  it('leave nothing behind when the sender goes away after the last byte', async () => {
    const before = await total('/api/big/copy');
    const sending = beginImport(server.url, '/api/big/copy/import');
    const listener = server.app.getHttpServer() as Server;
    const connections = promisify(listener.getConnections.bind(listener));
    const disconnect = server.signals.connect('pre_save', async () => {
      disconnect();
      const all = await connections();
      sending.request.destroy();
      while ((await connections()) === all) await setImmediate();
    });

    sending.request.end(csv('name', 'Late', 'Later'));
    await new Promise((resolve) => sending.request.once('close', resolve));

    expect(await untilIdle()).toEqual([]);
    expect(await total('/api/big/copy')).toBe(before);
  });

  it('are refused before they end when there is enough to say', async () => {
    const sending = beginImport(server.url, '/api/big/copy/import');
    await sending.write(csv('id,name', ...Array.from({ length: 200 }, () => 'x,N')));

    const answer = await sending.answer();
    sending.request.destroy();

    expect(answer).toMatchObject({ status: 422, body: { code: 'import_failed', failed: 100 } });
    expect(await untilIdle()).toEqual([]);
  });

  it('are refused with an answer, however much of them is still to come', async () => {
    const rows = Array.from({ length: 20_000 }, () => `x,${'y'.repeat(1000)}`);
    const options = { method: 'POST', body: csv('id,note', ...rows), headers: { 'content-type': 'text/csv' } };

    const answer = await fetch(new URL('/api/big/copy/import', server.url), options);

    expect(await answer.json()).toMatchObject({ status: 422, code: 'import_failed', failed: 100 });
    expect(await total('/api/big/source')).toBe(ROWS);
  });

  it('say so when the model has changed while they came', async () => {
    const field = models[1]?.fields.find(({ name }) => name === 'note');
    const sending = beginImport(server.url, '/api/big/copy/import');
    await sending.write(csv('name,note', 'Late,x'));
    await http.patch(`/api/meta/fields/${field?.id}`, { name: 'remark' });
    sending.request.end();

    const answer = await sending.answer();
    const again = beginImport(server.url, '/api/big/copy/import');
    again.request.end(csv('name,remark', 'Late,x'));

    expect(answer).toMatchObject({
      status: 409,
      body: { code: 'schema_changed', detail: expect.stringMatching(/Repeat/) },
    });
    expect(await again.answer()).toMatchObject({ status: 200, body: { created: 1 } });
  });
});
