import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createRecord, createRecords, defineModels } from '../fixtures/arrange.js';
import { readDocument, requestSchema } from '../fixtures/openapi.js';
import { problemAt, refusedAt } from '../fixtures/problem.js';
import type { Http, PageBody, RecordBody } from '../support/http.js';
import { startApp, type TestServer } from '../support/server.js';

const text = { name: 'name', type: 'char' };
const refersTo = (relatedModel: string, relatedName: string, rest: object = {}) => ({
  type: 'foreign_key',
  relatedModel,
  options: { relatedName },
  ...rest,
});

describe('writes of related records', () => {
  let server: TestServer;
  let http: Http;
  let api = '';
  let app = '';
  let count = 0;

  const ids = async (path: string, name: string) => (await http.get<RecordBody>(`${api}/${path}`)).body[name];

  beforeAll(async () => {
    server = await startApp();
    http = server.http;
  });
  afterAll(() => server?.close());

  beforeEach(async () => {
    count += 1;
    app = `nested${count}`;
    api = `/api/${app}`;
    await defineModels(http, [
      { app, name: 'Artist', fields: [text] },
      { app, name: 'Album', fields: [text, { name: 'artist', ...refersTo(`${app}.Artist`, 'albums') }] },
      {
        app,
        name: 'Track',
        fields: [
          text,
          { name: 'album', ...refersTo(`${app}.Album`, 'tracks', { required: true }) },
          { name: 'touched', type: 'date_time', options: { autoNow: true } },
        ],
      },
      {
        app,
        name: 'Playlist',
        fields: [
          text,
          {
            name: 'tracks',
            type: 'many_to_many',
            relatedModel: `${app}.Track`,
            options: { relatedName: 'playlists' },
          },
        ],
      },
      {
        app,
        name: 'Cover',
        fields: [
          { name: 'album', ...refersTo(`${app}.Album`, 'cover'), type: 'one_to_one' },
          { name: 'of', ...refersTo(`${app}.Track`, 'image', { required: true }), type: 'one_to_one' },
        ],
      },
    ]);
    await createRecords(http, `${api}/artist`, [{ name: 'Jobim' }, { name: 'Gil' }]);
    await createRecords(http, `${api}/album`, [{ name: 'Wave', artist: 1 }, { name: 'Tide' }, { name: 'Stone' }]);
    await createRecords(http, `${api}/track`, [{ album: 1 }, { album: 1 }, { album: 2 }]);
  });

  describe('of a many to many', () => {
    beforeEach(() => createRecord(http, `${api}/playlist`, { tracks: [1, 2] }));

    it.each<[string, unknown, number[]]>([
      ['add', { add: [3] }, [1, 2, 3]],
      ['add some that are there already', { add: [2, 3] }, [1, 2, 3]],
      ['remove', { remove: [1] }, [2]],
      ['remove one that is not there', { remove: [3] }, [1, 2]],
      ['add and remove', { add: [3], remove: [1, 2] }, [3]],
      ['set', { set: [3] }, [3]],
      ['set none', { set: [] }, []],
      ['replace all by a list', [2, 3], [2, 3]],
    ])('%s', async (_title, tracks, expected) => {
      const answer = await http.patch(`${api}/playlist/1`, { tracks });

      expect(answer).toMatchObject({ status: 200, body: { tracks: expected } });
      expect(await ids('playlist/1', 'tracks')).toEqual(expected);
    });

    it('give a new record its own', async () => {
      const added = await http.post(`${api}/playlist`, { tracks: { add: [3], remove: [1] } });
      const many = await http.post(`${api}/playlist`, [{ tracks: { set: [1, 2] } }, {}, { tracks: [2] }]);

      expect(added).toMatchObject({ status: 201, body: { tracks: [3] } });
      expect(many.body).toMatchObject([{ tracks: [1, 2] }, { tracks: [] }, { tracks: [2] }]);
    });

    it('come from the other side, too', async () => {
      await createRecord(http, `${api}/playlist`, {});

      const set = await http.patch(`${api}/track/3`, { playlists: [1, 2] });
      const changed = await http.patch(`${api}/track/3`, { playlists: { remove: [1] } });
      const created = await http.post(`${api}/track`, { album: 1, playlists: [2] });

      expect(set).toMatchObject({ status: 200, body: { playlists: [1, 2] } });
      expect(changed.body).toMatchObject({ playlists: [2] });
      expect(created.body).toMatchObject({ id: 4, playlists: [2] });
      expect(await ids('playlist/2', 'tracks')).toEqual([3, 4]);
    });

    it('keep at least one where the relation is required', async () => {
      const own = `${app}r`;
      await defineModels(http, [
        { app: own, name: 'Tag', fields: [text] },
        {
          app: own,
          name: 'Post',
          fields: [{ name: 'tags', type: 'many_to_many', relatedModel: `${own}.Tag`, required: true }],
        },
      ]);
      await createRecords(http, `/api/${own}/tag`, [{}, {}]);
      await createRecord(http, `/api/${own}/post`, { tags: [1] });

      const emptied = await http.patch(`/api/${own}/post/1`, { tags: { remove: [1] } });
      const none = await http.patch(`/api/${own}/post/1`, { tags: { set: [] } });
      const created = await http.post(`/api/${own}/post`, { tags: { remove: [1] } });
      const exchanged = await http.patch(`/api/${own}/post/1`, { tags: { remove: [1], add: [2] } });

      expect(emptied).toMatchObject(refusedAt('tags', 'required'));
      expect(none).toMatchObject(refusedAt('tags.set', 'too_short'));
      expect(created).toMatchObject(refusedAt('tags', 'required'));
      expect(exchanged).toMatchObject({ status: 200, body: { tags: [2] } });
    });
  });

  describe('that point here', () => {
    it.each<[string, unknown, number[]]>([
      ['add', { add: [2] }, [1, 2]],
      ['remove', { remove: [1, 3] }, []],
      ['add and remove', { add: [3], remove: [1] }, [3]],
      ['set', { set: [2, 3] }, [2, 3]],
      ['replace all by a list', [], []],
    ])('%s', async (_title, albums, expected) => {
      const answer = await http.patch(`${api}/artist/1`, { albums });

      expect(answer).toMatchObject({ status: 200, body: { albums: expected } });
      expect(await ids('artist/1', 'albums')).toEqual(expected);
    });

    it('are taken from the record that they pointed to', async () => {
      await http.patch(`${api}/artist/2`, { albums: [1] });

      expect(await ids('album/1', 'artist')).toBe(2);
      expect(await ids('artist/1', 'albums')).toEqual([]);
    });

    it('are given to new records, one or many', async () => {
      const one = await http.post(`${api}/artist`, { albums: { set: [2] } });
      const many = await http.post(`${api}/artist`, [{ albums: [3] }, {}, { albums: { add: [1] } }]);

      expect(one).toMatchObject({ status: 201, body: { albums: [2] } });
      expect(many.body).toMatchObject([{ albums: [3] }, { albums: [] }, { albums: [1] }]);
    });

    it('stay when PUT leaves them out, and may be put as they were read', async () => {
      const { body } = await http.get<RecordBody>(`${api}/artist/1`);

      const left = await http.put(`${api}/artist/1`, { name: 'Tom' });
      const put = await http.put(`${api}/artist/1`, body);

      expect(left.body).toMatchObject({ name: 'Tom', albums: [1] });
      expect(put.body).toEqual(body);
    });

    it('can only come, not go, where the foreign key is required', async () => {
      const added = await http.patch(`${api}/album/3`, { tracks: { add: [1] } });
      const removed = await http.patch(`${api}/album/2`, { name: 'gone', tracks: { remove: [3] } });
      const set = await http.patch(`${api}/album/2`, { tracks: { set: [1] } });
      const kept = await http.patch(`${api}/album/2`, { tracks: [3, 1] });
      const created = await http.post(`${api}/album`, { tracks: [2] });

      expect(added).toMatchObject({ status: 200, body: { tracks: [1] } });
      expect(removed).toMatchObject(refusedAt('tracks', 'required'));
      expect(set).toMatchObject(refusedAt('tracks', 'required'));
      expect(kept).toMatchObject({ status: 200, body: { name: 'Tide', tracks: [1, 3] } });
      expect(created.body).toMatchObject({ tracks: [2] });
    });

    it('are saved, with the moment of it, only when they change', async () => {
      const before = await http.get<PageBody>(`${api}/track`);

      await http.patch(`${api}/album/1`, { tracks: { add: [2, 3] } });

      const after = await http.get<PageBody>(`${api}/track`);
      expect(after.body.data[1]).toEqual(before.body.data[1]);
      expect(after.body.data[2]).toMatchObject({ album: 1 });
      expect(after.body.data[2]['touched']).not.toBe(before.body.data[2]['touched']);
    });
  });

  describe('of which there is at most one', () => {
    beforeEach(() => createRecords(http, `${api}/cover`, [{ album: 1, of: 1 }, { of: 2 }]));

    it('is an id, or null for none', async () => {
      const exchanged = await http.patch(`${api}/album/1`, { cover: 2 });
      const none = await http.patch(`${api}/album/1`, { cover: null });
      const created = await http.post(`${api}/album`, { cover: 1 });

      expect(exchanged).toMatchObject({ status: 200, body: { cover: 2 } });
      expect(none.body).toMatchObject({ cover: null });
      expect(created.body).toMatchObject({ cover: 1 });
      expect(await ids('cover/2', 'album')).toBeNull();
    });

    it('cannot be let go when it must point somewhere', async () => {
      expect(await http.patch(`${api}/track/1`, { image: null })).toMatchObject(refusedAt('image', 'required'));
      expect(await http.patch(`${api}/track/1`, { image: 2 })).toMatchObject(refusedAt('image', 'required'));
      expect(await http.patch(`${api}/track/3`, { image: 1 })).toMatchObject({ status: 200, body: { image: 1 } });
      expect(await ids('track/1', 'image')).toBeNull();
    });
  });

  describe('refuse', () => {
    beforeEach(() => createRecord(http, `${api}/playlist`, { tracks: [1] }));

    it.each<[string, unknown, string, string]>([
      ['an object that says nothing', {}, 'tracks', 'too_short'],
      ['a word that means nothing', { push: [1] }, 'tracks.push', 'invalid_type'],
      ['set with add', { set: [1], add: [2] }, 'tracks.add', 'invalid_type'],
      ['ids that are none', { add: ['1'] }, 'tracks.add.0', 'invalid_type'],
      ['an id twice', { add: [2, 2] }, 'tracks.add', 'duplicate_items'],
      ['something else than a list', { remove: 1 }, 'tracks.remove', 'invalid_type'],
      ['a number', 1, 'tracks', 'invalid_type'],
      ['null', null, 'tracks', 'invalid_type'],
    ])('%s', async (_title, tracks, path, code) => {
      const answer = await http.patch(`${api}/playlist/1`, { tracks });

      expect(answer).toMatchObject(refusedAt(path, code));
      expect(await ids('playlist/1', 'tracks')).toEqual([1]);
    });

    it('records that do not exist, and write nothing', async () => {
      const own = await http.patch(`${api}/playlist/1`, { name: 'x', tracks: { add: [2, 99] } });
      const pointing = await http.patch(`${api}/artist/1`, { name: 'x', albums: { add: [2, 99] } });
      const holding = await http.patch(`${api}/track/1`, { name: 'x', playlists: [99] });

      expect(own).toMatchObject(problemAt(422, 'related_record_not_found', 'tracks', /"tracks"/));
      expect(pointing).toMatchObject(problemAt(422, 'related_record_not_found', 'albums', /"albums"/));
      expect(holding).toMatchObject(problemAt(422, 'related_record_not_found', 'playlists', /"playlists"/));
      expect((await http.get(`${api}/playlist/1`)).body).toMatchObject({ name: null, tracks: [1] });
      expect((await http.get(`${api}/artist/1`)).body).toMatchObject({ name: 'Jobim', albums: [1] });
    });
  });

  it('are in the document: a list, or changes', async () => {
    const document = await readDocument(http);

    const forms = [
      { type: 'array', items: { type: 'integer' } },
      { type: 'object', properties: { add: { type: 'array' }, remove: { type: 'array' } } },
      { type: 'object', properties: { set: { type: 'array' } }, required: ['set'] },
    ];
    expect(requestSchema(document, 'patch', `${api}/playlist/{id}`).properties).toMatchObject({
      tracks: { oneOf: forms, title: 'Tracks' },
    });
    expect(requestSchema(document, 'patch', `${api}/artist/{id}`).properties).toMatchObject({
      albums: { oneOf: forms, title: 'albums' },
    });
    expect(requestSchema(document, 'put', `${api}/album/{id}`).properties).toMatchObject({
      cover: { type: ['integer', 'null'] },
    });
  });
});
