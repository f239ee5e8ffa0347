import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import openapiTS, { astToString } from 'openapi-typescript';
import { defineModels } from '../fixtures/arrange.js';
import { compile, project } from '../fixtures/openapi-client/compile.js';
import { checkExamples } from '../fixtures/openapi-client/examples.js';
import { MODELS } from '../fixtures/openapi-client/models.js';
import { MISTAKES, mistakeSource, PROGRAM } from '../fixtures/openapi-client/program.js';
import { startApp, type TestServer } from '../support/server.js';

/** What the compiled program exports. */
interface Program {
  run(url: string): Promise<unknown>;
  define(url: string): Promise<unknown>;
}

const mistakeFile = (position: number): string => `mistake-${position}.ts`;

describe('a client generated from the OpenAPI document', () => {
  let server: TestServer;
  let directory = '';
  let document = '';
  let complaints: ReadonlyMap<string, readonly string[]>;
  let program: Program;

  beforeAll(async () => {
    server = await startApp();
    await defineModels(server.http, MODELS);
    document = (await server.http.get('/docs-json')).text;
    const sources = MISTAKES.map(([, , source], position) => [mistakeFile(position), mistakeSource(source)]);
    const files = {
      'types.ts': astToString(await openapiTS(document)),
      'program.ts': PROGRAM,
      ...Object.fromEntries(sources),
    };
    directory = project(files);
    complaints = compile(directory, Object.keys(files));
    program = await import(pathToFileURL(join(directory, 'program.js')).href);
  }, 60_000);
  afterAll(async () => {
    if (directory !== '') rmSync(directory, { recursive: true });
    await server?.close();
  });

  it('compiles', () => {
    expect(complaints.get('types.ts')).toEqual([]);
    expect(complaints.get('program.ts')).toEqual([]);
  });

  it('finds examples that fit their schemas', () => {
    const { count, wrong } = checkExamples(document);

    expect(wrong).toEqual([]);
    expect(count).toBeGreaterThan(50);
  });

  it('creates, lists, changes and deletes records', async () => {
    expect(await program.run(server.url)).toEqual({
      tags: [1, 2],
      many: ['Atlas', 'Zoo'],
      page: { titles: ['Notes'], total: 2, next: 'string' },
      byNumber: ['Atlas'],
      tagged: ['old', 'new'],
      queried: ['1.50'],
      counted: expect.arrayContaining([
        { choice: 'cloth', count: 1 },
        { choice: 'paper', count: 2 },
      ]),
      retrieved: { choice: 'cloth', length: 5, json: { a: [1] } },
      patched: { tags: [2], colour: null },
      replaced: { title: 'Notes II', choice: 'paper' },
      upserted: 'Keyed',
      updated: 1,
      deleted: 1,
      destroyed: 204,
      gone: 'record_not_found',
      stale: 'precondition_failed',
    });
  });

  it('defines and changes models', async () => {
    expect(await program.define(server.url)).toEqual({
      field: ['rank', 'place', {}],
      plan: ['rename_table'],
      applied: false,
      emptied: 0,
      history: ['update', 'update', 'update', 'update', 'create'],
      types: true,
      listed: ['made.Item'],
      wrong: 'invalid_name',
      stale: 'precondition_failed',
    });
  });

  it.each(MISTAKES.map(([title, code], position) => ({ title, code, position })))(
    'does not compile with $title',
    ({ code, position }) => {
      expect(complaints.get(mistakeFile(position))).toEqual([expect.stringMatching(`^${code} `)]);
    },
  );
});
