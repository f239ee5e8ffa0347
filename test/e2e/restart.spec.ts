import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createRecord, createRecords, defineModel, defineModels, fieldOf } from '../fixtures/arrange.js';
import { tableVersions } from '../fixtures/catalogue.js';
import { album, artist, playlist, track } from '../fixtures/music.js';
import { modelPaths, readDocument } from '../fixtures/openapi.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { startApp, type StartOptions, type TestServer } from '../support/server.js';

describe('a restart', () => {
  let database: TestDatabase;
  let servers: TestServer[] = [];

  const boot = async (start: StartOptions = {}): Promise<TestServer> => {
    const server = await startApp({ database, ...start });
    servers.push(server);
    return server;
  };
  const stop = async (): Promise<void> => {
    await Promise.all(servers.map((server) => server.close()));
    servers = [];
  };

  beforeEach(async () => {
    database = await createDatabase();
  });
  afterEach(async () => {
    await stop();
    await database.drop();
  });

  it('makes every stored model live again: API, repository, OpenAPI and meta API', async () => {
    const first = await boot();
    await defineModels(first.http, [artist, album, track, playlist]);
    await createRecord(first.http, '/api/music/artist', { name: 'AC/DC' });
    await createRecord(first.http, '/api/music/album', { title: 'Powerage', artist: 1 });
    await createRecords(first.http, '/api/music/track', [
      { name: 'Riff Raff', album: 1, unit_price: '0.99' },
      { name: 'Sin City', album: 1 },
    ]);
    await createRecord(first.http, '/api/music/playlist', { name: 'Loud', tracks: [1, 2] });
    const models = await first.http.get('/api/meta/models');
    const paths = modelPaths(await readDocument(first.http));
    await stop();

    const { http, dataSource } = await boot();

    expect((await http.get('/api/music/track/1')).body).toEqual({
      id: 1,
      name: 'Riff Raff',
      album: 1,
      milliseconds: null,
      unit_price: '0.99',
    });
    expect((await http.get('/api/music/playlist/1')).body).toEqual({ id: 1, name: 'Loud', tracks: [1, 2] });
    expect((await http.get('/api/meta/models')).text).toBe(models.text);
    expect(modelPaths(await readDocument(http))).toEqual(paths);
    expect(
      await dataSource.getRepository('music.Track').find({ relations: { album: { artist: true } } }),
    ).toMatchObject([
      { name: 'Riff Raff', album: { title: 'Powerage', artist: { name: 'AC/DC' } } },
      { name: 'Sin City', album: { title: 'Powerage' } },
    ]);
  });

  it('serves the model as it was last changed, and the next change goes on from there', async () => {
    const first = await boot();
    const model = await defineModel(first.http, artist);
    await createRecord(first.http, '/api/music/artist', { name: 'AC/DC' });
    await first.http.patch(`/api/meta/fields/${fieldOf(model, 'name').id}`, { name: 'title' });
    await first.http.patch('/api/meta/models/music.Artist', { name: 'Band' });
    await stop();

    const { http } = await boot();
    await http.post('/api/meta/models/music.Band/fields', { name: 'founded', type: 'integer' });

    expect((await http.get('/api/music/band/1')).body).toEqual({ id: 1, title: 'AC/DC', founded: null });
    expect(await http.get('/api/music/artist')).toMatchObject({ status: 404 });
  });

  it('touches no table of a model', async () => {
    const first = await boot();
    await defineModels(first.http, [artist, album, track, playlist]);
    await stop();
    const before = await tableVersions(database);

    await boot();

    expect(before).not.toEqual([]);
    expect(await tableVersions(database)).toEqual(before);
  });

  it('forgets models that were deleted and keeps admin off', async () => {
    const first = await boot();
    await defineModel(first.http, { app: 'gone', name: 'Thing', fields: [{ name: 'name', type: 'char' }] });
    await defineModel(first.http, {
      app: 'quiet',
      name: 'Thing',
      admin: false,
      fields: [{ name: 'name', type: 'char' }],
    });
    await first.http.delete('/api/meta/models/gone.Thing');
    await stop();

    const { http, models } = await boot();

    expect(await http.get('/api/gone/thing')).toMatchObject({ status: 404, body: { code: 'model_not_found' } });
    expect(await http.get('/api/quiet/thing')).toMatchObject({ status: 404, body: { code: 'model_not_found' } });
    expect(await models.repository('quiet.Thing').count()).toBe(0);
  });

  it('lets eight applications start at once on an empty database', async () => {
    await Promise.all(Array.from({ length: 8 }, () => boot({ typeorm: { extra: { max: 3 } } })));

    const answers = await Promise.all(servers.map(({ http }) => http.get('/api/meta/models')));
    await defineModel(servers[0].http, artist);

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200, 200, 200]);
    expect(await database.query(`SELECT count(*)::int AS models FROM dynamo.meta_model`)).toEqual([{ models: 1 }]);
    expect(await servers[0].http.post('/api/music/artist', { name: 'AC/DC' })).toMatchObject({ status: 201 });
  }, 60_000);
});
