import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createUser, PASSWORD } from '../fixtures/accounts/people.js';
import { leaks } from '../fixtures/accounts/secrets.js';
import { createRecord, defineModel } from '../fixtures/arrange.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { eventually } from '../support/eventually.js';
import { httpClient } from '../support/http.js';
import { listeningPorts } from '../support/listening-ports.js';
import { ADMIN_KEY, buildServer, runServer, startServer, type ServerProcess } from '../support/process.js';
import { parseScrape } from '../support/prometheus-text.js';
import { logIn, signIn } from '../support/signed-in.js';

interface LogLine {
  readonly level: string;
  readonly message: string;
  readonly node: string;
  readonly [field: string]: unknown;
}

const CANARY = {
  value: 'canary-of-a-record-50771',
  filter: 'canary-of-a-filter-81023',
  wrongPassword: 'canary-typed-by-mistake-31',
  wrongEmail: 'canary-address@example.com',
};

let home: string;
let database: TestDatabase;

beforeAll(async () => {
  home = await buildServer();
  database = await createDatabase();
}, 240_000);
afterAll(async () => {
  await database.drop();
});

const onLinux = process.platform === 'linux' ? it : it.skip;

describe('a server that is watched', () => {
  let server: ServerProcess;
  let metricsUrl: string;

  const lines = (): readonly LogLine[] =>
    server
      .printed()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as LogLine);
  /** Lines are written after the answer. */
  const linesOf = async (requestId: string | null, count: number): Promise<readonly LogLine[]> =>
    eventually(
      async () => lines().filter((line) => line['requestId'] === requestId),
      ({ length }) => length >= count,
    );

  beforeAll(async () => {
    server = await startServer(home, {
      DATABASE_URL: database.url,
      PORT: '0',
      DYNAMO_METRICS_PORT: '0',
      DYNAMO_LOG_FORMAT: 'json',
      DYNAMO_NODE_NAME: 'node-a',
    });
    metricsUrl = String(lines()[0]?.['metrics']);
  }, 60_000);
  afterAll(async () => {
    await server?.stop();
  });

  it('says in one line of JSON where it is', () => {
    expect(lines()[0]).toEqual({
      level: 'log',
      pid: server.pid,
      timestamp: expect.any(Number),
      message: 'Dynamo is running.',
      node: 'node-a',
      admin: `${server.url}/admin/`,
      api: `${server.url}/api`,
      docs: `${server.url}/docs`,
      metrics: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/metrics$/),
      database: expect.not.stringContaining('@'),
    });
  });

  it('serves its metrics, those of its process included, on a port that has nothing else', async () => {
    const answer = await fetch(metricsUrl);
    const scrape = parseScrape(await answer.text());
    const { origin } = new URL(metricsUrl);

    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(scrape.value('dynamo_models')).toBe(0);
    expect(scrape.value('nodejs_eventloop_lag_p99_seconds')).toBeGreaterThan(0);
    expect(scrape.value('process_resident_memory_bytes')).toBeGreaterThan(1e6);
    expect((await fetch(`${origin}/`)).status).toBe(404);
    expect((await fetch(`${origin}/api/meta/models`)).status).toBe(404);
    expect((await fetch(metricsUrl, { method: 'POST' })).status).toBe(405);
    expect((await fetch(`${server.url}/metrics`)).status).toBe(404);
  });

  it('gives its connections to the database its name', async () => {
    const rows = await database.query<{ count: string }>(
      `SELECT count(*) FROM pg_stat_activity WHERE application_name = 'node-a' AND datname = current_database()`,
    );

    // One that listens, and at least one of the pool.
    expect(Number(rows[0]?.count)).toBeGreaterThanOrEqual(2);
  });

  it('logs a change of models in one line, and its request in another, under the id of the answer', async () => {
    const { headers } = await server.http.send(
      'POST',
      '/api/meta/models',
      JSON.stringify({ app: 'watched', name: 'Thing', fields: [{ name: 'name', type: 'char', unique: true }] }),
      { 'content-type': 'application/json', 'x-request-id': 'the-id-of-a-proxy' },
    );
    const id = headers.get('x-request-id');
    const [change, request, ...others] = await linesOf(id, 2);

    expect(id).toBe('the-id-of-a-proxy');
    expect(others).toEqual([]);
    expect(change).toEqual({
      level: 'log',
      pid: server.pid,
      timestamp: expect.any(Number),
      node: 'node-a',
      context: 'MetaSubscriber',
      message: 'Schema version 1: create watched.Thing',
      schemaVersion: 1,
      models: ['create watched.Thing'],
      operations: ['create_table', 'add_unique'],
      milliseconds: expect.any(Number),
      requestId: id,
    });
    expect(request).toEqual({
      level: 'log',
      pid: server.pid,
      timestamp: expect.any(Number),
      node: 'node-a',
      context: 'Request',
      message: 'POST /api/meta/models 201',
      method: 'POST',
      path: '/api/meta/models',
      route: '/api/meta/models',
      status: 201,
      milliseconds: expect.any(Number),
      requestId: id,
      key: 'DYNAMO_ADMIN_KEY',
      schemaVersion: 1,
    });
  });

  it('logs what went wrong with its stack, under the id of the answer and of its request', async () => {
    await database.query('ALTER TABLE dynamo.schema_change RENAME TO elsewhere');
    const { status, body } = await server.http.get<{ requestId: string }>('/api/meta/models/watched.Thing/history');
    await database.query('ALTER TABLE dynamo.elsewhere RENAME TO schema_change');
    const logged = await linesOf(body.requestId, 2);

    expect(status).toBe(500);
    expect(logged.length).toBe(2);
    expect(logged.find(({ level }) => level === 'error')).toMatchObject({
      context: 'ProblemFilter',
      message: `Request ${body.requestId} failed.`,
      stack: expect.stringContaining('schema_change'),
    });
    expect(logged.find(({ level }) => level === 'log')).toMatchObject({
      status: 500,
      route: '/api/meta/models/:id/history',
    });
  });

  it('logs requests that no route takes, or that are none', async () => {
    const nowhere = await fetch(`${server.url}/nowhere/at/all?token=x`);
    const malformed = await fetch(`${server.url}/%zz`);

    expect(await linesOf(nowhere.headers.get('x-request-id'), 1)).toMatchObject([
      { message: 'GET /nowhere/at/all 404', route: null },
    ]);
    expect(await linesOf(malformed.headers.get('x-request-id'), 1)).toMatchObject([{ message: 'GET /%zz 400' }]);
  });

  it('leaves out probes, unless they fail', async () => {
    const probe = await fetch(`${server.url}/health`);
    const last = await fetch(`${server.url}/health/none`);
    await linesOf(last.headers.get('x-request-id'), 1);

    expect(probe.status).toBe(200);
    expect(lines().filter(({ message }) => message.startsWith('GET /health')).length).toBe(1);
  });

  it('knows people and keys by their ids, and gives away no secret, address or value', async () => {
    const user = await createUser(server.http, { email: 'ann@example.com', isSuperuser: true });
    const browser = await signIn(server.url, { email: user.email, password: PASSWORD });
    await logIn(server.url, { email: user.email, password: CANARY.wrongPassword });
    await logIn(server.url, { email: CANARY.wrongEmail, password: CANARY.wrongPassword });
    const key = await browser.post<{ id: string; key: string }>('/api/auth/keys', { name: 'robot' });
    const robot = httpClient(server.url, { authorization: `Bearer ${key.body.key}` });
    await createRecord(browser, '/api/watched/thing', { name: CANARY.value });
    const twice = await robot.post('/api/watched/thing', { name: CANARY.value });
    await robot.get(`/api/watched/thing?filter.name=${CANARY.filter}&search=${CANARY.filter}`);
    await robot.post('/api/watched/thing', { name: [CANARY.value] });
    await defineModel(browser, {
      app: 'watched',
      name: 'Default',
      fields: [{ name: 'name', type: 'char', default: CANARY.value }],
    });
    await httpClient(server.url, { authorization: `Bearer ${CANARY.wrongPassword}` }).get('/api/auth/me');
    const last = await robot.get('/api/auth/me');
    const [line] = await linesOf(last.headers.get('x-request-id'), 1);

    expect(twice.status).toBe(409);
    expect(line).toMatchObject({ user: user.id, key: key.body.id });
    expect(lines().some((each) => each['user'] === user.id && each['key'] === undefined)).toBe(true);
    const secrets = {
      ...CANARY,
      adminKey: ADMIN_KEY,
      password: PASSWORD,
      email: user.email,
      key: key.body.key,
      keySecret: key.body.key.slice(13),
      session: browser.cookie.split('=')[1] ?? '',
      csrfToken: browser.csrfToken,
      databaseUrl: database.url,
    };
    expect(leaks(`x ${Buffer.from(CANARY.value).toString('base64')}`, secrets)).toEqual(['value']);
    expect(leaks(server.printed(), secrets)).toEqual([]);
  });

  it('ends with nothing but JSON said', async () => {
    const { code, stdout, stderr } = await server.stop();

    expect(code).toBe(0);
    const said = `${stdout}${stderr}`.trimEnd().split('\n');
    expect(said.filter((line) => typeof Object(JSON.parse(line)).message !== 'string')).toEqual([]);
    await expect(fetch(metricsUrl)).rejects.toThrow('fetch failed');
  });
});

