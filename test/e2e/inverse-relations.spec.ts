import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createRecord, createRecords, defineModel, defineModels, fieldOf } from '../fixtures/arrange.js';
import { answerSchema, readDocument, requestSchema } from '../fixtures/openapi.js';
import { dynamoError, problemAt, refusedAt } from '../fixtures/problem.js';
import { foreignKey } from '../../src/field-types/foreign-key.field-type.js';
import type { FieldType } from '../../src/index.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import type { Http, PageBody } from '../support/http.js';
import { startApp, type TestServer } from '../support/server.js';

/** A relation that at most one record has to each other: the type of a model's one passport. */
const exclusive: FieldType = {
  ...(foreignKey satisfies FieldType<{ onDelete: 'restrict' | 'cascade' | 'set_null' }> as FieldType),
  name: 'exclusive',
  djangoName: 'ExclusiveField',
  alwaysUnique: true,
};

const name = { name: 'name', type: 'char' };
const album = (app: string, rest: object = {}) => ({ app, name: 'Album', fields: [name], ...rest });
const track = (app: string, relatedName = 'tracks', rest: object = {}) => ({
  app,
  name: 'Track',
  fields: [name, { name: 'album', type: 'foreign_key', relatedModel: `${app}.Album`, options: { relatedName } }],
  ...rest,
});

