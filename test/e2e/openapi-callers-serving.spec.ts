import { afterEach, describe, expect, it } from '@jest/globals';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { type AccessQuestion, DynamoModule } from '../../src/index.js';
import { openShop } from '../fixtures/access/shop.js';
import { as, identifyingPolicyOf, type Rule, type ShopUser, startShop } from '../fixtures/access/policy.js';
import { answerSchema, modelPaths, type OpenApiDocument, readDocument } from '../fixtures/openapi.js';
import { startApp, type TestServer } from '../support/server.js';

const READER = { 'shop.Product': { view: { fields: ['title', 'category'] } } };

describe.each(['fastify', 'express'] as const)('a document for each caller, on %s', (adapter) => {
  let server: TestServer;

  afterEach(() => server?.close());

  it.each(['/docs-json', '/docs-yaml', '/docs/swagger-ui-init.js'])('is what %s serves', async (path) => {
    server = await startShop({}, { adapter, options: { access: identifyingPolicyOf({ reader: READER }) } });

    const [reader, admin, nobody] = [
      await as(server, 'reader').get(path),
      await as(server, 'admin').get(path),
      await server.http.get(path),
    ];

    expect([reader, admin, nobody].map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(reader.headers.get('cache-control')).toBe('private, no-cache');
    expect(reader.text).toContain('/api/shop/product');
    expect(reader.text).not.toMatch(/secret|api\/shop\/category|api\/meta/);
    expect(admin.text).toMatch(/secret[^]*api\/shop\/category/);
    expect(admin.text).toContain('/api/meta/models');
    expect(nobody.text).toContain('/health');
    expect(nobody.text).not.toMatch(/api\/shop|api\/meta|title:ASC/);
  });

  it('is refused to a caller whom the policy refuses, and the page is not', async () => {
    server = await startShop({}, { adapter, options: { access: identifyingPolicyOf({}) } });

    const [document, page] = [
      await as(server, 'stranger').get('/docs-json'),
      await as(server, 'stranger').get('/docs'),
    ];

    expect(document).toMatchObject({ status: 401, text: expect.stringContaining('Nobody here knows you.') });
    expect(page).toMatchObject({ status: 200, contentType: expect.stringContaining('text/html') });
  });
});

describe('a document for each caller', () => {
  let server: TestServer;

  const rules: Record<string, Record<string, Rule>> = {};
  const asked: AccessQuestion<ShopUser>[] = [];
  const start = async (book: Record<string, Record<string, Rule>>) => {
    Object.assign(rules, book);
    server = await startShop({}, { options: { access: identifyingPolicyOf(rules, asked) } });
  };
  const documentOf = async (user: string) => readDocument(as(server, user));
  const include = ({ paths }: OpenApiDocument, path: string) =>
    paths[path].get.parameters.find(({ name }) => name === 'include')?.schema;

  afterEach(() => server?.close());

  it('follows fields and models to their new names', async () => {
    await start({ reader: READER });
    const before = await documentOf('reader');

    await as(server, 'admin').patch('/api/meta/fields/shop.Product.title', { name: 'label' });
    await as(server, 'admin').patch('/api/meta/fields/shop.Product.code', { name: 'title' });
    const renamed = await documentOf('reader');
    await as(server, 'admin').patch('/api/meta/models/shop.Product', { name: 'Article' });
    const gone = await documentOf('reader');

    const record = (document: OpenApiDocument) => answerSchema(document, 'get', '/api/shop/product/{id}', 200);
    expect(record(before)).toMatchObject({ properties: { title: { type: 'string' } } });
    expect(record(renamed)).toMatchObject({ properties: { title: { type: ['string', 'null'] } } });
    expect(record(renamed).properties).not.toHaveProperty('label');
    expect(modelPaths(gone)).toEqual([]);
  });

  it('follows what becomes of a model that relations lead to', async () => {
    await start({ reader: { 'shop.Product': { view: true }, 'shop.Category': { view: true } } });
    const before = await documentOf('reader');

    await as(server, 'admin').patch('/api/meta/models/shop.Category', { admin: false });
    const after = await documentOf('reader');

    expect(include(before, '/api/shop/product')).toMatchObject({ anyOf: [{}, {}] });
    expect(include(after, '/api/shop/product')).toBeUndefined();
    expect(await as(server, 'reader').get('/api/shop/product?include=category')).toMatchObject({ status: 400 });
  });

  it('asks the policy about models once, and again when a model has changed', async () => {
    await start({ reader: READER });
    await documentOf('reader');
    asked.length = 0;

    await documentOf('reader');
    const again = asked.map(({ action }) => action);
    await as(server, 'admin').post('/api/meta/models/shop.Tag/fields', { name: 'colour', type: 'char' });
    asked.length = 0;
    await documentOf('reader');

    expect(again).toEqual(['schema']);
    expect(asked.map(({ model }) => model)).toContain('shop.Product');
  });

  it('stays the caller’s own among those of many others', async () => {
    const readers = Array.from({ length: 30 }, (_, position) => `reader${position}`);
    const fields = ['title', 'code', 'secret', 'stock', 'hidden', 'category', 'tags'];
    const book = readers.map((reader, position) => [
      reader,
      { 'shop.Product': { view: { fields: fields.slice(0, position % 8) } } },
    ]);
    await start(Object.fromEntries(book));

    const first = await Promise.all(readers.map(documentOf));
    const second = await Promise.all(readers.map(documentOf));

    const shown = (document: OpenApiDocument) =>
      Object.keys(answerSchema(document, 'get', '/api/shop/product/{id}', 200).properties ?? {});
    expect(first.map(shown)).toEqual(readers.map((_, position) => ['id', ...fields.slice(0, position % 8)]));
    expect(second).toEqual(first);
  });

  it('asks for the schemes of the host', async () => {
    await start({ reader: READER });
    const document = SwaggerModule.createDocument(server.app, new DocumentBuilder().addBearerAuth().build());
    const security = [{ bearer: [] }];

    const request = { headers: { 'x-user': 'reader' } };
    const merged = await DynamoModule.openApiFor(server.app, document, request, security);
    const plain = await DynamoModule.openApiFor(server.app, document, request);

    expect(merged.paths['/api/shop/product']).toEqual({
      parameters: [{ $ref: '#/components/parameters/records.schemaVersion' }],
      get: expect.objectContaining({ security }),
    });
    expect(plain.paths['/api/shop/product']?.get).not.toHaveProperty('security');
    expect(merged.components?.securitySchemes).toHaveProperty('bearer');
  });

  it('is that of all models where everybody may do everything', async () => {
    server = await startApp();
    await openShop(server.http);
    const document = SwaggerModule.createDocument(server.app, new DocumentBuilder().setOpenAPIVersion('3.1.0').build());

    const own = await DynamoModule.openApiFor(server.app, document, undefined);

    expect(own).toEqual(DynamoModule.openApi(server.app, document));
    expect(Object.keys(own.paths)).toEqual(expect.arrayContaining(['/api/meta/models', '/api/shop/note/{id}']));
  });
});
