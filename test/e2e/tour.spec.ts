import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SIGNALS } from '../fixtures/signals.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { ADMIN_KEY, buildServer, compile, startServer, type ServerProcess } from '../support/process.js';
import { hasCurl, sectionOf, shown, takeTour, tourSteps } from '../support/tour.js';

const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

/** A field type as the API describes it. */
interface FieldTypeBody {
  readonly name: string;
  readonly djangoName: string;
  readonly optionsSchema: { readonly properties: Readonly<Record<string, unknown>> };
}

/** The text below a heading, up to the next one of the second level. */
const section = (heading: string): string => sectionOf(README, heading);

/** The rows of the first table in a text, without its head. */
const tableRows = (text: string): string[][] =>
  (/^\|.*\n\|[ -|]*\n((?:\|.*\n)+)/m.exec(text)?.[1] ?? '')
    .trimEnd()
    .split('\n')
    .map((row) =>
      row
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );

/** What stands in backticks. */
const codes = (text = ''): string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);

let home: string;
let database: TestDatabase;
let server: ServerProcess;

beforeAll(async () => {
  home = await buildServer();
  database = await createDatabase();
  server = await startServer(home, { DATABASE_URL: database.url, PORT: '0' });
}, 60_000);
afterAll(async () => {
  await server.stop();
  await database.drop();
});

(hasCurl ? describe : describe.skip)('the tour of the README', () => {
  const steps = tourSteps(section('A five-minute tour'));
  let outputs: string[];

  beforeAll(async () => {
    outputs = await takeTour(steps, server.url, { DYNAMO_ADMIN_KEY: ADMIN_KEY });
  });

  it.each(steps.filter(({ answer }) => answer !== undefined))('answers as shown: $title', ({ position, answer }) => {
    expect({ answer: JSON.parse(outputs[position]) }).toMatchObject({ answer: shown(JSON.parse(answer ?? '')) });
  });

  it.each(steps.filter(({ answer }) => answer === undefined))('prints nothing: $title', ({ position }) => {
    expect(outputs[position]).toBe('');
  });

  it('leaves no model behind', async () => {
    expect(steps.length).toBeGreaterThan(15);
    expect(await server.http.get('/api/meta/models')).toMatchObject({ status: 200, body: { data: [] } });
    expect(await server.http.get('/docs')).toMatchObject({ status: 200 });
  });
});

describe('the README', () => {
  it('names the two commands', () => {
    const commands = [...section('Run it').matchAll(/```sh\n(.*)\n```/g)].map(([, command]) => command);

    expect(commands).toEqual(['npm ci && npm start', 'npm ci && npm test']);
  });

  it('lists the field types with their other names and options', async () => {
    const { body } = await server.http.get<FieldTypeBody[]>('/api/meta/field-types');

    const listed = tableRows(section('Field types')).map(([type, alias, options]) => ({
      name: codes(type)[0],
      djangoName: codes(alias)[0],
      // After a colon come the values of an option.
      options: codes(options?.replace(/\([^)]*\)|:.*/g, '')),
    }));

    expect(listed).toEqual(
      body.map(({ name, djangoName, optionsSchema }) => ({
        name,
        djangoName,
        options: Object.keys(optionsSchema.properties),
      })),
    );
  });

  it('lists the signals', () => {
    const [, signals = ''] = section('In your own Nest application').split('### Signals');

    expect(tableRows(signals).flatMap(([names]) => codes(names))).toEqual(SIGNALS);
  });
});

describe("the README's Nest application", () => {
  let directory: string;
  let host: TestDatabase;
  let shop: ServerProcess;

  beforeAll(async () => {
    host = await createDatabase();
    // Inside the build, where the package finds itself under its own name.
    directory = await mkdtemp(join(home, 'application-'));
    // The first is the application; the others that are whole files show what else there is, and compile.
    const snippets = [...section('In your own Nest application').matchAll(/```ts\n(import .*?)```/gs)].map(
      ([, code = ''], position) => [position === 0 ? 'main.ts' : `snippet-${position}.ts`, code] as const,
    );
    await Promise.all(snippets.map(([name, code]) => writeFile(join(directory, name), code)));
    const strict = ['--strict', '--skipLibCheck', '--types', 'node', '--module', 'nodenext', '--target', 'es2023'];
    const decorators = ['--experimentalDecorators', '--emitDecoratorMetadata'];
    await compile(directory, [...snippets.map(([name]) => name), '--ignoreConfig', ...strict, ...decorators]);
    shop = await startServer(home, { DATABASE_URL: host.url, PORT: '0' }, join(basename(directory), 'main.js'));
  }, 60_000);
  afterAll(async () => {
    await shop?.stop();
    await host.drop();
    await rm(directory, { recursive: true, force: true });
  });

  it('serves the model that it defines, and documents it', async () => {
    const products = await shop.http.get('/api/shop/product');
    const document = await shop.http.get('/docs-json');

    expect(products).toMatchObject({ status: 200, body: { data: [{ id: 1, title: 'Chair' }] } });
    expect(document).toMatchObject({ body: { info: { title: 'Shop' }, paths: { '/api/shop/product': {} } } });
  });

  it('refuses what its receiver refuses', async () => {
    const answer = await shop.http.delete('/api/meta/models/shop.Product');

    expect(answer).toMatchObject({
      status: 409,
      body: { code: 'vetoed', detail: 'A receiver of pre_model_delete refused the change: Products stay.' },
    });
    expect(await shop.http.get('/api/shop/product/1')).toMatchObject({ status: 200 });
  });

  it('reports a change', async () => {
    const answer = await shop.http.patch('/api/meta/models/shop.Product', { name: 'Item' });
    const { stdout } = await shop.stop();

    expect(answer).toMatchObject({ status: 200, body: { name: 'Item' } });
    expect(stdout).toContain('The model Product is now Item.\n');
  });
});
