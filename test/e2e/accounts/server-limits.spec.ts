import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createServer } from '../../../src/server.js';
import { problem } from '../../fixtures/problem.js';
import { createDatabase, type TestDatabase } from '../../support/database.js';
import { type Http, httpClient } from '../../support/http.js';
import { ADMIN_KEY } from '../../support/process.js';

const ADA = { email: 'ada@example.org', password: 'a rather long sentence' };
const REFUSED = problem(429, 'too_many_requests', /Try again in \d+ seconds/);

describe('limits of the standalone server', () => {
  let database: TestDatabase;
  let app: NestFastifyApplication;
  let url = '';
  let admin: Http;
  let keys: readonly string[] = [];

  const bearer = (key: string): Http => httpClient(url, { authorization: `Bearer ${key}` });
  const makeKey = async (name: string): Promise<string> => {
    const { body } = await admin.post<{ key: string }>('/api/meta/keys', { user: ADA.email, name });
    return body.key;
  };
  const change = (http: Http, name: string) => http.post('/api/meta/models', { app: 'limit', name });

  beforeAll(async () => {
    database = await createDatabase();
    const rateLimits = { schemaChanges: { limit: 3, seconds: 60 } };
    app = await createServer({ url: database.url, adminKey: ADMIN_KEY, firstSuperuser: ADA, rateLimits });
    await app.listen(0, '127.0.0.1');
    url = await app.getUrl();
    admin = bearer(ADMIN_KEY);
    keys = [await makeKey('one'), await makeKey('two')];
  });
  afterEach(() => database.query('TRUNCATE dynamo.rate_limit'));
  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });

  it('let nobody guess more than ten passwords a minute, nor sign in after that', async () => {
    const guesses = Array.from({ length: 12 }, (_, index) => ({ ...ADA, password: `guess ${index} of a password` }));

    const answers = await Promise.all(guesses.map((guess) => httpClient(url).post('/api/auth/login', guess)));
    const late = await httpClient(url).post('/api/auth/login', ADA);

    const refused = answers.filter(({ status }) => status === 429);
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(10);
    expect(refused).toEqual([expect.objectContaining(REFUSED), expect.objectContaining(REFUSED)]);
    expect(late).toMatchObject(REFUSED);
    expect(Number(late.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('count an account anew when its user has signed in, but not the address', async () => {
    const logIn = (password: string) => httpClient(url).post('/api/auth/login', { ...ADA, password });
    for (const guess of ['guess 1', 'guess 2', 'guess 3']) await logIn(guess);

    const answer = await logIn(ADA.password);

    expect(answer.status).toBe(200);
    expect(await database.query('SELECT hits FROM dynamo.rate_limit')).toEqual([{ hits: 4 }]);
  });

  it('count all keys of a user together, and each user apart', async () => {
    const [one = '', two = ''] = keys;

    const first = await change(bearer(one), 'First');
    const second = await change(bearer(two), 'Second');
    const third = await bearer(one).delete('/api/meta/models/limit.First');
    const refused = await change(bearer(two), 'Third');
    const other = await change(admin, 'Fourth');

    expect([first.status, second.status, third.family, other.status]).toEqual([201, 201, '2xx', 201]);
    expect(refused).toMatchObject(REFUSED);
    expect((await bearer(two).get('/api/meta/models')).status).toBe(200);
  });

  it('count who is nobody by the address', async () => {
    const statuses: number[] = [];
    for (const name of ['A', 'B', 'C', 'D']) statuses.push((await change(httpClient(url), name)).status);

    expect(statuses).toEqual([401, 401, 401, 429]);
  });
});
