import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { DEFAULT_RATE_LIMITS } from '../../../src/accounts/throttling/rate-limits.js';
import { startLimitedApp } from '../../fixtures/accounts/limited-app.js';
import { problem } from '../../fixtures/problem.js';
import { createDatabase, type TestDatabase } from '../../support/database.js';
import { type Answer, httpClient } from '../../support/http.js';

const LIMITS = {
  loginsByAddress: { limit: 5, seconds: 60 },
  loginsByAccount: { limit: 3, seconds: 300 },
  schemaChanges: { limit: 4, seconds: 60 },
};
const REFUSED = problem(429, 'too_many_requests', /too many requests of this kind\. Try again in \d+ seconds\./);

describe('the limits', () => {
  it('are ten logins a minute by address and in five minutes by account, and 600 changes of the schema a minute', () => {
    expect(DEFAULT_RATE_LIMITS).toEqual({
      loginsByAddress: { limit: 10, seconds: 60 },
      loginsByAccount: { limit: 10, seconds: 300 },
      schemaChanges: { limit: 600, seconds: 60 },
    });
  });
});

describe.each(['fastify', 'express'] as const)('limits of requests, on %s', (adapter) => {
  let database: TestDatabase;
  let app: Awaited<ReturnType<typeof startLimitedApp>>;

  const from = (address: string, headers: Readonly<Record<string, string>> = {}) =>
    httpClient(app.url, { 'x-forwarded-for': address, ...headers });
  const logIn = (address: string, email: unknown, path = '/login'): Promise<Answer> =>
    from(address).post(path, { email, password: 'x' });
  const statuses = async (answers: readonly Promise<Answer>[]): Promise<readonly number[]> =>
    (await Promise.all(answers)).map(({ status }) => status).sort();
  const times = <T>(count: number, make: (index: number) => T): readonly T[] =>
    Array.from({ length: count }, (_, index) => make(index));

  beforeAll(async () => {
    database = await createDatabase();
    app = await startLimitedApp(database, LIMITS, { adapter, isBehindProxy: true });
  });
  afterEach(() => database.query('TRUNCATE limited.rate_limit'));
  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });

  it('hold for logins from one address, whatever the account', async () => {
    const answers = await statuses(times(7, (index) => logIn('203.0.113.1', `user${index}@example.org`)));

    const refused = await logIn('203.0.113.1', 'another@example.org');
    const elsewhere = await logIn('203.0.113.2', 'another@example.org');

    expect(answers).toEqual([200, 200, 200, 200, 200, 429, 429]);
    expect(refused).toMatchObject(REFUSED);
    expect(refused.headers.get('retry-after')).toBe('60');
    expect(elsewhere).toMatchObject({ status: 200, text: 'signed in' });
  });

  it('hold for logins to one account, wherever from and however it is spelled', async () => {
    const spellings = ['ada@example.org', 'ADA@example.org', 'Ada@Example.Org', 'ada@example.org', 'ádA@example.org'];

    const answers = await statuses(spellings.map((email, index) => logIn(`203.0.113.${index}`, email)));
    const refused = await logIn('203.0.113.9', 'ada@example.org');
    const other = await logIn('203.0.113.9', 'bob@example.org');

    expect(answers).toEqual([200, 200, 200, 429, 429]);
    expect(refused).toMatchObject(REFUSED);
    expect(refused.headers.get('retry-after')).toBe('300');
    expect(other.status).toBe(200);
  });

  it('count an account no further from an address that is refused', async () => {
    await statuses(times(6, (index) => logIn('203.0.113.1', `user${index}@example.org`)));
    await statuses(times(5, () => logIn('203.0.113.1', 'ada@example.org')));

    const answer = await logIn('203.0.113.2', 'ada@example.org');

    expect(answer.status).toBe(200);
  });

  it.each([
    ['a list', ['ada@example.org']],
    ['an object', { $ne: null }],
    ['nothing', undefined],
    ['a text that no account has', 'x'.repeat(300)],
  ])('count by address only when the email is %s', async (_title, email) => {
    const answers = await statuses(times(5, (index) => logIn(`198.51.100.${index}`, email)));

    expect(answers).toEqual([200, 200, 200, 200, 200]);
  });

  it('are shared by all handlers of logins', async () => {
    await statuses(times(3, () => logIn('203.0.113.1', 'ada@example.org')));

    const answer = await logIn('203.0.113.1', 'ada@example.org', '/login-again');

    expect(answer).toMatchObject(REFUSED);
  });

  it('take all addresses of a /64 of IPv6 for one', async () => {
    const answers = await statuses(times(6, (index) => logIn(`2001:db8:0:1::${index}`, `user${index}@example.org`)));
    const other = await logIn('2001:db8:0:2::1', 'ada@example.org');

    expect(answers).toEqual([200, 200, 200, 200, 200, 429]);
    expect(other.status).toBe(200);
  });

  it('hold for changes of the schema by one caller, wherever from, and not for looking at it', async () => {
    const change = (index: number, caller: string) =>
      from(`203.0.113.${index}`, { 'x-caller': caller }).post('/models');

    const answers = await statuses(times(6, (index) => change(index, 'ada')));
    const refused = await change(9, 'ada');
    const other = await change(9, 'bob');
    const looks = await statuses(times(6, () => from('203.0.113.1', { 'x-caller': 'ada' }).get('/models')));

    expect(answers).toEqual([201, 201, 201, 201, 429, 429]);
    expect(refused).toMatchObject(REFUSED);
    expect(other.status).toBe(201);
    expect(looks).toEqual([200, 200, 200, 200, 200, 200]);
  });

  it('hold for changes of the schema from one address where nobody is known to ask', async () => {
    const answers = await statuses(times(5, () => from('203.0.113.1').post('/models')));
    const elsewhere = await from('203.0.113.2').post('/models');

    expect(answers).toEqual([201, 201, 201, 201, 429]);
    expect(elsewhere.status).toBe(201);
  });

  it('hold for nothing else', async () => {
    const free = await statuses(times(8, () => from('203.0.113.1').post('/free', { email: 'ada@example.org' })));
    const records = await statuses(times(8, () => from('203.0.113.1').post('/records')));

    expect(new Set(free)).toEqual(new Set([200]));
    expect(new Set(records)).toEqual(new Set([201]));
    expect(await database.query('SELECT FROM limited.rate_limit')).toEqual([]);
  });

  it('leave nothing readable in the database, and tell nobody how much is left', async () => {
    const { headers } = await logIn('203.0.113.1', 'ada@example.org');

    const [{ content }] = await database.query<{ content: string }>(
      `SELECT string_agg(encode(key_hash, 'escape'), ' ') AS content FROM limited.rate_limit`,
    );
    expect(content).not.toMatch(/ada|203/);
    expect([...headers.keys()].filter((header) => /limit|retry/.test(header))).toEqual([]);
  });

  it('answer 503 when the database goes away', async () => {
    const blocker = new Client({ connectionString: database.url });
    await blocker.connect();
    await blocker.query('BEGIN; LOCK TABLE limited.rate_limit');
    const answered = logIn('203.0.113.1', 'ada@example.org');

    const ended = `SELECT pg_terminate_backend(pid) FROM pg_locks JOIN pg_stat_activity USING (pid)
      WHERE NOT granted AND datname = current_database()`;
    while ((await database.query(ended)).length === 0);
    const answer = await answered;
    await blocker.end();

    expect(answer).toMatchObject(problem(503, 'database_unavailable', /database/));
  });
});

describe.each(['fastify', 'express'] as const)('limits of requests without a trusted proxy, on %s', (adapter) => {
  it('count by the address that is really connected', async () => {
    const database = await createDatabase();
    const app = await startLimitedApp(database, LIMITS, { adapter, isBehindProxy: false });

    const answers: number[] = [];
    for (const index of [1, 2, 3, 4, 5, 6]) {
      const http = httpClient(app.url, {
        'x-forwarded-for': `203.0.113.${index}`,
        forwarded: `for=203.0.113.${index}`,
      });
      answers.push((await http.post('/login', { email: `user${index}@example.org` })).status);
    }
    await app.close();
    await database.drop();

    expect(answers).toEqual([200, 200, 200, 200, 200, 429]);
  });
});
