import { networkInterfaces } from 'node:os';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DynamoError } from '../../../src/errors/dynamo.error.js';
import { createUser, OTHER_PASSWORD, PASSWORD } from '../../fixtures/accounts/people.js';
import { invalidToken } from '../../fixtures/accounts/problems.js';
import { logIn } from '../../support/signed-in.js';
import { createDatabase, type TestDatabase } from '../../support/database.js';
import { httpClient } from '../../support/http.js';
import { buildServer, type Environment, startServer } from '../../support/process.js';
import { type Program, startProgram } from '../../support/program.js';

const KEY = 'a-key-of-the-environment-0123456789';
const ADMIN = { DYNAMO_ADMIN_EMAIL: 'root@example.com', DYNAMO_ADMIN_PASSWORD: PASSWORD };
const ROOT = { email: ADMIN.DYNAMO_ADMIN_EMAIL, password: PASSWORD };
const LINK = /token=/;
const ONE_LINE = /^[A-Z]\S* [^\n]*$/;

/** An address of this machine that others can reach; undefined where there is none. */
const outside = Object.values(networkInterfaces())
  .flat()
  .find((address) => address?.family === 'IPv4' && !address.internal)?.address;

/** Environments that a server refuses to start in, each with what its sentence has to name. */
const REFUSED: readonly (readonly [string, Environment, RegExp])[] = [
  ['a key of 31 characters', { DYNAMO_ADMIN_KEY: 'x'.repeat(31) }, /DYNAMO_ADMIN_KEY.*32/],
  ['an address without a password', { DYNAMO_ADMIN_EMAIL: 'root@example.com' }, /DYNAMO_ADMIN_PASSWORD/],
  ['a password without an address', { DYNAMO_ADMIN_PASSWORD: PASSWORD }, /DYNAMO_ADMIN_EMAIL/],
  ['a short password', { ...ADMIN, DYNAMO_ADMIN_PASSWORD: 'short' }, /DYNAMO_ADMIN_PASSWORD.*12/],
  ['a common password', { ...ADMIN, DYNAMO_ADMIN_PASSWORD: 'password1234' }, /DYNAMO_ADMIN_PASSWORD/],
  ['an address that is none', { ...ADMIN, DYNAMO_ADMIN_EMAIL: 'root' }, /DYNAMO_ADMIN_EMAIL/],
  ['nothing, in production', { NODE_ENV: 'production' }, /DYNAMO_ADMIN_KEY|DYNAMO_ADMIN_EMAIL/],
  [
    'empty variables, in production',
    { NODE_ENV: 'production', DYNAMO_ADMIN_KEY: '', DYNAMO_ADMIN_EMAIL: '', DYNAMO_ADMIN_PASSWORD: '' },
    /DYNAMO_ADMIN_KEY|DYNAMO_ADMIN_EMAIL/,
  ],
];

