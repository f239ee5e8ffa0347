import { readdirSync, readFileSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createDatabase } from '../../support/database.js';
import { buildServer, compile, startServer } from '../../support/process.js';

const EXAMPLES = join(import.meta.dirname, '../../../examples');
const NAMES = ['cms', 'shop', 'survey'];

const sourcesOf = (name: string): string[] =>
  readdirSync(join(EXAMPLES, name), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

describe.each(NAMES)('the program of examples/%s', (name) => {
  let home: string;
  let directory: string;

  beforeAll(async () => {
    home = await buildServer();
    // Inside the build, where the package finds itself under its own name.
    directory = await mkdtemp(join(home, 'example-'));
    await cp(join(EXAMPLES, name), directory, { recursive: true });
    const strict = ['--strict', '--skipLibCheck', '--types', 'node', '--module', 'nodenext', '--target', 'es2023'];
    const nest = ['--experimentalDecorators', '--emitDecoratorMetadata', '--strictPropertyInitialization', 'false'];
    await compile(directory, ['main.ts', '--ignoreConfig', ...strict, ...nest]);
  }, 60_000);
  afterAll(() => rm(directory, { recursive: true, force: true }));

  it('starts, serves, and stops when it is asked to', async () => {
    const database = await createDatabase();
    const server = await startServer(
      home,
      { DATABASE_URL: database.url, PORT: '0' },
      join(basename(directory), 'main.js'),
    );

    const answer = await server.http.get(`/api/${name}/nothing`);
    const { code, signal, stderr } = await server.stop();
    await database.drop();

    expect(answer).toMatchObject({ status: 404, body: { code: 'model_not_found' } });
    expect({ code, signal, stderr }).toEqual({ code: null, signal: 'SIGTERM', stderr: '' });
  });

  it('is less than 200 lines long', () => {
    const lines = sourcesOf(name).map(
      (file) => readFileSync(join(EXAMPLES, name, file), 'utf8').split('\n').length - 1,
    );

    expect(lines.length).toBeGreaterThan(5);
    expect(lines.reduce((sum, count) => sum + count)).toBeLessThan(200);
  });

  it('imports Dynamo by the name of its package', () => {
    const imports = sourcesOf(name).flatMap((file) =>
      [...readFileSync(join(EXAMPLES, name, file), 'utf8').matchAll(/from '(.+)'/g)].map(([, from = '']) => from),
    );

    expect(imports).toContain('@dynamo/nest');
    expect(imports.filter((from) => from.startsWith('..'))).toEqual([]);
  });
});
