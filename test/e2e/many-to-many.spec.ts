import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createRecord, createRecords, defineModels, fieldOf } from '../fixtures/arrange.js';
import { columnNames, foreignKeys, indexes, tableNames } from '../fixtures/catalogue.js';
import { problemAt } from '../fixtures/problem.js';
import type { Http, ModelBody } from '../support/http.js';
import { startApp, type TestServer } from '../support/server.js';

describe('many to many', () => {
  let server: TestServer;
  let http: Http;
  let playlist: ModelBody;
  let app = 'music0';
  let count = 0;

  const pairs = () =>
    server.database.query(`SELECT source_id::int, target_id::int FROM ${app}_playlist_tracks ORDER BY 1, 2`);

  beforeAll(async () => {
    server = await startApp();
    http = server.http;
  });
  afterAll(() => server?.close());

  beforeEach(async () => {
    count += 1;
    app = `music${count}`;
    [playlist] = await defineModels(http, [
      {
        app,
        name: 'Playlist',
        fields: [
          { name: 'name', type: 'char' },
          { name: 'tracks', type: 'many_to_many', relatedModel: `${app}.Track` },
        ],
      },
      { app, name: 'Track', fields: [{ name: 'name', type: 'char' }] },
    ]);
    await createRecords(http, `/api/${app}/track`, [{ name: 'one' }, { name: 'two' }, { name: 'three' }]);
  });

  it('has a join table of its own: the pair is unique and both keys are indexed', async () => {
    const table = `${app}_playlist_tracks`;

    expect(await columnNames(server.database, table)).toEqual(['source_id', 'target_id']);
    expect(await indexes(server.database, table)).toEqual(['source_id,target_id primary', 'target_id']);
    expect(await foreignKeys(server.database, table)).toEqual([
      `source_id → ${app}_playlist (c)`,
      `target_id → ${app}_track (c)`,
    ]);
    expect(await columnNames(server.database, `${app}_playlist`)).toEqual(['id', 'name']);
  });

  it('is set when a record is created, and read as ids in order', async () => {
    const answer = await http.post(`/api/${app}/playlist`, { name: 'Music', tracks: [3, 1] });

    expect(answer).toMatchObject({ status: 201, body: { id: 1, name: 'Music', tracks: [1, 3] } });
    expect((await http.get(`/api/${app}/playlist/1`)).body).toEqual({ id: 1, name: 'Music', tracks: [1, 3] });
    expect(await http.get(`/api/${app}/playlist`)).toMatchObject({ body: { data: [{ tracks: [1, 3] }] } });
  });

  it('is empty when nothing is given', async () => {
    const answer = await http.post(`/api/${app}/playlist`, { name: 'Empty' });

    expect(answer).toMatchObject({ status: 201, body: { tracks: [] } });
  });

  it('is set for each record of many', async () => {
    const records = await createRecords(http, `/api/${app}/playlist`, [
      { name: 'first', tracks: [1, 2] },
      { name: 'second' },
      { name: 'third', tracks: [2] },
    ]);

    expect(records).toMatchObject([{ tracks: [1, 2] }, { tracks: [] }, { tracks: [2] }]);
  });

  it('is replaced by PATCH when the field is given, and kept when it is not', async () => {
    await createRecord(http, `/api/${app}/playlist`, { name: 'Music', tracks: [1, 2] });

    const kept = await http.patch(`/api/${app}/playlist/1`, { name: 'Songs' });
    const replaced = await http.patch(`/api/${app}/playlist/1`, { tracks: [2, 3] });
    const emptied = await http.patch(`/api/${app}/playlist/1`, { tracks: [] });

    expect(kept.body).toEqual({ id: 1, name: 'Songs', tracks: [1, 2] });
    expect(replaced.body).toEqual({ id: 1, name: 'Songs', tracks: [2, 3] });
    expect(emptied.body).toEqual({ id: 1, name: 'Songs', tracks: [] });
  });

  it('is replaced by PUT, and emptied when PUT leaves it out', async () => {
    await createRecord(http, `/api/${app}/playlist`, { name: 'Music', tracks: [1] });

    const replaced = await http.put(`/api/${app}/playlist/1`, { name: 'Music', tracks: [2, 3] });
    const emptied = await http.put(`/api/${app}/playlist/1`, { name: 'Music' });

    expect(replaced.body).toEqual({ id: 1, name: 'Music', tracks: [2, 3] });
    expect(emptied.body).toEqual({ id: 1, name: 'Music', tracks: [] });
  });

  it('refuses a record that does not exist and writes nothing', async () => {
    const answer = await http.post(`/api/${app}/playlist`, { name: 'Broken', tracks: [1, 999] });

    expect(answer).toMatchObject(problemAt(422, 'related_record_not_found', /^tracks/, /tracks/));
    expect(await http.get(`/api/${app}/playlist`)).toMatchObject({ body: { data: [] } });
    expect(await pairs()).toEqual([]);
  });

  it('loses its pairs, and nothing else, when a record of either side is deleted', async () => {
    await createRecords(http, `/api/${app}/playlist`, [{ tracks: [1, 2] }, { tracks: [1, 3] }]);

    await http.delete(`/api/${app}/playlist/1`);
    await http.delete(`/api/${app}/track/3`);

    expect(await pairs()).toEqual([{ source_id: 2, target_id: 1 }]);
    expect(await http.get(`/api/${app}/track`)).toMatchObject({ body: { data: [{ id: 1 }, { id: 2 }] } });
    expect(await http.get(`/api/${app}/playlist`)).toMatchObject({ body: { data: [{ id: 2, tracks: [1] }] } });
  });

  it('is written and loaded by the repository', async () => {
    const tracks = await server.dataSource.getRepository(`${app}.Track`).find({ order: { id: 'ASC' } });
    const playlists = server.dataSource.getRepository(`${app}.Playlist`);

    await playlists.save({ name: 'Music', tracks: tracks.slice(0, 2) });
    const found = await playlists.find({ relations: { tracks: true }, order: { tracks: { id: 'ASC' } } });

    expect(found).toMatchObject([{ name: 'Music', tracks: [{ name: 'one' }, { name: 'two' }] }]);
    expect((await http.get(`/api/${app}/playlist/1`)).body).toEqual({ id: 1, name: 'Music', tracks: [1, 2] });
  });

  it('keeps its pairs when the field and both models are renamed', async () => {
    await createRecord(http, `/api/${app}/playlist`, { name: 'Music', tracks: [1, 3] });

    await http.patch(`/api/meta/fields/${fieldOf(playlist, 'tracks').id}`, { name: 'songs' });
    await http.patch(`/api/meta/models/${app}.Track`, { name: 'Song' });
    await http.patch(`/api/meta/models/${app}.Playlist`, { name: 'Mixtape' });

    expect((await http.get(`/api/${app}/mixtape/1`)).body).toEqual({ id: 1, name: 'Music', songs: [1, 3] });
    expect(await http.patch(`/api/${app}/mixtape/1`, { songs: [2] })).toMatchObject({ body: { songs: [2] } });
    const repository = server.dataSource.getRepository(`${app}.Mixtape`);
    expect(await repository.find({ relations: { songs: true } })).toMatchObject([{ songs: [{ name: 'two' }] }]);
  });

  it('keeps the pairs of two fields that swap their names', async () => {
    const [model] = await defineModels(http, [
      {
        app,
        name: 'Disc',
        fields: [
          { name: 'hits', type: 'many_to_many', relatedModel: `${app}.Track` },
          { name: 'extras', type: 'many_to_many', relatedModel: `${app}.Track` },
        ],
      },
    ]);
    await createRecord(http, `/api/${app}/disc`, { hits: [1], extras: [2, 3] });
    const [hits, extras] = model?.fields ?? [];

    const answer = await http.patch(`/api/meta/models/${app}.Disc`, {
      fields: [
        { ...hits, name: 'extras' },
        { ...extras, name: 'hits' },
      ],
    });

    expect(answer).toMatchObject({ status: 200 });
    expect((await http.get(`/api/${app}/disc/1`)).body).toEqual({ id: 1, extras: [1], hits: [2, 3] });
  });

  it('drops its join table with the field', async () => {
    await createRecord(http, `/api/${app}/playlist`, { name: 'Music', tracks: [1] });

    const answer = await http.delete(`/api/meta/fields/${fieldOf(playlist, 'tracks').id}`);

    expect(answer).toMatchObject({ status: 204 });
    expect(await tableNames(server.database)).not.toContain(`${app}_playlist_tracks`);
    expect((await http.get(`/api/${app}/playlist/1`)).body).toEqual({ id: 1, name: 'Music' });
    expect(await http.delete(`/api/meta/models/${app}.Track`)).toMatchObject({ status: 204 });
  });

  it('may point to its own model', async () => {
    await defineModels(http, [
      {
        app,
        name: 'Person',
        fields: [
          { name: 'name', type: 'char' },
          { name: 'friends', type: 'many_to_many', relatedModel: `${app}.Person` },
        ],
      },
    ]);
    await createRecords(http, `/api/${app}/person`, [{ name: 'Ada' }, { name: 'Bob' }]);

    const answer = await http.patch(`/api/${app}/person/1`, { friends: [1, 2] });

    expect(answer).toMatchObject({ status: 200, body: { friends: [1, 2] } });
    expect(await http.get(`/api/${app}/person/2`)).toMatchObject({ body: { friends: [] } });
  });
});
