import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, it } from '@jest/globals';
import { APP_GUARD } from '@nestjs/core';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { runDynamo, runInside as dynamo } from '../support/command.js';
import { buildServer, startServer } from '../support/process.js';
import { KeyGuard } from '../fixtures/host.js';
import { DynamoModule, OpenAccess } from '../../src/index.js';
import { startApp, type TestServer } from '../support/server.js';

const PRODUCT = { app: 'shop', name: 'Product', fields: [{ name: 'title', type: 'char' }] };

const PROJECT = process.cwd();
let directory: string;
const written = (name = 'dynamo-models.d.ts') => readFile(join(directory, name), 'utf8');

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'dynamo-command-'));
  process.chdir(directory);
});
afterEach(async () => {
  process.chdir(PROJECT);
  await rm(directory, { recursive: true, force: true });
});

describe('dynamo', () => {
  it.each([
    [['--help'], /^Usage: dynamo <command> \[options\]\n[^]*types +Write TypeScript declarations[^]*start +Start/],
    [['-h'], /^Usage: dynamo <command>/],
    [['types', '--help'], /^Usage: dynamo types \[options\]\n[^]*--database-url/],
    [['start', '--help'], /^Usage: dynamo start\n[^]*DATABASE_URL/],
    [['--version'], /^\d+\.\d+\.\d+\n$/],
  ])('%j prints what there is to know', async (parameters, text) => {
    expect(await dynamo(parameters)).toEqual({ code: 0, stdout: expect.stringMatching(text), stderr: '' });
  });

  it.each([
    [[], /^Say which command\.\n\nUsage: dynamo/],
    [['tpyes'], /^There is no command "tpyes"\. See: dynamo --help\n$/],
    [['types', '--url', 'shop'], /^--url must be an address such as http:\/\/127\.0\.0\.1:3000, but it is "shop"\.\n$/],
    [['types', '--url', 'http://127.0.0.1:1', '--database-url', 'postgres://x'], /^--url and --database-url exclude/],
    [
      ['types', '--url', 'http://127.0.0.1:1', '--header', 'secret'],
      /^--header must look like "Authorization: Bearer …"\.\n$/,
    ],
    [['types', '--database-url', 'mysql://secret@x'], /^The address of the database must be one such as postgres:/],
    [['start', 'now'], /^"start" takes no options, but there is "now"\.\n$/],
  ])('%j is refused with 2 and a sentence', async (parameters, complaint) => {
    const ending = await dynamo(parameters);

    expect(ending).toEqual({ code: 2, stdout: '', stderr: expect.stringMatching(complaint) });
    expect(ending.stderr).not.toContain('secret');
    expect(await readdir(directory)).toEqual([]);
  });

  it('is a program, which prints, complains and ends as it should', async () => {
    const home = await buildServer();
    const run = (...parameters: string[]) => runDynamo(home, directory, parameters);
    const [version, command, option, argument] = await Promise.all([
      run('--version'),
      run('tpyes'),
      run('types', '--colour'),
      run('types', 'shop'),
    ]);

    expect(version).toEqual(await dynamo(['--version']));
    expect(command).toEqual(await dynamo(['tpyes']));
    expect([option, argument]).toEqual([
      {
        code: 2,
        stdout: '',
        stderr: expect.stringMatching(/^Unknown option '--colour'.* See: dynamo types --help\n$/s),
      },
      {
        code: 2,
        stdout: '',
        stderr: expect.stringMatching(/^Unexpected argument 'shop'.* See: dynamo types --help\n$/s),
      },
    ]);
  }, 240_000);
});

