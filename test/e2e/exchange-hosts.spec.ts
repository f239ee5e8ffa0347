import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from '@jest/globals';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DynamoModels, DynamoModule } from '../../src/index.js';
import { defineModels } from '../fixtures/arrange.js';
import { csv, CSV, importFile, SHOP } from '../fixtures/exchange.js';
import { problem } from '../fixtures/problem.js';
import { createDatabase } from '../support/database.js';
import { startApp, type TestServer } from '../support/server.js';

const FILE = csv('name', 'Chair', 'Lamp');

describe('an import into an application that has its own ways with bodies', () => {
  let server: TestServer | undefined;

  afterEach(() => server?.close());

  it('takes what a parser of the application has read, on Express', async () => {
    server = await startApp({
      adapter: 'express',
      configure: (app) => (app as NestExpressApplication).useBodyParser('text', { type: CSV }),
    });
    await defineModels(server.http, SHOP);

    expect(await importFile(server.http, '/api/shop/product/import', FILE)).toMatchObject({ body: { created: 2 } });
  });

  it.each([
    ['as a text', { parseAs: 'string' as const }],
    ['as bytes', { parseAs: 'buffer' as const }],
  ])('takes what a parser of the application has read, on Fastify: %s', async (_title, options) => {
    server = await startApp({
      configure: (app) =>
        (app as NestFastifyApplication)
          .getHttpAdapter()
          .getInstance()
          .addContentTypeParser(CSV, options, (_request, body, done) => done(null, body)),
    });
    await defineModels(server.http, SHOP);

    expect(await importFile(server.http, '/api/shop/product/import', FILE)).toMatchObject({ body: { created: 2 } });
  });

  it('leaves other routes as they were, on Fastify', async () => {
    server = await startApp();

    const answer = await importFile(server.http, '/api/meta/plan', FILE);

    expect(answer).toMatchObject(problem(415, 'unsupported_media_type', /text\/csv/));
  });

  it('works under a prefix', async () => {
    server = await startApp({ configure: (app) => app.setGlobalPrefix('v1') });
    const { http } = server;
    await http.post('/v1/api/meta/models', SHOP);

    const answer = await importFile(http, '/v1/api/shop/product/import', FILE);

    expect(answer).toMatchObject({ status: 200, body: { created: 2 } });
    expect((await http.get('/v1/api/shop/product/export?select=name')).text).toBe(csv('id,name', '1,Chair', '2,Lamp'));
  });

  it('needs no HTTP at all', async () => {
    const database = await createDatabase();
    const module = {
      module: class {},
      imports: [TypeOrmModule.forRoot({ ...database.options, autoLoadEntities: true }), DynamoModule.forRoot()],
    };
    const app = await NestFactory.createApplicationContext(module, { logger: false });
    const models = app.get(DynamoModels);
    await models.create({ app: 'shop', name: 'Lamp', fields: [{ name: 'title', type: 'char' }] });

    const content = Readable.from([Buffer.from(csv('title', 'Small', 'Large'))]);
    const report = await models.records('shop.Lamp').import({ format: 'csv', content });
    const { stream, fileName } = await models.records('shop.Lamp').export({ sortBy: ['title:ASC'] });
    const file = await text(stream);
    await app.close();
    await database.drop();

    expect(report).toMatchObject({ created: 2, failed: 0 });
    expect({ fileName, file }).toEqual({ fileName: 'shop-lamp.csv', file: csv('id,title', '2,Large', '1,Small') });
  });
});