describe('a server without these variables', () => {
  let server: ServerProcess;

  beforeAll(async () => {
    server = await startServer(home, { DATABASE_URL: database.url, PORT: '0', DYNAMO_LOG_LEVEL: 'log' });
  });
  afterAll(async () => {
    await server?.stop();
  });

  onLinux('listens on one port only', async () => {
    expect(await listeningPorts(server.pid)).toEqual([Number(new URL(server.url).port)]);
  });

  it('says in text, at the level that is asked for, who asked what', async () => {
    const { headers } = await server.http.get('/api/watched/thing?filter.name=x');
    const printed = await eventually(
      async () => server.printed(),
      (text) => text.includes('[Request]'),
    );

    expect(printed).toContain('[Request] GET /api/watched/thing 200 (route=/api/:app/:model, milliseconds=');
    expect(printed).toContain(`requestId=${headers.get('x-request-id')}, key=DYNAMO_ADMIN_KEY)`);
  });
});

describe('a server that cannot serve its metrics', () => {
  it('says so in one line', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;

    const { code, stdout, stderr } = await runServer(home, {
      DATABASE_URL: database.url,
      PORT: '0',
      DYNAMO_METRICS_PORT: String(port),
      DYNAMO_LOG_FORMAT: 'json',
    });
    other.close();

    expect([code, stdout]).toEqual([1, '']);
    expect(JSON.parse(stderr)).toMatchObject({
      level: 'fatal',
      code: 'invalid_environment',
      message: `Cannot serve metrics on port ${port} of 127.0.0.1 (EADDRINUSE). Change DYNAMO_METRICS_PORT or DYNAMO_METRICS_HOST.`,
    });
  });
});