describe('inverse relations', () => {
  let server: TestServer;
  let http: Http;

  beforeAll(async () => {
    server = await startApp({ options: { fieldTypes: [exclusive] } });
    http = server.http;
  });
  afterAll(() => server?.close());

  it('of a foreign key are the ids of the records that point here, in order', async () => {
    await defineModels(http, [album('one'), track('one')]);
    await createRecords(http, '/api/one/album', [{ name: 'Wave' }, { name: 'Tide' }]);
    await createRecords(http, '/api/one/track', [{ album: 2 }, { album: 1 }, { album: 2 }]);

    const listed = await http.get<PageBody>('/api/one/album');

    expect(listed.body.data).toEqual([
      { id: 1, name: 'Wave', tracks: [2] },
      { id: 2, name: 'Tide', tracks: [1, 3] },
    ]);
    expect((await http.get('/api/one/album/2')).body).toEqual({ id: 2, name: 'Tide', tracks: [1, 3] });
    expect((await http.patch('/api/one/album/2', { name: 'Stone' })).body).toMatchObject({ tracks: [1, 3] });
    expect(await createRecord(http, '/api/one/album', { name: 'New' })).toEqual({ id: 3, name: 'New', tracks: [] });
    expect((await http.get('/api/one/track/1')).body).toEqual({ id: 1, name: null, album: 2 });
  });

  it('of a many to many are the ids of the records that hold this one', async () => {
    await defineModels(http, [
      { app: 'many', name: 'Tag', primaryKey: 'uuid', fields: [name] },
      {
        app: 'many',
        name: 'Post',
        fields: [{ name: 'tags', type: 'many_to_many', relatedModel: 'many.Tag', options: { relatedName: 'posts' } }],
      },
    ]);
    const news = await createRecord(http, '/api/many/tag', { name: 'news' });
    await createRecords(http, '/api/many/post', [{ tags: [news.id] }, {}, { tags: [news.id] }]);

    const { body } = await http.get(`/api/many/tag/${news.id}`);

    expect(news).toMatchObject({ posts: [] });
    expect(body).toEqual({ id: news.id, name: 'news', posts: [1, 3] });
  });

  it('of a relation that is unique are one id, or null', async () => {
    await defineModels(http, [
      { app: 'single', name: 'Person', fields: [name] },
      {
        app: 'single',
        name: 'Passport',
        primaryKey: 'uuid',
        fields: [
          {
            name: 'holder',
            type: 'exclusive',
            relatedModel: 'single.Person',
            unique: true,
            options: { relatedName: 'passport', onDelete: 'cascade' },
          },
        ],
      },
    ]);
    await createRecords(http, '/api/single/person', [{ name: 'Ada' }, { name: 'Bob' }]);
    const passport = await createRecord(http, '/api/single/passport', { holder: 1 });

    const { body } = await http.get<PageBody>('/api/single/person');
    const people = server.models.repository('single.Person');
    const document = await readDocument(http);

    expect(body.data).toEqual([
      { id: 1, name: 'Ada', passport: passport.id },
      { id: 2, name: 'Bob', passport: null },
    ]);
    expect(await people.find({ relations: { passport: true }, order: { id: 'ASC' } })).toEqual([
      { id: 1, name: 'Ada', passport: { id: passport.id } },
      { id: 2, name: 'Bob', passport: null },
    ]);
    expect(answerSchema(document, 'get', '/api/single/person/{id}', 200).properties).toMatchObject({
      passport: { type: ['string', 'null'], format: 'uuid' },
    });
    expect(await http.delete('/api/single/person/1')).toMatchObject({ status: 204 });
    expect(await http.get(`/api/single/passport/${passport.id}`)).toMatchObject({ status: 404 });
  });

  it('of a model to itself are those of the same moment, also for a record that points to itself', async () => {
    const self = { app: 'self', name: 'Employee' };
    const manager = { name: 'manager', type: 'foreign_key', relatedModel: 'self.Employee' };
    const friends = { name: 'friends', type: 'many_to_many', relatedModel: 'self.Employee' };
    await defineModel(http, {
      ...self,
      primaryKey: 'uuid',
      fields: [
        { ...manager, options: { relatedName: 'reports' } },
        { ...friends, options: { relatedName: 'friendOf' } },
      ],
    });
    const [ada, bob] = ['aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa', 'bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb'];

    const created = await createRecord(http, '/api/self/employee', { id: ada, manager: ada });
    await createRecord(http, '/api/self/employee', { id: bob, manager: ada, friends: [ada] });
    const changed = await http.patch(`/api/self/employee/${bob}`, { manager: bob });

    expect(created).toEqual({ id: ada, manager: ada, friends: [], reports: [ada], friendOf: [] });
    expect(changed.body).toEqual({ id: bob, manager: bob, friends: [ada], reports: [bob], friendOf: [] });
    expect((await http.get(`/api/self/employee/${ada}`)).body).toMatchObject({ reports: [ada], friendOf: [bob] });
    expect(await http.patch('/api/self/employee/cccccccc-cccc-4ccc-8ccc-cccccccccccc', { manager: ada })).toMatchObject(
      { status: 404 },
    );
  });

  it('refuse what are no ids of related records', async () => {
    await defineModels(http, [album('refused'), track('refused')]);
    await createRecord(http, '/api/refused/album', { name: 'Wave' });

    const missing = await http.post('/api/refused/album', { tracks: [1] });
    const text = await http.patch('/api/refused/album/1', { tracks: 'all' });
    const nothing = await http.put('/api/refused/album/1', { name: 'Tide', tracks: null });
    const many = await http.post('/api/refused/album', [{ name: 'Tide' }, { tracks: ['a'] }]);

    expect(missing).toMatchObject(problemAt(422, 'related_record_not_found', 'tracks', /"tracks"/));
    expect(text).toMatchObject(refusedAt('tracks', 'invalid_type'));
    expect(nothing).toMatchObject(refusedAt('tracks', 'invalid_type'));
    expect(many).toMatchObject(refusedAt('1.tracks.0', 'invalid_type'));
    expect((await http.get('/api/refused/album')).body).toMatchObject({ data: [{ id: 1, name: 'Wave', tracks: [] }] });
  });

  it('are in the document, in answers and in bodies, and it stays valid', async () => {
    await defineModels(http, [album('documented'), track('documented')]);

    const document = await readDocument(http);

    const answer = answerSchema(document, 'get', '/api/documented/album/{id}', 200);
    const body = requestSchema(document, 'patch', '/api/documented/album/{id}');
    expect(answer.properties).toMatchObject({ tracks: { type: 'array', items: { type: 'integer' } } });
    expect(answer.required).toEqual(['id', 'name', 'tracks']);
    expect(body.properties).toMatchObject({
      tracks: {
        oneOf: [
          { type: 'array', items: { type: 'integer' } },
          { properties: { add: { type: 'array' }, remove: { type: 'array' } } },
          { properties: { set: { type: 'array' } }, required: ['set'] },
        ],
      },
    });
  });

  it('are filtered by, but not sorted by: a record has many', async () => {
    await defineModels(http, [album('asked'), track('asked')]);
    await createRecords(http, '/api/asked/album', [{ name: 'Wave' }, { name: 'Tide' }]);
    await createRecord(http, '/api/asked/track', { name: 'Triste', album: 2 });

    const filtered = await http.get('/api/asked/album?filter.tracks=1');
    const sorted = await http.get('/api/asked/album?sortBy=tracks');

    expect(filtered).toMatchObject({ status: 200, body: { data: [{ name: 'Tide' }] } });
    expect(sorted).toMatchObject(problemAt(400, 'invalid_value', 'sortBy', /"tracks" has many values/));
  });

  it('are relations of the repository, in both directions', async () => {
    await defineModels(http, [
      album('orm'),
      track('orm'),
      {
        app: 'orm',
        name: 'Playlist',
        fields: [
          { name: 'albums', type: 'many_to_many', relatedModel: 'orm.Album', options: { relatedName: 'playlists' } },
        ],
      },
    ]);
    const albums = server.models.repository('orm.Album');
    const tracks = server.models.repository('orm.Track');
    const playlists = server.models.repository('orm.Playlist');
    const wave = await albums.save({ name: 'Wave' });
    await tracks.save([
      { name: 'Triste', album: wave },
      { name: 'Mojave', album: wave },
    ]);
    const { id } = await playlists.save({ albums: [wave] });

    const relations = { tracks: { album: true }, playlists: true };
    const found = await albums.find({ relations, order: { tracks: { id: 'ASC' } } });
    const byTrack = await albums.find({ where: { tracks: { name: 'Mojave' }, playlists: { id } } });
    await albums.save({ id: wave.id, playlists: [] });

    expect(found).toMatchObject([
      { name: 'Wave', tracks: [{ name: 'Triste', album: { name: 'Wave' } }, { name: 'Mojave' }], playlists: [{ id }] },
    ]);
    expect(byTrack).toEqual([{ id: wave.id, name: 'Wave' }]);
    expect(await playlists.find({ relations: { albums: true } })).toEqual([{ id, albums: [] }]);
  });

  describe('follow every change of the model that they come from', () => {
    const look = async (app: string) => ({
      record: (await http.get(`/api/${app}/album/1`)).body,
      properties: answerSchema(await readDocument(http), 'get', `/api/${app}/album/{id}`, 200).required,
      relations: server.dataSource.getMetadata(`${app}.Album`).relations.map(({ propertyName }) => propertyName),
    });
    const arrange = async (app: string) => {
      await defineModel(http, album(app));
      await createRecord(http, `/api/${app}/album`, { name: 'Wave' });
      const before = await look(app);
      const model = await defineModel(http, track(app));
      await createRecord(http, `/api/${app}/track`, { album: 1 });
      return { before, model, relation: fieldOf(model, 'album') };
    };

    it('its creation', async () => {
      const { before } = await arrange('created');

      expect(before).toEqual({ record: { id: 1, name: 'Wave' }, properties: ['id', 'name'], relations: [] });
      expect(await look('created')).toEqual({
        record: { id: 1, name: 'Wave', tracks: [1] },
        properties: ['id', 'name', 'tracks'],
        relations: ['tracks'],
      });
    });

    it('another name for the relation, the field and the model', async () => {
      const { model, relation } = await arrange('renaming');
      await look('renaming');

      await http.patch(`/api/meta/fields/${relation.id}`, { options: { relatedName: 'songs' } });
      const first = await look('renaming');
      await http.patch(`/api/meta/fields/${relation.id}`, { name: 'record' });
      const second = await look('renaming');
      await http.patch(`/api/meta/models/${model.id}`, { name: 'Song' });
      const third = await look('renaming');

      const expected = {
        record: { id: 1, name: 'Wave', songs: [1] },
        properties: ['id', 'name', 'songs'],
        relations: ['songs'],
      };
      expect([first, second, third]).toEqual([expected, expected, expected]);
      expect(
        await server.models.repository('renaming.Album').find({ relations: { songs: { record: true } } }),
      ).toMatchObject([{ songs: [{ id: 1, record: { name: 'Wave' } }] }]);
    });

    it('the end of the name', async () => {
      const { relation } = await arrange('ending');
      await look('ending');

      await http.patch(`/api/meta/fields/${relation.id}`, { options: {} });

      expect(await look('ending')).toEqual({
        record: { id: 1, name: 'Wave' },
        properties: ['id', 'name'],
        relations: [],
      });
    });

    it('its deletion', async () => {
      const { model } = await arrange('deleted');
      await look('deleted');

      await http.delete(`/api/meta/models/${model.id}`);

      expect(await look('deleted')).toEqual({
        record: { id: 1, name: 'Wave' },
        properties: ['id', 'name'],
        relations: [],
      });
    });

    it('another model to point to', async () => {
      const { relation } = await arrange('moving');
      await defineModel(http, { app: 'moving', name: 'Single', fields: [] });
      await http.delete('/api/moving/track/1');
      await look('moving');

      await http.patch(`/api/meta/fields/${relation.id}`, { relatedModel: 'moving.Single' });

      expect(await createRecord(http, '/api/moving/single', {})).toEqual({ id: 1, tracks: [] });
      expect(await look('moving')).toEqual({
        record: { id: 1, name: 'Wave' },
        properties: ['id', 'name'],
        relations: [],
      });
    });
  });

  describe('have names that nothing else in the record has', () => {
    it.each(['tracks', 'Tracks', 'TRACKS_', 't_racks'])('a field called like %s is in the way', async (field) => {
      const fields = [{ name: 'Tr_acks', type: 'char' }];

      const answer = await http.post('/api/meta/models', [album('taken', { fields }), track('taken', field)]);

      expect(answer).toMatchObject(
        problemAt(409, 'name_taken', '1.fields.1.options.relatedName', /is taken by the field "Tr_acks"/),
      );
    });

    it('the id is in the way', async () => {
      const answer = await http.post('/api/meta/models', [album('taken'), track('taken', 'ID')]);

      expect(answer).toMatchObject(problemAt(409, 'name_taken', '1.fields.1.options.relatedName', /taken by its id/));
    });

    it('another relation is in the way, from the same model or another, stored or new', async () => {
      await defineModels(http, [album('both'), track('both')]);
      const twice = [
        { name: 'a', type: 'foreign_key', relatedModel: 'both.Album', options: { relatedName: 'videos' } },
        { name: 'b', type: 'many_to_many', relatedModel: 'both.Album', options: { relatedName: 'Videos' } },
      ];

      const stored = await http.post('/api/meta/models', track('both', 'TRACKS', { name: 'Video' }));
      const both = await http.post('/api/meta/models', { app: 'both', name: 'Video', fields: twice });

      expect(stored).toMatchObject(
        problemAt(409, 'name_taken', 'fields.1.options.relatedName', /is taken by "both\.Track\.album"/),
      );
      expect(both).toMatchObject(
        problemAt(409, 'name_taken', 'fields.1.options.relatedName', /is taken by "both\.Video\.a"/),
      );
    });

    it('a field that comes later has to take another name', async () => {
      const [model] = await defineModels(http, [album('later'), track('later')]);
      const title = fieldOf(model, 'name').id;

      const added = await http.post(`/api/meta/models/${model.id}/fields`, { name: 'Tracks', type: 'char' });
      const renamed = await http.patch(`/api/meta/fields/${title}`, { name: 'tracks' });
      const whole = await http.patch(`/api/meta/models/${model.id}`, {
        fields: [{ id: title }, { name: 'tra_cks', type: 'char' }],
      });

      const taken = /is taken by "later\.Track\.album"/;
      expect(added).toMatchObject(problemAt(409, 'name_taken', 'name', taken));
      expect(renamed).toMatchObject(problemAt(409, 'name_taken', 'name', taken));
      expect(whole).toMatchObject(problemAt(409, 'name_taken', 'fields.1.name', taken));
    });

    it('a name that is given up is free in the same request', async () => {
      const [model] = await defineModels(http, [
        album('free', { fields: [name, { name: 'tracks', type: 'char' }] }),
        { app: 'free', name: 'Other', fields: [] },
      ]);

      await http.patch(`/api/meta/fields/${fieldOf(model, 'tracks').id}`, { name: 'titles' });
      const answer = await http.post('/api/meta/models', track('free'));
      const again = await http.patch(`/api/meta/models/${model.id}`, { description: 'as before' });

      expect(answer).toMatchObject({ status: 201 });
      expect(again).toMatchObject({ status: 200 });
    });

    it.each(['', '1st', 'with space', 'ä', 'a'.repeat(49), 'constructor', 'xmin'])(
      '"%s" is no name for them',
      async (relatedName) => {
        const answer = await http.post('/api/meta/models', [album('wrong'), track('wrong', relatedName)]);

        expect(answer).toMatchObject(
          problemAt(400, 'invalid_options', '1.fields.1.options.relatedName', /relatedName/),
        );
      },
    );

    it('meta rows that a program saves are checked too', async () => {
      await server.models.create([album('code'), track('code')]);

      const adding = server.models.addField('code.Album', { name: 'tracks', type: 'char' });

      await expect(adding).rejects.toEqual(dynamoError('name_taken', /taken by "code\.Track\.album"/));
    });
  });
});

