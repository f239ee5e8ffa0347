import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createRecord, createRecords, defineModel, defineModels, fieldOf } from '../fixtures/arrange.js';
import { columnNames, foreignKeys, indexes } from '../fixtures/catalogue.js';
import { album, artist } from '../fixtures/music.js';
import { problemAt, refusedAt } from '../fixtures/problem.js';
import type { Http } from '../support/http.js';
import { startApp, type TestServer } from '../support/server.js';

const nameField = { name: 'name', type: 'char', required: true };

describe('foreign keys', () => {
  let server: TestServer;
  let http: Http;

  beforeAll(async () => {
    server = await startApp();
    http = server.http;
  });
  afterAll(() => server?.close());

  it('are written and read as the id of the related record', async () => {
    await defineModels(http, [artist, album]);
    await createRecord(http, '/api/music/artist', { name: 'AC/DC' });

    const answer = await http.post('/api/music/album', { title: 'Let There Be Rock', artist: 1 });

    expect(answer).toMatchObject({ status: 201, body: { id: 1, title: 'Let There Be Rock', artist: 1 } });
    expect((await http.get('/api/music/album?filter.artist=1')).body).toMatchObject({ data: [{ id: 1, artist: 1 }] });
    expect(await columnNames(server.database, 'music_album')).toEqual(['id', 'title', 'artist_id']);
    expect(await foreignKeys(server.database, 'music_album')).toEqual([
      expect.stringMatching(/^artist_id → music_artist /),
    ]);
    expect(await indexes(server.database, 'music_album')).toEqual(['artist_id', 'id primary']);
  });

  it('refuse a record that does not exist', async () => {
    await defineModels(http, [
      { app: 'missing', name: 'Parent', fields: [nameField] },
      {
        app: 'missing',
        name: 'Child',
        fields: [{ name: 'parent', type: 'foreign_key', relatedModel: 'missing.Parent' }],
      },
    ]);

    const answer = await http.post('/api/missing/child', { parent: 999 });

    expect(answer).toMatchObject(problemAt(422, 'related_record_not_found', 'parent', /parent/));
    expect(await http.get('/api/missing/child')).toMatchObject({ body: { data: [] } });
  });

  it('may point to their own model', async () => {
    await defineModel(http, {
      app: 'staff',
      name: 'Employee',
      fields: [nameField, { name: 'manager', type: 'foreign_key', relatedModel: 'staff.Employee' }],
    });

    await createRecords(http, '/api/staff/employee', [
      { id: 1, name: 'Andrew' },
      { id: 2, name: 'Nancy', manager: 1 },
    ]);

    expect((await http.get('/api/staff/employee/2')).body).toEqual({ id: 2, name: 'Nancy', manager: 1 });
    expect((await http.get('/api/staff/employee/1')).body).toEqual({ id: 1, name: 'Andrew', manager: null });
  });

  it('may form a cycle of two models that are defined in one request', async () => {
    const models = await defineModels(http, [
      {
        app: 'cycle',
        name: 'Country',
        fields: [nameField, { name: 'capital', type: 'foreign_key', relatedModel: 'cycle.City' }],
      },
      {
        app: 'cycle',
        name: 'City',
        fields: [nameField, { name: 'country', type: 'foreign_key', relatedModel: 'cycle.Country', required: true }],
      },
    ]);
    await createRecord(http, '/api/cycle/country', { name: 'France' });
    await createRecord(http, '/api/cycle/city', { name: 'Paris', country: 1 });

    const answer = await http.patch('/api/cycle/country/1', { capital: 1 });

    expect(models).toMatchObject([{ name: 'Country' }, { name: 'City' }]);
    expect(answer).toMatchObject({ status: 200, body: { name: 'France', capital: 1 } });
  });

  it('are required when the field is', async () => {
    await defineModels(http, [
      { app: 'must', name: 'Parent', fields: [nameField] },
      {
        app: 'must',
        name: 'Child',
        fields: [{ name: 'parent', type: 'foreign_key', relatedModel: 'must.Parent', required: true }],
      },
    ]);

    const absent = await http.post('/api/must/child', {});
    const empty = await http.post('/api/must/child', { parent: null });

    expect(absent).toMatchObject(refusedAt('parent', 'required'));
    expect(empty).toMatchObject(refusedAt('parent', 'required'));
  });

  it('keep working when the related model is renamed', async () => {
    await defineModels(http, [
      { app: 'renamed', name: 'MediaType', fields: [nameField] },
      {
        app: 'renamed',
        name: 'Track',
        fields: [nameField, { name: 'format', type: 'foreign_key', relatedModel: 'renamed.MediaType' }],
      },
    ]);
    await createRecord(http, '/api/renamed/mediatype', { name: 'AAC' });
    await createRecord(http, '/api/renamed/track', { name: 'Dog Eat Dog', format: 1 });

    await http.patch('/api/meta/models/renamed.MediaType', { name: 'Format' });

    const repository = server.dataSource.getRepository('renamed.Track');
    expect(await repository.findOne({ where: { name: 'Dog Eat Dog' }, relations: { format: true } })).toMatchObject({
      name: 'Dog Eat Dog',
      format: { name: 'AAC' },
    });
    expect(await http.post('/api/renamed/track', { name: 'Overdose', format: 1 })).toMatchObject({ status: 201 });
    expect(await http.get('/api/meta/models/renamed.Track')).toMatchObject({
      body: { fields: [{ name: 'name' }, { name: 'format', relatedModel: 'renamed.Format' }] },
    });
  });

  it('are loaded by the repository over several steps', async () => {
    await defineModels(http, [
      { app: 'deep', name: 'Artist', fields: [nameField] },
      {
        app: 'deep',
        name: 'Album',
        fields: [nameField, { name: 'artist', type: 'foreign_key', relatedModel: 'deep.Artist' }],
      },
      {
        app: 'deep',
        name: 'Track',
        fields: [nameField, { name: 'album', type: 'foreign_key', relatedModel: 'deep.Album' }],
      },
    ]);
    const artists = server.dataSource.getRepository('deep.Artist');
    const albums = server.dataSource.getRepository('deep.Album');
    const tracks = server.dataSource.getRepository('deep.Track');
    const jobim = await artists.save({ name: 'Antônio Carlos Jobim' });
    const wave = await albums.save({ name: 'Wave', artist: jobim });
    await tracks.save({ name: 'Triste', album: wave });

    const found = await tracks.find({ where: { album: { name: 'Wave' } }, relations: { album: { artist: true } } });

    expect(found).toMatchObject([
      { name: 'Triste', album: { name: 'Wave', artist: { name: 'Antônio Carlos Jobim' } } },
    ]);
    expect((await http.get('/api/deep/track/1')).body).toEqual({ id: 1, name: 'Triste', album: 1 });
  });

  it('drop their column, key and index with the field', async () => {
    const [, child] = await defineModels(http, [
      { app: 'dropped', name: 'Parent', fields: [nameField] },
      {
        app: 'dropped',
        name: 'Child',
        fields: [nameField, { name: 'parent', type: 'foreign_key', relatedModel: 'dropped.Parent' }],
      },
    ]);
    await createRecord(http, '/api/dropped/child', { name: 'kept' });

    await http.delete(`/api/meta/fields/${fieldOf(child, 'parent').id}`);

    expect(await foreignKeys(server.database, 'dropped_child')).toEqual([]);
    expect(await indexes(server.database, 'dropped_child')).toEqual(['id primary']);
    expect((await http.get('/api/dropped/child/1')).body).toEqual({ id: 1, name: 'kept' });
    expect(await http.delete('/api/meta/models/dropped.Parent')).toMatchObject({ status: 204 });
  });
});