describe('the environment', () => {
  let database: TestDatabase;
  let servers: Pick<Program, 'stop'>[] = [];

  const surroundings = (environment: Environment): Environment => ({
    DATABASE_URL: database.url,
    PORT: '0',
    DYNAMO_ADMIN_KEY: '',
    ...environment,
  });
  const start = async (environment: Environment = {}): Promise<Program> => {
    const server = await startProgram(surroundings(environment));
    servers.push(server);
    return server;
  };
  const stopAll = async () => {
    await Promise.all(servers.map((server) => server.stop()));
    servers = [];
  };
  const asKey = ({ url }: Pick<Program, 'url'>, key = KEY) => httpClient(url, { authorization: `Bearer ${key}` });

  beforeEach(async () => {
    database = await createDatabase();
  });
  afterEach(async () => {
    await stopAll();
    await database.drop();
  });

  it.each(REFUSED)('with %s starts nothing, and says so in a sentence', async (_title, environment, words) => {
    const error = await start(environment).then(
      () => undefined,
      (reason: unknown) => reason,
    );

    // What `main.ts` says in a sentence, and not with a stack.
    expect(error).toBeInstanceOf(DynamoError);
    expect(error).toMatchObject({ message: expect.stringMatching(ONE_LINE) });
    expect(error).toMatchObject({ message: expect.stringMatching(words) });
    expect(String(error)).not.toMatch(/granite|x{31}|password1234|\bshort\b/);
  });

  it('gives a key that may everything and is nowhere in the database', async () => {
    const server = await startServer(
      await buildServer(),
      surroundings({ NODE_ENV: 'production', DYNAMO_ADMIN_KEY: KEY }),
    );
    servers.push({ stop: async () => void (await server.stop()) });

    const answer = await asKey(server).get('/api/meta/users');

    expect(answer).toMatchObject({ status: 200, body: { data: [] } });
    expect(await asKey(server, `${KEY}x`).get('/api/meta/users')).toMatchObject(invalidToken);
    expect(server.printed()).not.toContain(KEY);
    expect(server.printed()).not.toMatch(LINK);
  });

  it('takes the key away with the variable', async () => {
    await asKey(await start({ DYNAMO_ADMIN_KEY: KEY, ...ADMIN })).get('/api/meta/users');
    await stopAll();
    const next = await start(ADMIN);

    expect(await asKey(next).get('/api/meta/users')).toMatchObject(invalidToken);
  });

  it('makes the first superuser, without a link', async () => {
    const server = await start({ NODE_ENV: 'production', ...ADMIN });

    const answer = await logIn(server.url, ROOT);

    expect(answer).toMatchObject({ status: 200, body: { isSuperuser: true, user: { email: ROOT.email } } });
    expect(server.printed()).not.toMatch(LINK);
    expect(server.printed()).not.toContain(PASSWORD);
  });

  it('changes nothing about a superuser that there is', async () => {
    await start(ADMIN);
    await stopAll();
    const server = await start({ ...ADMIN, DYNAMO_ADMIN_PASSWORD: OTHER_PASSWORD });

    expect(await logIn(server.url, { ...ROOT, password: OTHER_PASSWORD })).toMatchObject({ status: 401 });
    expect(await logIn(server.url, ROOT)).toMatchObject({ status: 200 });
  });

  it('makes no second superuser', async () => {
    await start(ADMIN);
    await stopAll();
    const server = await start({ ...ADMIN, DYNAMO_ADMIN_EMAIL: 'second@example.com' });

    expect(await logIn(server.url, { email: 'second@example.com', password: PASSWORD })).toMatchObject({ status: 401 });
  });

  it('raises nobody who has an account already to a superuser, and gives them no other password', async () => {
    const first = await start({ DYNAMO_ADMIN_KEY: KEY });
    await createUser(asKey(first), { email: ROOT.email, password: OTHER_PASSWORD });
    await stopAll();
    const second = await start({ DYNAMO_ADMIN_KEY: KEY, ...ADMIN }).catch(() => start({ DYNAMO_ADMIN_KEY: KEY }));

    expect(await asKey(second).get(`/api/meta/users/${ROOT.email}`)).toMatchObject({ body: { isSuperuser: false } });
    expect(await logIn(second.url, ROOT)).toMatchObject({ status: 401 });
    expect(await logIn(second.url, { ...ROOT, password: OTHER_PASSWORD })).toMatchObject({ status: 200 });
  });

  it('makes one superuser where several nodes start at the same time', async () => {
    const nodes = await Promise.all([start(ADMIN), start(ADMIN), start({ ...ADMIN, DYNAMO_ADMIN_KEY: KEY })]);

    const last = nodes.at(-1) ?? nodes[0];

    expect(await asKey(last).get('/api/meta/users')).toMatchObject({ body: { meta: { totalItems: 1 } } });
  });

  (outside === undefined ? it.skip : it)(
    'keeps a server that is not set up to this machine, whatever HOST says',
    async () => {
      const fresh = await start({ HOST: '0.0.0.0' });
      const { port } = new URL(fresh.url);

      const reached = await fetch(`http://${outside}:${port}/health`).then(
        () => 'reached',
        () => 'refused',
      );

      expect(reached).toBe('refused');
      expect(fresh.url).toMatch(/^http:\/\/127\.0\.0\.1:/);
      expect(fresh.printed()).toMatch(LINK);
      expect(fresh.printed()).toMatch(/127\.0\.0\.1 only/);
    },
  );

  (outside === undefined ? it.skip : it)('opens a server that has a superuser to whoever HOST says', async () => {
    await start(ADMIN);
    await stopAll();
    const server = await start({ HOST: '0.0.0.0' });
    const { port } = new URL(server.url);

    expect((await fetch(`http://${outside}:${port}/health`)).status).toBe(200);
  });

  it('lets nobody know more than that the server is there', async () => {
    const server = await start({ DYNAMO_ADMIN_KEY: KEY });

    const health = await httpClient(server.url).get('/health');
    const document = await httpClient(server.url).get('/docs-json');

    expect(health.body).toEqual({ status: 'ok', checks: { process: 'ok', database: 'ok', schema: 'ok' } });
    expect(document.text).not.toMatch(/postgres:|PostgreSQL \d|@127|DYNAMO_ADMIN/);
    expect([...health.headers.keys()]).not.toEqual(expect.arrayContaining(['x-powered-by', 'server']));
  });
});