describe('dynamo types', () => {
  let database: TestDatabase;
  let server: TestServer;

  beforeAll(async () => {
    database = await createDatabase();
    server = await startApp({ database });
    await server.models.create(PRODUCT);
  });
  afterAll(async () => {
    await server?.close();
    await database?.drop();
  });

  it('writes the models of a server', async () => {
    const ending = await runDynamo(await buildServer(), directory, ['types', '--url', server.url]);

    expect(ending).toEqual({ code: 0, stdout: 'Wrote dynamo-models.d.ts.\n', stderr: '' });
    expect(await written()).toBe(server.models.types());
    expect(await written()).toContain("'shop.Product': ShopProduct;");
  });

  it.each([
    ['--database-url', (url: string) => dynamo(['types', '--database-url', url])],
    ['DATABASE_URL', (url: string) => dynamo(['types'], { DATABASE_URL: url })],
  ])('writes the same from the database at %s', async (_title, run) => {
    const ending = await run(database.url);

    expect(ending).toEqual({ code: 0, stdout: 'Wrote dynamo-models.d.ts.\n', stderr: '' });
    expect(await written()).toBe(server.models.types());
  });

  it('prefers the server that is named to the database of the environment', async () => {
    const ending = await dynamo(['types', '--url', server.url, '-o', 'models.d.ts'], {
      DATABASE_URL: 'postgres://x/y',
    });

    expect(ending).toMatchObject({ code: 0, stdout: 'Wrote models.d.ts.\n' });
    expect(await written('models.d.ts')).toBe(server.models.types());
  });

  it('prints when the file is called -', async () => {
    const ending = await dynamo(['types', '--url', `${server.url}/api/`, '--out', '-']);

    expect(ending).toEqual({ code: 0, stdout: server.models.types(), stderr: '' });
    expect(await readdir(directory)).toEqual([]);
  });

  it('says where it could not write', async () => {
    const home = await buildServer();

    const ending = await runDynamo(home, directory, ['types', '--url', server.url, '--out', 'no/such/file.d.ts']);

    expect(ending).toEqual({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(
        /^Cannot write no\/such\/file\.d\.ts: ENOENT.*\. Name another file with --out\.\n$/,
      ),
    });
  });

  it('says that nobody answers', async () => {
    const [fromServer, fromDatabase] = await Promise.all([
      dynamo(['types', '--url', 'http://127.0.0.1:1']),
      dynamo(['types', '--database-url', 'postgres://shop:secret@127.0.0.1:1/shop']),
    ]);

    expect(fromServer).toEqual({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(
        /^http:\/\/127\.0\.0\.1:1 does not answer \(.+\)\. Start the server, name another with --url/,
      ),
    });
    expect(fromDatabase).toEqual({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(
        /^The database at postgres:\/\/127\.0\.0\.1:1\/shop does not answer: .*ECONNREFUSED/,
      ),
    });
  });

  it('says that there is something else at the address', async () => {
    const ending = await dynamo(['types', '--url', `${server.url}/health`]);

    expect(ending).toEqual({
      code: 1,
      stdout: '',
      stderr: `${server.url}/health/meta/types answers 404, and no declarations. Give --url the address of a Dynamo server, with the path of its API where that is not /api.\n`,
    });
  });

  it('leaves a database alone that has no models, and says so', async () => {
    const empty = await createDatabase();

    const ending = await dynamo(['types', '--database-url', empty.url]);
    const schemas = await empty.query(`SELECT FROM pg_namespace WHERE nspname = 'dynamo'`);
    await empty.drop();

    expect(ending).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^There are no models of Dynamo in the schema "dynamo" of this database\./),
    });
    expect(schemas).toEqual([]);
  });

  it('finds Dynamo in a schema of another name', async () => {
    const other = await startApp({ options: { schema: 'my meta' } });
    await other.models.create(PRODUCT);

    const ending = await dynamo(['types', '--database-url', other.database.url, '--schema', 'my meta']);

    expect(ending).toMatchObject({ code: 0 });
    expect(await written()).toBe(other.models.types());
    await other.close();
  });

  it('sends headers to a server that wants to know who asks', async () => {
    const guarded = await startApp({
      providers: [{ provide: APP_GUARD, useClass: KeyGuard }],
      dynamo: DynamoModule.forRoot({ access: OpenAccess, routePrefix: 'v1/models' }),
    });
    const url = `${guarded.url}/v1/models`;

    const refused = await dynamo(['types', '--url', url]);
    const admitted = await dynamo(['types', '--url', url, '--header', 'X-Key: sesame']);

    expect(refused).toMatchObject({
      code: 1,
      stderr: `${url}/meta/types answers 403: it wants to know who asks. Send what it expects with --header, or take --database-url.\n`,
    });
    expect(admitted).toMatchObject({ code: 0 });
    expect(await written()).toBe(guarded.models.types());
    await guarded.close();
  });

  it('sends whoever has types of their own to their application', async () => {
    const own = await createDatabase();
    const first = await startApp({ database: own });
    await first.models.create(PRODUCT);
    await first.close();
    await own.query(`UPDATE dynamo.applied_model SET definition = jsonb_set(definition, '{fields,0,type}', '"mood"')`);

    const ending = await dynamo(['types', '--database-url', own.url]);
    await own.drop();

    expect(ending).toEqual({
      code: 1,
      stdout: '',
      stderr: `"shop.Product.title" is of the type "mood", which is the application's own. Ask the running application: dynamo types --url …\n`,
    });
  });
});

describe('dynamo start', () => {
  it('starts the server, which stops when it is asked to', async () => {
    const database = await createDatabase();
    const server = await startServer(await buildServer(), { DATABASE_URL: database.url, PORT: '0' }, 'dist/cli.js', [
      'start',
    ]);

    const health = await server.http.get('/health');
    const ending = await server.stop();
    await database.drop();

    expect(health).toMatchObject({ status: 200 });
    expect(ending).toMatchObject({ code: 0, stderr: '' });
  });
});
