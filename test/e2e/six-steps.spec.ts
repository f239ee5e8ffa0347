import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createRecord, defineModel, fieldOf } from '../fixtures/arrange.js';
import { columnNames, tableNames } from '../fixtures/catalogue.js';
import { watchDdl, type DdlWatch } from '../fixtures/ddl.js';
import { readDocument } from '../fixtures/openapi.js';
import { problem } from '../fixtures/problem.js';
import { nextSignal, recordSignals } from '../fixtures/signals.js';
import type { Http, PageBody } from '../support/http.js';
import { startApp, type TestServer } from '../support/server.js';

describe('saving a model over HTTP', () => {
  let server: TestServer;
  let http: Http;
  let ddl: DdlWatch;

  beforeAll(async () => {
    server = await startApp();
    http = server.http;
    ddl = await watchDdl(server.database);
  });
  afterAll(() => server?.close());

  it('answers the model with its defaults and the ids of its fields', async () => {
    const answer = await http.post('/api/meta/models', {
      app: 'shop',
      name: 'Product',
      fields: [{ name: 'title', type: 'char', required: true }],
    });

    expect(answer).toMatchObject({
      status: 201,
      body: {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        app: 'shop',
        name: 'Product',
        verboseName: expect.any(String),
        admin: true,
        fields: [{ id: expect.stringMatching(/^[0-9a-f-]{36}$/), name: 'title', type: 'char', required: true }],
      },
    });
  });

  it('creates the table, the repository, the API and the OpenAPI path', async () => {
    await defineModel(http, { app: 'made', name: 'MediaType', fields: [{ name: 'lastName', type: 'char' }] });

    const written = await http.post('/api/made/mediatype', { lastName: 'AAC' });
    const rows = await server.dataSource.getRepository('made.MediaType').find();
    const document = await readDocument(http);

    expect(await columnNames(server.database, 'made_media_type')).toEqual(['id', 'last_name']);
    expect(written).toMatchObject({ status: 201, body: { id: 1, lastName: 'AAC' } });
    expect(rows).toMatchObject([{ lastName: 'AAC' }]);
    expect(document.paths).toHaveProperty(['/api/made/mediatype', 'post']);
  });

  it('finds the model in any case, with or without underscores', async () => {
    await defineModel(http, { app: 'cases', name: 'MediaType', fields: [{ name: 'name', type: 'char' }] });

    const answers = await Promise.all(
      ['/api/cases/mediatype', '/api/cases/media_type', '/api/CASES/MediaType'].map((path) => http.get(path)),
    );

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(server.models.repository('cases.mediatype').metadata.tableName).toBe('cases_media_type');
  });

  it('puts a model without an app into the default app', async () => {
    const answer = await http.post('/api/meta/models', { name: 'Loose', fields: [{ name: 'name', type: 'char' }] });

    expect(answer).toMatchObject({ status: 201, body: { app: 'dynamo', name: 'Loose' } });
    expect(await http.get('/api/dynamo/loose')).toMatchObject({ status: 200 });
  });

  it('follows a renamed field at once and keeps its values', async () => {
    const model = await defineModel(http, {
      app: 'follow',
      name: 'Song',
      fields: [{ name: 'composer', type: 'char' }],
    });
    await createRecord(http, '/api/follow/song', { composer: 'Jobim' });

    const answer = await http.patch(`/api/meta/fields/${fieldOf(model, 'composer').id}`, { name: 'writtenBy' });

    expect(answer).toMatchObject({ status: 200, body: { name: 'writtenBy' } });
    expect((await http.get('/api/follow/song/1')).body).toEqual({ id: 1, writtenBy: 'Jobim' });
    expect(await columnNames(server.database, 'follow_song')).toEqual(['id', 'written_by']);
    expect(await server.models.repository('follow.Song').find()).toMatchObject([{ writtenBy: 'Jobim' }]);
  });

  it('follows a renamed model at once and keeps its rows', async () => {
    await defineModel(http, { app: 'moved', name: 'MediaType', fields: [{ name: 'name', type: 'char' }] });
    await createRecord(http, '/api/moved/mediatype', { name: 'AAC' });

    const answer = await http.patch('/api/meta/models/moved.MediaType', { name: 'Format' });

    expect(answer).toMatchObject({ status: 200, body: { name: 'Format' } });
    expect((await http.get('/api/moved/format/1')).body).toEqual({ id: 1, name: 'AAC' });
    expect(await http.get('/api/moved/mediatype')).toMatchObject(problem(404, 'model_not_found', /mediatype/i));
    expect(await tableNames(server.database)).toContain('moved_format');
    expect(await tableNames(server.database)).not.toContain('moved_media_type');
  });

  it('follows a changed app at once and keeps the rows', async () => {
    await defineModel(http, { app: 'before', name: 'Thing', fields: [{ name: 'name', type: 'char' }] });
    await createRecord(http, '/api/before/thing', { name: 'chair' });

    await http.patch('/api/meta/models/before.Thing', { app: 'after' });

    expect((await http.get('/api/after/thing/1')).body).toEqual({ id: 1, name: 'chair' });
    expect(await http.get('/api/before/thing')).toMatchObject(problem(404, 'model_not_found', /thing/i));
    expect(await tableNames(server.database)).toContain('after_thing');
    expect(await tableNames(server.database)).not.toContain('before_thing');
  });

  it('takes table, repository, API and OpenAPI path away with a deleted model', async () => {
    await defineModel(http, { app: 'gone', name: 'Thing', fields: [{ name: 'name', type: 'char' }] });

    const answer = await http.delete('/api/meta/models/gone.Thing');

    expect(answer).toMatchObject({ status: 204, text: '' });
    expect(await http.get('/api/gone/thing')).toMatchObject(problem(404, 'model_not_found', /thing/i));
    expect((await readDocument(http)).paths).not.toHaveProperty(['/api/gone/thing']);
    expect(await tableNames(server.database)).not.toContain('gone_thing');
    expect(server.dataSource.hasMetadata('gone.Thing')).toBe(false);
  });

  it('changes nothing when only descriptions change', async () => {
    const model = await defineModel(http, { app: 'said', name: 'Thing', fields: [{ name: 'name', type: 'char' }] });
    const signals = recordSignals(server.signals);

    const commands = await ddl.during(async () => {
      await http.patch('/api/meta/models/said.Thing', { description: 'What we sell' });
      await http.patch(`/api/meta/fields/${fieldOf(model, 'name').id}`, { description: 'What it is called' });
    });
    signals.stop();

    expect(commands).toEqual([]);
    expect(signals.names).toEqual([]);
    expect(await http.get('/api/meta/models/said.Thing')).toMatchObject({
      status: 200,
      body: { description: 'What we sell', fields: [{ description: 'What it is called' }] },
    });
  });

  it('does nothing when the same model is saved again', async () => {
    const model = await defineModel(http, { app: 'equal', name: 'Thing', fields: [{ name: 'name', type: 'char' }] });
    const signals = recordSignals(server.signals);

    const commands = await ddl.during(async () => {
      await http.patch('/api/meta/models/equal.Thing', { name: 'Thing', fields: model.fields });
    });
    signals.stop();

    expect(commands).toEqual([]);
    expect(signals.names).toEqual([]);
  });

  it.each([
    ['the verbose name', 'Verbose', { verboseName: 'Goods' }],
    ['the app', 'App', { app: 'counted2' }],
    ['admin', 'Admin', { admin: false }],
  ])('counts %s as a change', async (_title, name, patch) => {
    await defineModel(http, { app: 'counts', name, fields: [{ name: 'name', type: 'char' }] });
    const updated = nextSignal(server.signals, 'post_model_update');

    const answer = await http.patch(`/api/meta/models/counts.${name}`, patch);

    expect(answer).toMatchObject({ status: 200, body: patch });
    expect(await updated).toMatchObject({ oldModel: { name }, newModel: patch });
  });

  it('counts uniqueTogether as a change', async () => {
    const model = await defineModel(http, {
      app: 'counts',
      name: 'Seat',
      fields: [
        { name: 'row', type: 'integer' },
        { name: 'place', type: 'integer' },
      ],
    });
    await createRecord(http, '/api/counts/seat', { row: 1, place: 1 });

    await http.patch('/api/meta/models/counts.Seat', {
      fields: model.fields.map((field) => ({ ...field, uniqueTogether: true })),
    });

    expect(await http.post('/api/counts/seat', { row: 1, place: 2 })).toMatchObject({ status: 201 });
    expect(await http.post('/api/counts/seat', { row: 1, place: 1 })).toMatchObject(
      problem(409, 'unique_violation', /row.*place/),
    );
  });

  it('serves no path for a model with admin off, while its repository works', async () => {
    await defineModel(http, { app: 'quiet', name: 'Log', admin: false, fields: [{ name: 'line', type: 'text' }] });

    await server.dataSource.getRepository('quiet.Log').save({ line: 'started' });

    expect(await http.get('/api/quiet/log')).toMatchObject(problem(404, 'model_not_found', /log/i));
    expect((await readDocument(http)).paths).not.toHaveProperty(['/api/quiet/log']);
    expect(await server.models.repository('quiet.Log').find()).toMatchObject([{ line: 'started' }]);
  });

  it('serves the model again when admin is switched on', async () => {
    await defineModel(http, { app: 'quiet', name: 'Door', admin: false, fields: [{ name: 'name', type: 'char' }] });

    await http.patch('/api/meta/models/quiet.Door', { admin: true });

    expect(await http.get<PageBody>('/api/quiet/door')).toMatchObject({ status: 200, body: { data: [] } });
    expect((await readDocument(http)).paths).toHaveProperty(['/api/quiet/door']);
  });

  it('lists models by app and name and finds one by id or name', async () => {
    const model = await defineModel(http, { app: 'listed', name: 'Thing', fields: [{ name: 'name', type: 'char' }] });

    const page = await http.get('/api/meta/models?app=listed&name=Thing&page=1&limit=5');

    expect(page).toMatchObject({
      status: 200,
      body: { data: [{ id: model.id }], meta: { itemsPerPage: 5, totalItems: 1, currentPage: 1, totalPages: 1 } },
    });
    expect((await http.get(`/api/meta/models/${model.id}`)).body).toEqual(model);
    expect((await http.get('/api/meta/models/listed.thing')).body).toEqual(model);
  });

  it('counts models, and not their fields, on a page of models', async () => {
    const fields = ['a', 'b', 'c'].map((name) => ({ name, type: 'char' }));
    for (const name of ['One', 'Two', 'Three']) await defineModel(http, { app: 'wide', name, fields });

    const first = await http.get('/api/meta/models?app=wide&limit=2');
    const second = await http.get('/api/meta/models?app=wide&limit=2&page=2');

    expect(first.body).toMatchObject({
      data: [
        { name: 'One', fields },
        { name: 'Three', fields },
      ],
      meta: { totalItems: 3, totalPages: 2 },
    });
    expect(second.body).toMatchObject({ data: [{ name: 'Two', fields }], meta: { totalItems: 3 } });
  });
});
