import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createRecords, defineModels, fieldOf } from '../fixtures/arrange.js';
import { columnNames, foreignKeys, tableNames } from '../fixtures/catalogue.js';
import { patchConfirmed } from '../fixtures/plan.js';
import { problem } from '../fixtures/problem.js';
import type { Http, ModelBody, PageBody } from '../support/http.js';
import { startApp, type TestServer } from '../support/server.js';

describe('names that move while their records stay', () => {
  let server: TestServer;
  let http: Http;
  let album: ModelBody;
  let track: ModelBody;
  let app = '';
  let count = 0;

  const records = async (path: string) => (await http.get<PageBody>(`/api/${path}?sortBy=id:ASC`)).body.data;
  const values = async (name: string) => (await records(`${app}/track`)).map((record) => record[name]);
  const patchTrack = (name: string, patch: object) => http.patch(`/api/meta/fields/${fieldOf(track, name).id}`, patch);
  const toAlbum = (type: string) => ({ type, relatedModel: `${app}.Album` });

  beforeAll(async () => {
    server = await startApp();
    http = server.http;
  });
  afterAll(() => server?.close());

  beforeEach(async () => {
    count += 1;
    app = `move${count}`;
    [album, track] = await defineModels(http, [
      { app, name: 'Album', fields: [{ name: 'title', type: 'char' }] },
      {
        app,
        name: 'Track',
        fields: [
          { name: 'first', type: 'char' },
          { name: 'second', type: 'char' },
          { name: 'album', type: 'foreign_key', relatedModel: `${app}.Album` },
          { name: 'albums', type: 'many_to_many', relatedModel: `${app}.Album` },
        ],
      },
    ]);
    await createRecords(http, `/api/${app}/album`, [{ title: 'one' }, { title: 'two' }, { title: 'three' }]);
    await createRecords(http, `/api/${app}/track`, [
      { first: 'a', second: 'b', album: 1, albums: [3, 2] },
      { first: 'c', second: null, album: 2, albums: [] },
      { first: null, second: 'd' },
    ]);
  });

  it('rotates three names, of which one changes its type', async () => {
    const added = await http.post<{ id: string }>(`/api/meta/models/${track.id}/fields`, {
      name: 'third',
      type: 'integer',
      default: 7,
      required: true,
    });
    const [first, second, ...relations] = track.fields;

    const answer = await http.patch(`/api/meta/models/${track.id}`, {
      fields: [
        { ...first, name: 'second' },
        { ...second, name: 'third' },
        { id: added.body.id, name: 'first', type: 'text', default: null, required: false },
        ...relations,
      ],
    });

    expect(answer).toMatchObject({ status: 200 });
    expect(await records(`${app}/track`)).toMatchObject([
      { first: '7', second: 'a', third: 'b' },
      { first: '7', second: 'c', third: null },
      { first: '7', second: null, third: 'd' },
    ]);
  });

  it('swaps names that are written in another case', async () => {
    const [first, second, ...relations] = track.fields;
    const fields = [{ ...first, name: 'Second' }, { ...second, name: 'First' }, ...relations];

    const answer = await http.patch(`/api/meta/models/${track.id}`, { fields });

    expect(answer).toMatchObject({ status: 200 });
    expect(await records(`${app}/track`)).toMatchObject([
      { Second: 'a', First: 'b' },
      { Second: 'c', First: null },
      { Second: null, First: 'd' },
    ]);
  });

  it.each([
    ['model', { name: 'Record' }, '', 'record'],
    ['app', { app: 'vault' }, 'vault', 'album'],
    ['model and app', { app: 'vault', name: 'Record' }, 'vault', 'record'],
  ])('renames the %s that relations point to, and they follow', async (_title, patch, vault, name) => {
    const renamed = { ...patch, ...(vault && { app: `${vault}${count}` }) };
    const path = `${vault ? `${vault}${count}` : app}/${name}`;
    await server.database.query(`GRANT SELECT ON ${app}_album TO PUBLIC`);

    const answer = await http.patch(`/api/meta/models/${album.id}`, renamed);

    expect(answer).toMatchObject({ status: 200, body: { id: album.id, ...renamed } });
    expect(await records(path)).toMatchObject([{ title: 'one' }, { title: 'two' }, { title: 'three' }]);
    expect(await records(`${app}/track`)).toMatchObject([
      { album: 1, albums: [2, 3] },
      { album: 2, albums: [] },
      { album: null, albums: [] },
    ]);
    expect(await foreignKeys(server.database, `${app}_track`)).toEqual([`album_id → ${path.replace('/', '_')} (r)`]);
    expect(await tableNames(server.database)).not.toContain(`${app}_album`);
    expect(
      await server.database.query(
        `SELECT 1 AS one FROM information_schema.role_table_grants WHERE grantee = 'PUBLIC' AND table_name = $1`,
        [path.replace('/', '_')],
      ),
    ).toEqual([{ one: 1 }]);
    expect(await http.delete(`/api/${path}/1`)).toMatchObject(problem(409, 'record_in_use', /\S/));
  });

  it('moves the join table with its own model', async () => {
    const answer = await http.patch(`/api/meta/models/${track.id}`, { name: 'Song' });

    expect(answer).toMatchObject({ status: 200 });
    expect(await records(`${app}/song`)).toMatchObject([{ albums: [2, 3] }, { albums: [] }, { albums: [] }]);
    expect(await http.patch(`/api/${app}/song/2`, { albums: [1] })).toMatchObject({ body: { albums: [1] } });
  });

  it('uses the name of a dropped field again, with another type', async () => {
    await http.delete(`/api/meta/fields/${fieldOf(track, 'second').id}`);

    const answer = await http.post(`/api/meta/models/${track.id}/fields`, { name: 'second', type: 'integer' });

    expect(answer).toMatchObject({ status: 201, body: { type: 'integer' } });
    expect(await values('second')).toEqual([null, null, null]);
    expect(await http.patch(`/api/${app}/track/1`, { second: 7 })).toMatchObject({ body: { second: 7 } });
  });

  it('drops a field and gives its name to another in one save', async () => {
    const [, second, ...relations] = track.fields;
    const body = { fields: [{ ...second, name: 'first' }, ...relations] };

    const answer = await patchConfirmed(http, `/api/meta/models/${track.id}`, body);

    expect(answer).toMatchObject({ status: 200 });
    expect(await values('first')).toEqual(['b', null, 'd']);
  });

  it('turns a foreign key into many to many, each pair kept', async () => {
    const answer = await patchTrack('album', toAlbum('many_to_many'));

    expect(answer).toMatchObject({ status: 200, body: { type: 'many_to_many' } });
    expect(await values('album')).toEqual([[1], [2], []]);
    expect(await columnNames(server.database, `${app}_track`)).toEqual(['id', 'first', 'second']);
    expect(await http.patch(`/api/${app}/track/1`, { album: [1, 3] })).toMatchObject({ body: { album: [1, 3] } });
  });

  it('turns many to many into a foreign key when the loss is confirmed', async () => {
    const refused = await patchTrack('albums', toAlbum('foreign_key'));
    const kept = await values('albums');
    const path = `/api/meta/fields/${fieldOf(track, 'albums').id}`;

    const answer = await patchConfirmed(http, path, toAlbum('foreign_key'));

    expect(refused).toMatchObject(problem(409, 'destructive_change', /albums/));
    expect(kept).toEqual([[2, 3], [], []]);
    expect(answer).toMatchObject({ status: 200, body: { type: 'foreign_key' } });
    expect(await values('albums')).toEqual([2, null, null]);
    expect(await tableNames(server.database)).not.toContain(`${app}_track_albums`);
  });

  it.each([
    ['a text into many to many', 'first', 'many_to_many', 'Album'],
    ['many to many into a text', 'albums', 'text', null],
  ])('refuses to turn %s', async (_title, name, type, relatedModel) => {
    const answer = await patchTrack(name, { type, relatedModel: relatedModel && `${app}.${relatedModel}` });

    expect(answer).toMatchObject(problem(400, 'type_change_impossible', new RegExp(name)));
    expect(await records(`${app}/track`)).toMatchObject([{ first: 'a', albums: [2, 3] }, { first: 'c' }, {}]);
  });

  it('turns a foreign key into one to one when no record has two', async () => {
    const answer = await patchTrack('album', toAlbum('one_to_one'));

    expect(answer).toMatchObject({ status: 200, body: { type: 'one_to_one' } });
    expect(await values('album')).toEqual([1, 2, null]);
    expect(await http.post(`/api/${app}/track`, { album: 1 })).toMatchObject(problem(409, 'unique_violation', /album/));
  });
});
