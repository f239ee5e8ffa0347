import { readdirSync, readFileSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createDatabase } from '../../support/database.js';
import { buildServer, compile, startServer } from '../../support/process.js';

const EXAMPLES = join(import.meta.dirname, '../../../examples');
const NAMES = ['cms', 'shop', 'survey'];

const sourcesOf = (name: string): string[] =>
  readdirSync(join(EXAMPLES, name))
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(name, file));
const read = (file: string): string => readFileSync(join(EXAMPLES, file), 'utf8');

describe('the programs of the examples', () => {
  let home: string;
  let directory: string;

  beforeAll(async () => {
    home = await buildServer();
    // Inside the build, where the package finds itself under its own name.
    directory = await mkdtemp(join(home, 'examples-'));
    for (const name of NAMES) await cp(join(EXAMPLES, name), join(directory, name), { recursive: true });
    const strict = ['--strict', '--skipLibCheck', '--types', 'node', '--module', 'nodenext', '--target', 'es2023'];
    const nest = ['--experimentalDecorators', '--emitDecoratorMetadata', '--strictPropertyInitialization', 'false'];
    await compile(directory, [...NAMES.flatMap(sourcesOf), '--ignoreConfig', ...strict, ...nest]);
  }, 120_000);
  afterAll(() => rm(directory, { recursive: true, force: true }));

  it.each(NAMES)('start, serve and stop: %s', async (name) => {
    const database = await createDatabase();
    const program = join(basename(directory), name, 'main.js');
    const server = await startServer(home, { DATABASE_URL: database.url, PORT: '0' }, program);

    const answer = await server.http.get('/api/meta/models');
    const { code, signal, stderr } = await server.stop();
    await database.drop();

    expect(answer).toMatchObject({
      family: '4xx',
      body: { detail: expect.stringContaining('may not see or change models') },
    });
    expect({ code, signal, stderr }).toEqual({ code: null, signal: 'SIGTERM', stderr: '' });
  });

  it.each(NAMES)('have less than 200 lines: %s', (name) => {
    const lines = sourcesOf(name).map((file) => read(file).split('\n').length - 1);

    expect(lines.length).toBeGreaterThan(5);
    expect(lines.reduce((sum, count) => sum + count)).toBeLessThan(200);
  });

  it.each(NAMES)('have a command that the README names: %s', (name) => {
    const { scripts } = JSON.parse(read('../package.json'));

    expect(scripts[`example:${name}`]).toContain(`node examples/run.js ${name}`);
    expect(read('../README.md')).toContain(`| \`npm run example:${name}\` `);
    expect(read(`${name}/README.md`)).toContain(`npm run example:${name}\n`);
  });
});