describe('inverse relations on another node', () => {
  const MOMENT = 20;
  const LONGEST_WAIT = 4000;
  let database: TestDatabase;
  let one: TestServer;
  let other: TestServer;

  /** Asks again until the answer is this: another node follows soon, not at once. */
  const until = async (expected: string, ask: () => Promise<unknown>): Promise<string> => {
    const start = Date.now();
    let found = JSON.stringify(await ask());
    while (found !== expected && Date.now() - start < LONGEST_WAIT) {
      await new Promise((resolve) => setTimeout(resolve, MOMENT));
      found = JSON.stringify(await ask());
    }
    return found;
  };
  const record = async () => (await other.http.get('/api/nodes/album/1')).body;
  const relations = async () => {
    const [found] = await other.models.repository('nodes.Album').find({ relations: { tracks: true } });
    return found;
  };

  beforeAll(async () => {
    database = await createDatabase();
    one = await startApp({ database });
    other = await startApp({ database });
    await defineModel(one.http, album('nodes'));
    await createRecord(one.http, '/api/nodes/album', { name: 'Wave' });
    await until('{"id":1,"name":"Wave"}', record);
  });
  afterAll(async () => {
    await one.close();
    await other.close();
    await database.drop();
  });

  it('come and go with the model that they come from', async () => {
    await defineModel(one.http, track('nodes'));
    await createRecord(one.http, '/api/nodes/track', { album: 1 });

    const shown = await until('{"id":1,"name":"Wave","tracks":[1]}', record);
    const found = await relations();
    await one.models.delete('nodes.Track');
    const left = await until('{"id":1,"name":"Wave"}', record);

    expect(shown).toBe('{"id":1,"name":"Wave","tracks":[1]}');
    expect(found).toMatchObject({ name: 'Wave', tracks: [{ id: 1 }] });
    expect(left).toBe('{"id":1,"name":"Wave"}');
    await expect(relations()).rejects.toThrow('tracks');
  });
});
