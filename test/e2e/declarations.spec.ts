import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { check } from 'prettier';
import { defineModel, defineModels } from '../fixtures/arrange.js';
import { PROGRAM, SHOP } from '../fixtures/declared-shop.js';
import { UsersModule } from '../fixtures/host.js';
import { readDocument } from '../fixtures/openapi.js';
import { complaintsAbout } from '../fixtures/typescript-program.js';
import { ClosedAccess, type FieldType } from '../../src/index.js';
import { httpClient } from '../support/http.js';
import { startApp, type TestServer } from '../support/server.js';

const mood = {
  name: 'mood',
  djangoName: 'MoodField',
  label: 'Mood',
  description: 'How somebody feels.',
  optionsSchema: { type: 'object', additionalProperties: false },
  sqlType: () => 'text',
  jsonSchema: () => ({ type: 'string', enum: ['glad', 'sad'] }),
  expects: () => 'glad or sad',
  parse: String,
  select: (column) => column,
  values: 'text',
  widget: 'text',
} satisfies FieldType;

describe.each(['fastify', 'express'] as const)('the declarations of the models, on %s', (adapter) => {
  let server: TestServer;
  const read = (headers: Record<string, string> = {}) => httpClient(server.url, headers).get<string>('/api/meta/types');

  beforeAll(async () => {
    server = await startApp({
      adapter,
      imports: [UsersModule],
      typeorm: { synchronize: true },
      options: { fieldTypes: [mood] },
    });
    await defineModels(server.http, SHOP);
  });
  afterAll(() => server?.close());

  it('type the repositories and the bodies of requests', () => {
    const complaints = complaintsAbout({ 'dynamo-models.d.ts': server.models.types(), 'program.ts': PROGRAM });

    expect(complaints).toEqual([]);
  });

  it('are formatted as Prettier would', async () => {
    const options = { parser: 'typescript', singleQuote: true, printWidth: 120 };

    expect(await check(server.models.types(), options)).toBe(true);
  });

  it('are answered as text, the same that a program gets', async () => {
    const answer = await read();

    expect(answer).toMatchObject({
      status: 200,
      contentType: 'text/plain; charset=utf-8',
      text: server.models.types(),
    });
    expect(answer.headers.get('etag')).toMatch(/^"[\w-]{16}"$/);
    expect(answer.text).toContain('export interface ShopSecret {');
  });

  it('are not sent again to those who have them', async () => {
    const etag = (await read()).headers.get('etag') ?? '';

    const known = await read({ 'if-none-match': etag });
    await defineModel(server.http, { app: 'later', name: 'Note', fields: [{ name: 'text', type: 'text' }] });
    const changed = await read({ 'if-none-match': etag });

    expect(known).toMatchObject({ status: 304, text: '' });
    expect(known.headers.get('etag')).toBe(etag);
    expect(changed).toMatchObject({ status: 200, text: expect.stringContaining('export interface LaterNote {') });
  });

  it('follow a change at once', async () => {
    await defineModel(server.http, { app: 'later', name: 'Page', fields: [{ name: 'text', type: 'text' }] });
    const before = server.models.types();

    await server.http.patch('/api/meta/fields/later.Page.text', { name: 'body', required: true });
    const renamed = server.models.types();
    await server.http.delete('/api/meta/models/later.Page');

    expect(before).toMatch(/interface LaterPage \{\n {2}id: number;\n {2}text: string \| null;\n\}/);
    expect(renamed).toMatch(/interface LaterPage \{\n {2}id: number;\n {2}body: string;\n\}/);
    expect(server.models.types()).not.toContain('LaterPage');
  });

  it('know the field types of the application without being told', async () => {
    await defineModel(server.http, { app: 'later', name: 'Diary', fields: [{ name: 'mood', type: 'mood' }] });

    expect(server.models.types()).toMatch(
      /interface LaterDiary \{\n {2}id: number;\n {2}mood: 'glad' \| 'sad' \| null;\n\}/,
    );
  });

  it('are in the OpenAPI document', async () => {
    const { paths } = await readDocument(server.http);

    expect(paths).toMatchObject({
      '/api/meta/types': {
        get: { responses: { 200: { content: { 'text/plain': { schema: { type: 'string' } } } }, 304: {} } },
      },
    });
  });

  it('are for those who may see models', async () => {
    const closed = await startApp({ adapter, options: { access: ClosedAccess } });

    const answer = await closed.http.get('/api/meta/types');

    expect(answer).toMatchObject({ status: 401, body: { code: 'authentication_required' } });
    await closed.close();
  });
});
