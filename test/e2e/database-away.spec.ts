import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createPerson } from '../fixtures/accounts/people.js';
import { defineModel } from '../fixtures/arrange.js';
import { type AccountsServer, startAccountsServer } from '../support/accounts-server.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { eventually, eventualStatus } from '../support/eventually.js';
import type { Answer } from '../support/http.js';
import { startApp, type TestServer } from '../support/server.js';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.js';

const THING = { app: 'away', name: 'Thing', fields: [{ name: 'name', type: 'char' }] };
const PATHS = [
  '/health',
  '/health/ready',
  '/docs-json',
  '/api/auth/me',
  '/api/meta/models',
  '/api/meta/users',
  '/api/meta/admin',
  '/api/away/thing',
  '/api/away/thing/1',
  '/api/away/thing/export',
  '/api/away/none',
];

const isProblem = ({ status, headers, body }: Answer): boolean =>
  status === 503 &&
  Number(headers.get('retry-after')) > 0 &&
  Object(body).code === 'database_unavailable' &&
  !/ECONN|127\.0\.0\.1|terminated/.test(JSON.stringify(body));

describe('a server whose database goes away', () => {
  let database: TestDatabase;
  let proxy: TcpProxy;
  let server: AccountsServer;

  beforeAll(async () => {
    database = await createDatabase();
    proxy = await startTcpProxy(database.url);
    server = await startAccountsServer({ database: { ...database, url: proxy.url } });
    await defineModel(server.admin, THING);
    await server.admin.post('/api/away/thing', { name: 'chair' });
  });
  afterAll(async () => {
    await server?.close();
    await proxy?.close();
    await database?.drop();
  });

  it('answers 503 everywhere, stays alive, and goes on by itself when the database is back', async () => {
    // The key of the environment is known without the database.
    const { key } = await createPerson(server, [], { isSuperuser: true });
    const caller = server.bearer(key.key);
    proxy.cut();
    const answers: Record<string, boolean> = {};
    for (const path of PATHS) answers[`GET ${path}`] = isProblem(await caller.get(path));
    answers['POST record'] = isProblem(await caller.post('/api/away/thing', { name: 'table' }));
    answers['PATCH record'] = isProblem(await caller.patch('/api/away/thing/1', { name: 'table' }));
    answers['POST model'] = isProblem(await caller.post('/api/meta/models', { ...THING, name: 'Other' }));
    const alive = await server.anonymous.get('/health/live');

    proxy.heal();
    const ready = await eventualStatus(200, () => server.anonymous.get('/health/ready'));

    expect(Object.entries(answers).filter(([, isRight]) => !isRight)).toEqual([]);
    expect(alive).toMatchObject({ status: 200, body: { status: 'ok' } });
    expect(ready).toBe(200);
    expect(await server.admin.get('/api/away/thing/1')).toMatchObject({ status: 200, body: { name: 'chair' } });
    expect((await server.anonymous.get('/health')).body).toEqual({
      status: 'ok',
      checks: { process: 'ok', database: 'ok', schema: 'ok' },
    });
  });
});

describe('a server that is short of connections, or of time', () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startApp({
      options: { readTimeout: 300 },
      typeorm: { extra: { max: 2, connectionTimeoutMillis: 300 } },
    });
    await defineModel(server.http, THING);
    await server.http.post('/api/away/thing', { name: 'chair' });
  });
  afterAll(() => server?.close());

  it('answers 503 when no connection is free in time, and 200 when one is again', async () => {
    const runners = [server.dataSource.createQueryRunner(), server.dataSource.createQueryRunner()];
    for (const runner of runners) await runner.connect();

    const start = performance.now();
    const answers = await Promise.all([
      server.http.get('/api/away/thing'),
      server.http.get('/api/away/thing/1'),
      server.http.post('/api/away/thing', { name: 'no' }),
      server.http.post('/api/meta/models', { ...THING, name: 'No' }),
      server.http.get('/health'),
    ]);
    const waited = performance.now() - start;
    for (const runner of runners) await runner.release();

    expect(answers.map(isProblem)).toEqual(answers.map(() => true));
    expect(waited).toBeLessThan(5000);
    expect(await server.http.get('/api/away/thing')).toMatchObject({ status: 200, body: { meta: { totalItems: 1 } } });
  });

  it('51 ends a query that takes too long, also in the database, and says what to do', async () => {
    const holder = await createLock(server.database);
    const answers = await Promise.all([
      server.http.get('/api/away/thing?filter.name=$like:%25_%25_%25'),
      server.http.get('/api/away/thing?aggregate=count'),
    ]);
    const running = await eventually(
      () => server.database.query(`SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND wait_event_type = 'Lock'`),
      (rows) => rows.length === 0,
    );
    await holder.release();

    expect(answers).toMatchObject(answers.map(() => ({ status: 400, body: { code: 'query_timeout' } })));
    expect(running).toEqual([]);
    expect(await server.http.get('/api/away/thing/1')).toMatchObject({ status: 200 });
  });
});

/** Holds the table, so that every query on it waits. */
const createLock = async (database: TestDatabase) => {
  await database.query('BEGIN');
  await database.query('LOCK TABLE away_thing IN ACCESS EXCLUSIVE MODE');
  return { release: () => database.query('COMMIT') };
};
