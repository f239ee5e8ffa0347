import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { defineModel, defineModels, fieldOf } from '../fixtures/arrange.js';
import { album, artist, playlist, track } from '../fixtures/music.js';
import { answerSchema, modelPaths, readDocument, requestSchema } from '../fixtures/openapi.js';
import type { Http } from '../support/http.js';
import { startApp, type TestServer } from '../support/server.js';

describe.each(['fastify', 'express'] as const)('the OpenAPI document, on %s', (adapter) => {
  let server: TestServer;
  let http: Http;

  beforeAll(async () => {
    server = await startApp({ adapter });
    http = server.http;
  });
  afterAll(() => server?.close());

  it('is valid and has no models before there are any', async () => {
    const document = await readDocument(http);

    expect(document.openapi).toMatch(/^3\.1\./);
    expect(modelPaths(document)).toEqual([]);
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining([
        '/api/meta/models',
        '/api/meta/models/{id}',
        '/api/meta/models/{id}/fields',
        '/api/meta/fields/{id}',
        '/api/meta/field-types',
        '/health',
        '/health/live',
        '/health/ready',
      ]),
    );
  });

  it('has exactly the models that exist now', async () => {
    await defineModels(http, [artist, album, track, playlist]);
    await defineModel(http, { ...artist, name: 'Hidden', admin: false });

    const document = await readDocument(http);

    expect(modelPaths(document)).toEqual([
      '/api/music/album',
      '/api/music/album/export',
      '/api/music/album/import',
      '/api/music/album/query',
      '/api/music/album/{id}',
      '/api/music/artist',
      '/api/music/artist/export',
      '/api/music/artist/import',
      '/api/music/artist/query',
      '/api/music/artist/{id}',
      '/api/music/playlist',
      '/api/music/playlist/export',
      '/api/music/playlist/import',
      '/api/music/playlist/query',
      '/api/music/playlist/{id}',
      '/api/music/track',
      '/api/music/track/export',
      '/api/music/track/import',
      '/api/music/track/query',
      '/api/music/track/{id}',
    ]);
    expect(Object.keys(document.paths['/api/music/track'])).toEqual(expect.arrayContaining(['get', 'post']));
    expect(Object.keys(document.paths['/api/music/track/{id}'])).toEqual(
      expect.arrayContaining(['get', 'patch', 'put', 'delete']),
    );
    expect(JSON.stringify(document)).not.toContain('/api/{app}');
    expect(JSON.stringify(document)).not.toContain('Hidden');
  });

  it('gives each field the JSON schema of its type', async () => {
    await defineModel(http, {
      app: 'shapes',
      name: 'Shape',
      fields: [
        { name: 'title', type: 'char', required: true, options: { maxLength: 40 } },
        { name: 'body', type: 'text', required: true },
        { name: 'small', type: 'integer', required: true },
        { name: 'big', type: 'big_integer', required: true },
        { name: 'ratio', type: 'float', required: true },
        { name: 'price', type: 'decimal', required: true, options: { precision: 10, scale: 2 } },
        { name: 'open', type: 'boolean', required: true },
        { name: 'day', type: 'date', required: true },
        { name: 'moment', type: 'date_time', required: true },
        { name: 'mail', type: 'email', required: true },
        { name: 'parent', type: 'foreign_key', relatedModel: 'shapes.Shape' },
        { name: 'friends', type: 'many_to_many', relatedModel: 'shapes.Shape' },
      ],
    });

    const answer = answerSchema(await readDocument(http), 'get', '/api/shapes/shape/{id}', 200);

    expect(answer.properties).toMatchObject({
      id: { type: 'integer' },
      title: { type: 'string', maxLength: 40 },
      body: { type: 'string' },
      small: { type: 'integer' },
      big: { type: 'string' },
      ratio: { type: 'number' },
      price: { type: 'string' },
      open: { type: 'boolean' },
      day: { type: 'string', format: 'date' },
      moment: { type: 'string', format: 'date-time' },
      mail: { type: 'string', format: 'email' },
      friends: { type: 'array', items: { type: 'integer' } },
    });
    expect(JSON.stringify(answer.properties?.parent)).toMatch(/integer.*null|null.*integer/);
  });

  it('requires in a body what the model requires, and nothing that has a default', async () => {
    await defineModel(http, {
      app: 'needs',
      name: 'Thing',
      fields: [
        { name: 'title', type: 'char', required: true },
        { name: 'rating', type: 'integer', required: true, default: 3 },
        { name: 'note', type: 'text' },
      ],
    });

    const document = await readDocument(http);

    expect(requestSchema(document, 'put', '/api/needs/thing/{id}').required).toEqual(['title']);
    expect(requestSchema(document, 'patch', '/api/needs/thing/{id}').required ?? []).toEqual([]);
    expect(Object.keys(requestSchema(document, 'put', '/api/needs/thing/{id}').properties ?? {})).toEqual(
      expect.arrayContaining(['title', 'rating', 'note']),
    );
  });

  it('offers the choices of a field', async () => {
    const fields = [{ name: 'size', type: 'char', required: true, choices: ['S', 'M'] }];
    await defineModel(http, { app: 'chosen', name: 'Shirt', fields });

    const schema = requestSchema(await readDocument(http), 'put', '/api/chosen/shirt/{id}');

    expect(schema.properties?.size).toMatchObject({ enum: ['S', 'M'] });
  });

  it('follows a field, a rename, admin off and a deletion at once', async () => {
    const model = await defineModel(http, { ...artist, app: 'live' });
    await http.patch(`/api/meta/fields/${fieldOf(model, 'name').id}`, { name: 'title' });
    const renamedField = await readDocument(http);
    await http.patch('/api/meta/models/live.Artist', { name: 'Singer' });
    const renamedModel = await readDocument(http);
    await http.patch('/api/meta/models/live.Singer', { admin: false });
    const hidden = await readDocument(http);
    await http.patch('/api/meta/models/live.Singer', { admin: true });
    const shown = await readDocument(http);
    await http.delete('/api/meta/models/live.Singer');
    const deleted = await readDocument(http);

    expect(answerSchema(renamedField, 'get', '/api/live/artist/{id}', 200).properties).toHaveProperty('title');
    expect(renamedModel.paths).toHaveProperty(['/api/live/singer']);
    expect(renamedModel.paths).not.toHaveProperty(['/api/live/artist']);
    expect(hidden.paths).not.toHaveProperty(['/api/live/singer']);
    expect(shown.paths).toHaveProperty(['/api/live/singer']);
    expect(deleted.paths).not.toHaveProperty(['/api/live/singer']);
  });

  it('names verbose names and help, as text', async () => {
    const fields = [{ name: 'title', type: 'char', verboseName: 'Überschrift', help: 'Printed on the spine' }];
    await defineModel(http, { app: 'labels', name: 'Book', verboseName: 'Buch', fields });

    const document = JSON.stringify(await readDocument(http));

    expect(document).toContain('Buch');
    expect(document).toContain('Printed on the spine');
  });

  it('documents the parameters of lists, field by field', async () => {
    await defineModels(
      http,
      [artist, { ...album, fields: [...album.fields, { name: 'sold', type: 'big_integer' }] }].map((model) => ({
        ...JSON.parse(JSON.stringify(model).replaceAll('music.', 'listed.')),
        app: 'listed',
      })),
    );

    const { paths } = await readDocument(http);

    const { parameters } = paths['/api/listed/album'].get;
    expect(parameters.map(({ name }) => name)).toEqual([
      'page',
      'limit',
      'sortBy',
      'filter.id',
      'filter.title',
      'filter.artist',
      'filter.sold',
      'filter',
      'search',
      'select',
      'include',
      'count',
      'after',
      'before',
      'aggregate',
      'groupBy',
    ]);
    expect(parameters).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          name: 'filter.title',
          description: expect.stringMatching(/\$eq.*\$ilike.*\$contains/),
          example: '$sw:A',
        }),
        expect.objectContaining({ name: 'filter.sold', description: expect.not.stringContaining('$contains') }),
        expect.objectContaining({ name: 'include', schema: expect.objectContaining({ anyOf: expect.any(Array) }) }),
      ]),
    );
    expect(paths['/api/listed/album/query'].post.requestBody.content).toHaveProperty(['application/json']);
  });

  it('is served as YAML and as a page too', async () => {
    await defineModel(http, { ...artist, app: 'shown' });

    const yaml = await http.get('/docs-yaml');
    const page = await http.get('/docs');

    expect(yaml).toMatchObject({ status: 200, text: expect.stringMatching(/^openapi: ['"]?3\.1/m) });
    expect(yaml.text).toContain('/api/shown/artist');
    expect(page).toMatchObject({
      status: 200,
      contentType: expect.stringContaining('text/html'),
      text: expect.stringContaining('swagger-ui'),
    });
  });
});
