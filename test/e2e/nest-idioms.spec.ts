import { type INestApplication, VersioningType } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DynamoModule } from '../../src/index.js';
import { defineModel } from '../fixtures/arrange.js';
import { Bookshop, BookshopModule } from '../fixtures/bookshop.js';
import { problem } from '../fixtures/problem.js';
import { startApp, type TestServer } from '../support/server.js';

const BOOK = { app: 'shop', name: 'Book', fields: [{ name: 'title', type: 'char', required: true }] };

/** What a host's `main.ts` may turn on. */
const configure = (app: INestApplication): void => {
  app.enableVersioning({ type: VersioningType.URI, defaultVersion: '1' });
  app.enableCors();
  app.enableShutdownHooks();
};

describe.each(['fastify', 'express'] as const)('a Nest application on %s', (adapter) => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startApp({ adapter, imports: [BookshopModule], configure });
    await defineModel(server.http, BOOK);
  });
  afterAll(() => server?.close());

  it('injects the records and the repository of a model that did not exist when it started', async () => {
    const { records, books } = server.app.get(Bookshop);

    await books.save({ title: 'Saved' });

    expect(await records.list()).toMatchObject({ data: [{ title: 'Saved' }] });
  });

  it('replaces actions of a model, and the others go on', async () => {
    const created = await server.http.post('/api/shop/book', {});
    const { id } = created.body as { readonly id: number };
    const deleted = await server.http.delete(`/api/shop/book/${id}`);
    const changed = await server.http.patch(`/api/shop/book/${id}`, { title: 'Titled' });

    expect(created).toMatchObject({ status: 201, body: { title: 'Untitled' } });
    expect(deleted).toMatchObject(problem(403, 'forbidden', /Books stay/));
    expect(changed).toMatchObject({ status: 200, body: { title: 'Titled' } });
  });

  it('keeps its own controller of a model while the model changes', async () => {
    const [field] = (await server.models.get('shop.Book')).fields;
    await server.models.addField('shop.Book', { name: 'pages', type: 'integer' });

    const created = await server.http.post('/api/shop/book', { pages: 7 });
    await server.models.updateField(field?.id ?? '', { help: 'On the cover.' });

    expect(created).toMatchObject({ status: 201, body: { title: 'Untitled', pages: 7 } });
  });

  it('keeps its addresses where routes of the host have versions', async () => {
    expect(await server.http.get('/api/shop/book')).toMatchObject({ status: 200 });
    expect(await server.http.get('/v1/health')).toMatchObject({ status: 200 });
  });
});

describe('routes of the host below those of a model', () => {
  it.each(['fastify', 'express'] as const)('are served by requested services on %s', async (adapter) => {
    const server = await startApp({ adapter, before: [BookshopModule] });
    await defineModel(server.http, BOOK);
    await server.http.post('/api/shop/book', { title: 'b' });
    await server.http.post('/api/shop/book', { title: 'a' });

    const answer = await server.http.get('/api/shop/book/first');
    await server.close();

    expect(answer).toMatchObject({ status: 200, body: { title: 'a' } });
  });
});

describe("the host's OpenAPI document", () => {
  it('asks for the schemes of the host at the routes of Dynamo, and at no others', async () => {
    const server = await startApp();
    await defineModel(server.http, BOOK);
    const config = new DocumentBuilder().addBearerAuth().build();

    const document = SwaggerModule.createDocument(server.app, config);
    const merged = DynamoModule.openApi(server.app, document, [{ bearer: [] }]);
    const plain = DynamoModule.openApi(server.app, document);
    await server.close();

    const security = [{ bearer: [] }];
    expect(merged.paths).toMatchObject({
      '/api/shop/book': { get: { security }, post: { security } },
      '/api/meta/models': { get: { security } },
    });
    expect(merged.paths['/health']?.get).not.toHaveProperty('security');
    expect(plain.paths['/api/shop/book']?.get).not.toHaveProperty('security');
  });
});
