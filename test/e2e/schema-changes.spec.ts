import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createRecords, defineModel, defineModels, fieldOf } from '../fixtures/arrange.js';
import { columnNames, foreignKeys, indexes, tableNames, tableRows } from '../fixtures/catalogue.js';
import { problemAt } from '../fixtures/problem.js';
import { SONGS, songModel } from '../fixtures/song.js';
import type { Http, ModelBody, PageBody } from '../support/http.js';
import { startApp, type TestServer } from '../support/server.js';

describe('changing a model that has rows', () => {
  let server: TestServer;
  let http: Http;
  let song: ModelBody;
  let app = '';
  let count = 0;

  const url = () => `/api/${app}/song`;
  const records = async () => (await http.get<PageBody>(`${url()}?sortBy=id:ASC`)).body.data;
  const patchField = (name: string, patch: object) => http.patch(`/api/meta/fields/${fieldOf(song, name).id}`, patch);

  beforeAll(async () => {
    server = await startApp();
    http = server.http;
  });
  afterAll(() => server?.close());

  beforeEach(async () => {
    count += 1;
    app = `change${count}`;
    song = await defineModel(http, songModel(app));
    await createRecords(http, url(), SONGS);
  });

  it('renames the table and keeps ids and rows', async () => {
    const before = await tableRows(server.database, `${app}_song`);

    await http.patch(`/api/meta/models/${app}.Song`, { name: 'Tune' });

    expect(await tableRows(server.database, `${app}_tune`)).toEqual(before);
    expect(await tableNames(server.database)).not.toContain(`${app}_song`);
    expect(await http.post(`/api/${app}/tune`, { name: 'next' })).toMatchObject({ status: 201, body: { id: 4 } });
  });

  it('drops the table with the model', async () => {
    const answer = await http.delete(`/api/meta/models/${song.id}`);

    expect(answer).toMatchObject({ status: 204 });
    expect(await tableNames(server.database)).not.toContain(`${app}_song`);
  });

  it('adds a column: rows that exist have null', async () => {
    const answer = await http.post(`/api/meta/models/${song.id}/fields`, { name: 'key', type: 'char' });

    expect(answer).toMatchObject({ status: 201, body: { name: 'key' } });
    expect(await records()).toEqual(SONGS.map((row, index) => ({ id: index + 1, ...row, key: null })));
  });

  it('drops a column and keeps the others', async () => {
    await http.delete(`/api/meta/fields/${fieldOf(song, 'composer').id}`);

    expect(await columnNames(server.database, `${app}_song`)).toEqual(['id', 'name', 'year']);
    expect(await records()).toEqual(SONGS.map(({ name, year }, index) => ({ id: index + 1, name, year })));
  });

  it('renames a column and keeps its values', async () => {
    await patchField('composer', { name: 'writtenBy' });

    expect(await columnNames(server.database, `${app}_song`)).toEqual(['id', 'name', 'written_by', 'year']);
    expect(await records()).toMatchObject(SONGS.map(({ name, composer }) => ({ name, writtenBy: composer })));
  });

  it('swaps two names in one save: each value stays with its field', async () => {
    const [name, composer, year] = song.fields;
    const swapped = [{ ...name, name: 'composer' }, { ...composer, name: 'name' }, year];

    const answer = await http.patch(`/api/meta/models/${song.id}`, { fields: swapped });

    expect(answer).toMatchObject({ status: 200, body: { fields: [{ name: 'composer' }, { name: 'name' }, {}] } });
    expect(await records()).toEqual(
      SONGS.map((row, index) => ({ id: index + 1, composer: row.name, name: row.composer, year: row.year })),
    );
  });

  it('shows nothing of the old field when its name is used again', async () => {
    await http.delete(`/api/meta/fields/${fieldOf(song, 'composer').id}`);

    await http.post(`/api/meta/models/${song.id}/fields`, { name: 'composer', type: 'char' });

    expect(await records()).toMatchObject([{ composer: null }, { composer: null }, { composer: null }]);
  });

  it('shows nothing of the old model when its name is used again', async () => {
    await http.delete(`/api/meta/models/${song.id}`);

    await defineModel(http, { app, name: 'Song', fields: [{ name: 'name', type: 'integer' }] });

    expect(await records()).toEqual([]);
    expect(await http.post(url(), { name: 7 })).toMatchObject({ status: 201, body: { id: 1, name: 7 } });
  });

  it('adds and drops a foreign key with its index', async () => {
    await defineModel(http, { app, name: 'Album', fields: [{ name: 'title', type: 'char' }] });
    const field = { name: 'album', type: 'foreign_key', relatedModel: `${app}.Album` };

    const added = await http.post<{ id: string }>(`/api/meta/models/${song.id}/fields`, field);
    const keys = await foreignKeys(server.database, `${app}_song`);
    const withIndex = await indexes(server.database, `${app}_song`);
    await http.delete(`/api/meta/fields/${added.body.id}`);

    expect(keys).toEqual([expect.stringContaining(`album_id → ${app}_album`)]);
    expect(withIndex).toEqual(['album_id', 'id primary']);
    expect(await foreignKeys(server.database, `${app}_song`)).toEqual([]);
    expect(await indexes(server.database, `${app}_song`)).toEqual(['id primary']);
    expect(await records()).toMatchObject(SONGS);
  });

  it('creates and drops a join table', async () => {
    await defineModel(http, { app, name: 'List', fields: [{ name: 'title', type: 'char' }] });
    const field = { name: 'lists', type: 'many_to_many', relatedModel: `${app}.List` };

    const added = await http.post<{ id: string }>(`/api/meta/models/${song.id}/fields`, field);
    const tables = await tableNames(server.database);
    await http.delete(`/api/meta/fields/${added.body.id}`);

    expect(tables).toContain(`${app}_song_lists`);
    expect(await tableNames(server.database)).not.toContain(`${app}_song_lists`);
    expect(await records()).toMatchObject(SONGS);
  });

  it('refuses a change of type that has no way for the values, and keeps every one', async () => {
    const answer = await patchField('year', { type: 'date' });

    expect(answer).toMatchObject(
      problemAt(400, 'type_change_impossible', 'type', /"year" cannot change from integer to date/),
    );
    expect(await records()).toMatchObject(SONGS);
    expect((await http.get(`/api/meta/models/${song.id}`)).body).toEqual(song);
  });

  it('refuses a change of type that some values do not survive, and shows them', async () => {
    const answer = await patchField('composer', { type: 'integer' });

    expect(answer).toMatchObject(problemAt(409, 'unconvertible_values', 'composer', /"composer" do(es)? not convert/));
    expect(await records()).toMatchObject(SONGS);
  });

  it('refuses to turn a value into a join table', async () => {
    const answer = await patchField('year', { type: 'many_to_many', relatedModel: `${app}.Song` });

    expect(answer).toMatchObject(problemAt(400, 'type_change_impossible', 'type', /"year" cannot change/));
    expect(await records()).toMatchObject(SONGS);
  });

  it('accepts the Django name of the same type as no change', async () => {
    const answer = await patchField('year', { type: 'IntegerField' });

    expect(answer).toMatchObject({ status: 200, body: { type: 'integer' } });
    expect(await records()).toMatchObject(SONGS);
  });

  it('never loses a value to a narrower maxLength', async () => {
    const answer = await patchField('name', { options: { maxLength: 3 } });

    expect(answer.status).toBeLessThan(500);
    expect(await records()).toMatchObject(SONGS);
  });

  it('applies several operations of one save together', async () => {
    const [name, composer, year] = song.fields;
    await defineModels(http, [{ app, name: 'Genre', fields: [{ name: 'name', type: 'char' }] }]);

    const answer = await http.patch(`/api/meta/models/${song.id}`, {
      name: 'Tune',
      fields: [
        { ...name, name: 'title', unique: true },
        { ...composer, name: 'author' },
        { ...year, default: 2000 },
        { name: 'genre', type: 'foreign_key', relatedModel: `${app}.Genre` },
      ],
    });

    expect(answer).toMatchObject({ status: 200, body: { name: 'Tune' } });
    expect(await http.get(`/api/${app}/tune?sortBy=id:ASC`)).toMatchObject({
      body: { data: SONGS.map((row) => ({ title: row.name, author: row.composer, year: row.year, genre: null })) },
    });
  });
});
