import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { OTHER_PASSWORD, PASSWORD, whoIs } from '../../fixtures/accounts/people.js';
import { invalidToken, problem, problemAt, unknown } from '../../fixtures/accounts/problems.js';
import { expireSetupTokens, everyRow } from '../../support/accounts-tables.js';
import { browserOf, logIn, type SignedIn } from '../../support/signed-in.js';
import { createDatabase, type TestDatabase } from '../../support/database.js';
import { eventually } from '../../support/eventually.js';
import { buildServer, startServer } from '../../support/process.js';
import { type Program, startProgram } from '../../support/program.js';
import { wireClient } from '../../support/wire.js';

const LINK = /(http:\/\/127\.0\.0\.1:\d+)\/\S*#\S*token=([A-Za-z0-9_-]{32,})/;
const ROOT = { email: 'root@example.com', password: PASSWORD, name: 'Root' };

describe('79 the first start', () => {
  let database: TestDatabase;
  let servers: Program[] = [];

  const start = async (): Promise<Program> => {
    const server = await startProgram({ DATABASE_URL: database.url, PORT: '0', DYNAMO_ADMIN_KEY: '' });
    servers.push(server);
    return server;
  };
  const tokenOf = ({ printed }: Pick<Program, 'printed'>): string => LINK.exec(printed())?.[2] ?? 'no link was printed';
  const startNew = async () => {
    const server = await start();
    return { server, token: tokenOf(server) };
  };
  const setUp = ({ url }: Program, token: unknown, account: object = ROOT) =>
    wireClient(url).post<SignedIn>('/api/auth/setup', { token, ...account });

  beforeEach(async () => {
    database = await createDatabase();
  });
  afterEach(async () => {
    await Promise.all(servers.map((server) => server.stop()));
    servers = [];
    await database.drop();
  });

  it('prints a link, once, and keeps nothing of it that opens the door', async () => {
    const environment = { DATABASE_URL: database.url, PORT: '0', DYNAMO_ADMIN_KEY: '' };
    const server = await startServer(await buildServer(), environment);
    const printed = await eventually(
      async () => server.printed(),
      (text) => LINK.test(text),
    );

    const stored = JSON.stringify(await everyRow(database));
    await server.stop();

    const token = tokenOf({ printed: () => printed });
    expect(printed).toMatch(/30 minutes/);
    expect(server.printed().split(token)).toHaveLength(2);
    expect(stored).not.toContain(token);
  });

  it('lets nobody in, and answers that it is alive', async () => {
    const server = await start();
    const http = wireClient(server.url);

    const answers = await Promise.all([
      http.get('/api/meta/models'),
      http.post('/api/meta/models', { app: 'shop', name: 'Product', fields: [] }),
      http.get('/api/meta/users'),
      http.get('/api/shop/product'),
    ]);

    expect(answers).toMatchObject(answers.map(() => unknown));
    expect(await http.get('/health')).toMatchObject({ status: 200 });
  });

  it('knows no account that came with it, and takes no other token', async () => {
    const { server } = await startNew();
    const pairs = ['admin@example.com admin', 'admin admin', 'root@example.com changeme', 'dynamo dynamo', ' '];
    const wrong = ['wrong', '', null, {}, [], true, { $ne: null }, 'x'.repeat(10_000)];

    const logins = await Promise.all(
      pairs.map((pair) => logIn(server.url, { email: pair.split(' ')[0], password: pair.split(' ')[1] })),
    );
    const setUps = await Promise.all(wrong.map((token) => setUp(server, token)));

    expect(logins).toMatchObject(logins.map(() => problem(401, 'invalid_credentials', /\S/)));
    expect(setUps).toMatchObject(setUps.map(() => invalidToken));
    expect(await logIn(server.url, ROOT)).toMatchObject({ status: 401 });
  });

  it('makes the first superuser, who is signed in', async () => {
    const { server, token } = await startNew();

    const answer = await setUp(server, token);

    expect(answer).toMatchObject({
      status: 201,
      body: { user: { email: ROOT.email, name: 'Root' }, isSuperuser: true, maySchema: true },
    });
    const browser = browserOf(server.url, answer);
    expect(await whoIs(browser)).toBe(ROOT.email);
    expect(await browser.post('/api/meta/groups', { name: 'First' })).toMatchObject({ status: 201 });
    expect(await logIn(server.url, ROOT)).toMatchObject({ status: 200 });
  });

  it('works once', async () => {
    const { server, token } = await startNew();
    await setUp(server, token);

    const again = await setUp(server, token, { ...ROOT, email: 'second@example.com' });
    const wrong = await setUp(server, 'wrong', { ...ROOT, email: 'second@example.com' });

    expect([again, wrong]).toMatchObject([problem(409, 'already_set_up', /\S/), problem(409, 'already_set_up', /\S/)]);
    expect(await logIn(server.url, { ...ROOT, email: 'second@example.com' })).toMatchObject({ status: 401 });
  });

  it('makes one superuser where several use it at the same time', async () => {
    const { server, token } = await startNew();
    const accounts = Array.from({ length: 8 }, (_, at) => ({ ...ROOT, email: `root${at}@example.com` }));

    const answers = await Promise.all(accounts.map((account) => setUp(server, token, account)));

    const winners = answers.filter(({ status }) => status === 201);
    expect(winners).toHaveLength(1);
    expect(answers.filter(({ status }) => [401, 409].includes(status))).toHaveLength(7);
    const users = await browserOf(server.url, winners[0] ?? answers[0]).get('/api/meta/users');
    expect(users).toMatchObject({ body: { meta: { totalItems: 1 } } });
  });

  it('is over when it has expired', async () => {
    const { server, token } = await startNew();
    await expireSetupTokens(database);

    expect(await setUp(server, token)).toMatchObject(invalidToken);
    expect(await logIn(server.url, ROOT)).toMatchObject({ status: 401 });
  });

  it('makes no superuser with a password that is weak, and works after that', async () => {
    const { server, token } = await startNew();

    const weak = await setUp(server, token, { ...ROOT, password: 'password1234' });
    const noAddress = await setUp(server, token, { ...ROOT, email: 'nobody' });

    expect(weak).toMatchObject(problemAt(400, 'weak_password', 'password', /\S/));
    expect(noAddress).toMatchObject({ status: 400 });
    expect(await setUp(server, token)).toMatchObject({ status: 201 });
  });

  it('prints another link at the next start, and none after the set-up', async () => {
    const first = await startNew();
    await first.server.stop();
    const second = await startNew();
    const made = await setUp(second.server, second.token);
    await second.server.stop();
    const third = await start();

    expect(first.token).not.toBe(second.token);
    expect(made).toMatchObject({ status: 201 });
    expect(await setUp(third, first.token)).toMatchObject(problem(409, 'already_set_up', /\S/));
    expect(await logIn(third.url, { ...ROOT, password: OTHER_PASSWORD })).toMatchObject({ status: 401 });
    expect(await logIn(third.url, ROOT)).toMatchObject({ status: 200 });
    expect(third.printed()).not.toMatch(LINK);
  });

  it('goes to nobody else: the token stands where browsers do not send it, and other pages cannot use it', async () => {
    const { server, token } = await startNew();

    const byAddress = await wireClient(server.url).post(`/api/auth/setup?token=${token}`, ROOT);
    const forged = await wireClient(server.url, { origin: 'https://evil.example' }).post('/api/auth/setup', {
      token,
      ...ROOT,
    });

    expect(byAddress).toMatchObject(invalidToken);
    expect(forged.family).toBe('4xx');
    expect(await setUp(server, token)).toMatchObject({ status: 201 });
  });
});
