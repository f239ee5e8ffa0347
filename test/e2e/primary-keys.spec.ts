import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createRecord, createRecords, defineModel, defineModels } from '../fixtures/arrange.js';
import { column, foreignKeys } from '../fixtures/catalogue.js';
import { answerSchema, readDocument, requestSchema } from '../fixtures/openapi.js';
import { dynamoError, problem, problemAt, refusedAt } from '../fixtures/problem.js';
import { createDatabase } from '../support/database.js';
import type { Http, PageBody } from '../support/http.js';
import { startApp, type TestServer } from '../support/server.js';

const name = { name: 'name', type: 'char' };
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const ONE = '11111111-1111-4111-8111-111111111111';
const TWO = '22222222-2222-4222-8222-222222222222';
const NOBODY = '99999999-9999-4999-8999-999999999999';
const anyUuid = expect.stringMatching(UUID);

describe('primary keys', () => {
  let server: TestServer;
  let http: Http;

  beforeAll(async () => {
    server = await startApp();
    http = server.http;
  });
  afterAll(() => server?.close());

  it('are numbers that count up, unless a model asks for something else', async () => {
    const model = await defineModel(http, { app: 'plain', name: 'Thing', fields: [name] });

    expect(model).toMatchObject({ primaryKey: 'big_auto' });
    expect(await column(server.database, 'plain_thing', 'id')).toMatchObject({ type: 'bigint', default: null });
  });

  describe('of kind auto', () => {
    beforeAll(() => defineModel(http, { app: 'auto', name: 'Thing', primaryKey: 'auto', fields: [name] }));

    it('are a smaller number that counts up', async () => {
      const records = await createRecords(http, '/api/auto/thing', [{ name: 'chair' }, { name: 'table' }]);

      expect(records).toEqual([
        { id: 1, name: 'chair' },
        { id: 2, name: 'table' },
      ]);
      expect(await column(server.database, 'auto_thing', 'id')).toEqual({
        type: 'integer',
        nullable: false,
        default: null,
      });
    });

    it('go on after an id that was given', async () => {
      await createRecord(http, '/api/auto/thing', { id: 50, name: 'lamp' });

      const next = await createRecord(http, '/api/auto/thing', { name: 'sofa' });

      expect(next).toEqual({ id: 51, name: 'sofa' });
    });

    it('cannot be larger than an integer', async () => {
      const given = await http.post('/api/auto/thing', { id: 2_147_483_648 });
      const filtered = await http.get('/api/auto/thing?filter.id=2147483648');
      const asked = await http.get('/api/auto/thing/2147483648');

      expect(given).toMatchObject(refusedAt('id', 'out_of_range'));
      expect(filtered).toMatchObject(problemAt(400, 'invalid_value', 'filter.id', /whole number/));
      expect(asked).toMatchObject(problem(404, 'record_not_found', /2147483648/));
    });
  });

  describe('of kind uuid', () => {
    beforeAll(async () => {
      await defineModels(http, [
        { app: 'uuid', name: 'Thing', primaryKey: 'uuid', fields: [name] },
        { app: 'uuid', name: 'Bare', primaryKey: 'uuid', fields: [] },
      ]);
    });

    it('are made for each new record', async () => {
      const one = await createRecord(http, '/api/uuid/thing', { name: 'chair' });
      const many = await createRecords(http, '/api/uuid/thing', [{ name: 'lamp' }, { name: 'sofa' }]);

      expect([one, ...many]).toEqual([
        { id: anyUuid, name: 'chair' },
        { id: anyUuid, name: 'lamp' },
        { id: anyUuid, name: 'sofa' },
      ]);
      expect(await http.get(`/api/uuid/thing/${one.id}`)).toMatchObject({ status: 200, body: one });
    });

    it('are made by the database for rows that somebody else adds', async () => {
      const [row] = await server.database.query(`INSERT INTO uuid_thing (name) VALUES ('by hand') RETURNING id`);

      expect(row).toEqual({ id: anyUuid });
      expect(await column(server.database, 'uuid_thing', 'id')).toEqual({
        type: 'uuid',
        nullable: false,
        default: 'gen_random_uuid()',
      });
    });

    it('may be given, alone and among others, in either case of letters', async () => {
      const alone = await createRecord(http, '/api/uuid/thing', { id: ONE, name: 'mine' });
      const mixed = await createRecords(http, '/api/uuid/thing', [
        { name: 'first' },
        { id: 'ABCDEFAB-CDEF-4BCD-8FAB-CDEFABCDEFAB', name: 'second' },
      ]);

      expect(alone).toEqual({ id: ONE, name: 'mine' });
      expect(mixed).toEqual([
        { id: anyUuid, name: 'first' },
        { id: 'abcdefab-cdef-4bcd-8fab-cdefabcdefab', name: 'second' },
      ]);
    });

    it('are refused when another record has them', async () => {
      await createRecord(http, '/api/uuid/thing', { id: TWO });

      const answer = await http.post('/api/uuid/thing', { id: TWO });

      expect(answer).toMatchObject(problemAt(409, 'unique_violation', 'id', /"id"/));
    });

    it.each([1, 'abc', `${ONE}0`])('are refused when they are none: %s', async (id) => {
      const answer = await http.post('/api/uuid/thing', { id });

      expect(answer).toMatchObject({
        status: 422,
        body: { errors: [{ path: 'id', message: expect.stringMatching(/"id" must be a UUID/) }] },
      });
    });

    it('change, replace and delete their record', async () => {
      const { id } = await createRecord(http, '/api/uuid/thing', { name: 'old' });

      const changed = await http.patch(`/api/uuid/thing/${id}`, { name: 'new' });
      const replaced = await http.put(`/api/uuid/thing/${String(id).toUpperCase()}`, { name: 'newer' });
      const deleted = await http.delete(`/api/uuid/thing/${id}`);

      expect(changed).toMatchObject({ status: 200, body: { id, name: 'new' } });
      expect(replaced).toMatchObject({ status: 200, body: { id, name: 'newer' } });
      expect(deleted).toMatchObject({ status: 204 });
      expect(await http.get(`/api/uuid/thing/${id}`)).toMatchObject({ status: 404 });
    });

    it.each([NOBODY, '1', 'first', '%00', `${ONE}%27`, '11111111111141118111111111111111'])(
      'that nobody has are not found: %s',
      async (id) => {
        const answers = [
          await http.get(`/api/uuid/thing/${id}`),
          await http.patch(`/api/uuid/thing/${id}`, { name: 'x' }),
          await http.put(`/api/uuid/thing/${id}`, { name: 'x' }),
          await http.delete(`/api/uuid/thing/${id}`),
        ];

        expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
        expect(answers[0]).toMatchObject(problem(404, 'record_not_found', /uuid\.Thing/));
      },
    );

    it('are all that a model without fields needs', async () => {
      const [one, two] = await createRecords(http, '/api/uuid/bare', [{}, { id: ONE }]);
      const three = await createRecord(http, '/api/uuid/bare', {});

      expect([one, two, three]).toEqual([{ id: anyUuid }, { id: ONE }, { id: anyUuid }]);
    });

    it('filter and sort', async () => {
      await defineModel(http, { app: 'sorted', name: 'Thing', primaryKey: 'uuid', fields: [name] });
      await createRecords(http, '/api/sorted/thing', [{ id: TWO }, { id: ONE }]);

      const sorted = await http.get<PageBody>('/api/sorted/thing?sortBy=id:ASC');
      const found = await http.get<PageBody>(`/api/sorted/thing?filter.id=${TWO}`);
      const wrong = await http.get('/api/sorted/thing?filter.id=2');

      expect(sorted.body.data.map(({ id }) => id)).toEqual([ONE, TWO]);
      expect(found.body.data).toEqual([{ id: TWO, name: null }]);
      expect(wrong).toMatchObject(problemAt(400, 'invalid_value', 'filter.id', /"id" must be a UUID/));
    });

    it('are those of the repository', async () => {
      const things = server.models.repository<{ id: string; name: string }>('uuid.Thing');

      const made = await things.save({ name: 'made' });
      const given = await things.save({ id: '33333333-3333-4333-8333-333333333333', name: 'given' });
      await things.save({ id: made.id, name: 'remade' });

      expect(made.id).toMatch(UUID);
      expect(await things.findOneBy({ id: given.id })).toEqual({ id: given.id, name: 'given' });
      expect(await things.findOneBy({ id: made.id })).toEqual({ id: made.id, name: 'remade' });
    });
  });

  describe('that relations point to', () => {
    it.each([
      ['uuid', 'uuid', ONE, TWO],
      ['auto', 'integer', 1, 2],
      ['big_auto', 'bigint', 1, 2],
    ])('may be of kind %s', async (primaryKey, type, one, two) => {
      const app = `to_${primaryKey}`;
      await defineModels(http, [
        {
          app,
          name: 'Track',
          fields: [
            { name: 'album', type: 'foreign_key', relatedModel: `${app}.Album` },
            { name: 'guests', type: 'many_to_many', relatedModel: `${app}.Album` },
          ],
        },
        { app, name: 'Album', primaryKey, fields: [name] },
      ]);
      await createRecords(http, `/api/${app}/album`, [{ id: one }, { id: two }]);

      const created = await http.post(`/api/${app}/track`, { album: one, guests: [two, one] });
      const changed = await http.patch(`/api/${app}/track/1`, { album: two, guests: [two] });
      const byAlbum = await http.get<PageBody>(`/api/${app}/track?filter.album=${two}`);
      const byGuest = await http.get<PageBody>(`/api/${app}/track?filter.guests=${two}`);

      expect(created).toMatchObject({ status: 201, body: { id: 1, album: one, guests: [one, two] } });
      expect(changed).toMatchObject({ status: 200, body: { id: 1, album: two, guests: [two] } });
      expect(byAlbum.body.data).toEqual([{ id: 1, album: two, guests: [two] }]);
      expect(byGuest.body.data).toEqual([{ id: 1, album: two, guests: [two] }]);
      expect(await column(server.database, `to_${primaryKey}_track`, 'album_id')).toMatchObject({ type });
      expect(await column(server.database, `to_${primaryKey}_track_guests`, 'target_id')).toMatchObject({ type });
      expect(await column(server.database, `to_${primaryKey}_track_guests`, 'source_id')).toMatchObject({
        type: 'bigint',
      });
    });

    it('refuse ids of another kind, and those that nobody has', async () => {
      await defineModels(http, [
        { app: 'strict', name: 'Parent', primaryKey: 'uuid', fields: [name] },
        {
          app: 'strict',
          name: 'Child',
          primaryKey: 'uuid',
          fields: [
            { name: 'parent', type: 'foreign_key', relatedModel: 'strict.Parent' },
            { name: 'others', type: 'many_to_many', relatedModel: 'strict.Parent' },
          ],
        },
      ]);

      expect(await http.post('/api/strict/child', { parent: 1 })).toMatchObject(refusedAt('parent', 'invalid_type'));
      expect(await http.post('/api/strict/child', { parent: 'x' })).toMatchObject(
        refusedAt('parent', 'invalid_format'),
      );
      expect(await http.post('/api/strict/child', { others: [1] })).toMatchObject(
        refusedAt('others.0', 'invalid_type'),
      );
      expect(await http.post('/api/strict/child', { parent: NOBODY })).toMatchObject(
        problemAt(422, 'related_record_not_found', 'parent', /parent/),
      );
      expect(await http.post('/api/strict/child', { others: [NOBODY] })).toMatchObject(
        problemAt(422, 'related_record_not_found', 'others', /others/),
      );
      expect(await http.get('/api/strict/child?filter.parent=1')).toMatchObject(
        problemAt(400, 'invalid_value', 'filter.parent', /the id of a related record/),
      );
    });

    it('may be uuids in a circle of two models and in a model that points to itself', async () => {
      await defineModels(http, [
        {
          app: 'circle',
          name: 'Country',
          primaryKey: 'uuid',
          fields: [name, { name: 'capital', type: 'foreign_key', relatedModel: 'circle.City' }],
        },
        {
          app: 'circle',
          name: 'City',
          primaryKey: 'uuid',
          fields: [
            name,
            { name: 'country', type: 'foreign_key', relatedModel: 'circle.Country', required: true },
            { name: 'twin', type: 'foreign_key', relatedModel: 'circle.City', options: { onDelete: 'set_null' } },
          ],
        },
      ]);
      await createRecord(http, '/api/circle/country', { id: ONE, name: 'France' });
      const paris = await createRecord(http, '/api/circle/city', { id: TWO, name: 'Paris', country: ONE, twin: TWO });

      const answer = await http.patch(`/api/circle/country/${ONE}`, { capital: TWO });
      const found = await server.models
        .repository('circle.City')
        .find({ relations: { country: { capital: true }, twin: true } });

      expect(paris).toEqual({ id: TWO, name: 'Paris', country: ONE, twin: TWO });
      expect(answer).toMatchObject({ status: 200, body: { id: ONE, name: 'France', capital: TWO } });
      expect(found).toMatchObject([{ id: TWO, country: { id: ONE, capital: { id: TWO } }, twin: { id: TWO } }]);
      expect(await foreignKeys(server.database, 'circle_city')).toEqual([
        'country_id → circle_country (r)',
        'twin_id → circle_city (n)',
      ]);
    });

    it('are followed by the repository', async () => {
      await defineModels(http, [
        { app: 'followed', name: 'Tag', primaryKey: 'uuid', fields: [name] },
        {
          app: 'followed',
          name: 'Post',
          primaryKey: 'uuid',
          fields: [
            { name: 'main', type: 'foreign_key', relatedModel: 'followed.Tag', required: true },
            { name: 'tags', type: 'many_to_many', relatedModel: 'followed.Tag' },
          ],
        },
      ]);
      const tags = server.models.repository('followed.Tag');
      const posts = server.models.repository('followed.Post');
      const [news, music] = await tags.save([{ name: 'news' }, { name: 'music' }]);
      const { id } = await posts.save({ main: news, tags: [news, music] });

      const post = await posts.findOneOrFail({ where: { id }, relations: { main: true, tags: true } });
      await posts.save({ ...post, tags: [music] });

      expect(post).toMatchObject({ id, main: { name: 'news' } });
      expect(await http.get(`/api/followed/post/${id}`)).toMatchObject({ body: { main: news.id, tags: [music.id] } });
    });
  });

  it('are described in the document', async () => {
    await defineModels(http, [
      { app: 'documented', name: 'Tag', primaryKey: 'uuid', fields: [] },
      {
        app: 'documented',
        name: 'Post',
        primaryKey: 'uuid',
        fields: [
          { name: 'main', type: 'foreign_key', relatedModel: 'documented.Tag', required: true },
          { name: 'tags', type: 'many_to_many', relatedModel: 'documented.Tag' },
        ],
      },
    ]);

    const document = await readDocument(http);

    const id = { type: 'string', format: 'uuid' };
    const tags = { type: 'array', items: id };
    expect(answerSchema(document, 'get', '/api/documented/post/{id}', 200).properties).toMatchObject({
      id,
      main: id,
      tags,
    });
    expect(requestSchema(document, 'patch', '/api/documented/post/{id}').properties).toMatchObject({
      main: { type: 'string' },
      tags: { oneOf: expect.arrayContaining([expect.objectContaining({ type: 'array' })]) },
    });
    expect(document.paths['/api/documented/post/{id}']).toMatchObject({
      parameters: expect.arrayContaining([expect.objectContaining({ name: 'id', schema: id })]),
    });
  });

  describe('of a model that exists', () => {
    beforeAll(() => defineModel(http, { app: 'fixed', name: 'Thing', primaryKey: 'uuid', fields: [name] }));

    it('may be said again', async () => {
      const answer = await http.patch('/api/meta/models/fixed.Thing', {
        primaryKey: 'uuid',
        description: 'said again',
      });

      expect(answer).toMatchObject({ status: 200, body: { primaryKey: 'uuid', description: 'said again' } });
    });

    it('cannot change', async () => {
      const answer = await http.patch('/api/meta/models/fixed.Thing', { primaryKey: 'big_auto' });

      expect(answer).toMatchObject(problemAt(400, 'primary_key_fixed', 'primaryKey', /"uuid", which cannot change/));
      expect(await http.get('/api/meta/models/fixed.Thing')).toMatchObject({ body: { primaryKey: 'uuid' } });
    });

    it('are kept when the model is renamed', async () => {
      await defineModel(http, { app: 'renamed', name: 'Old', primaryKey: 'uuid', fields: [name] });
      const record = await createRecord(http, '/api/renamed/old', { name: 'chair' });

      await http.patch('/api/meta/models/renamed.Old', { name: 'New' });

      expect((await http.get(`/api/renamed/new/${record.id}`)).body).toEqual(record);
    });
  });

  it('may be left to the defaults by definitions that an earlier version stored', async () => {
    const database = await createDatabase();
    const before = await startApp({ database });
    const child = { name: 'parent', type: 'foreign_key', relatedModel: 'old.Parent' };
    await defineModels(before.http, [
      { app: 'old', name: 'Parent', fields: [name] },
      { app: 'old', name: 'Child', fields: [child] },
    ]);
    await createRecord(before.http, '/api/old/parent', { name: 'p' });
    await before.close();
    await database.query(
      `UPDATE dynamo.applied_model SET definition = jsonb_set(definition #- '{primaryKey}' #- '{indexes}', '{fields}', (
        SELECT jsonb_agg(field #- '{relatedEntity}' #- '{relatedKey}') FROM jsonb_array_elements(definition->'fields') field))`,
    );
    const after = await startApp({ database });

    const created = await after.http.post('/api/old/child', { parent: 1 });
    const renamed = await after.http.patch('/api/meta/models/old.Child', { name: 'Kid' });

    expect(created).toMatchObject({ status: 201, body: { id: 1, parent: 1 } });
    expect(renamed).toMatchObject({ status: 200, body: { name: 'Kid', primaryKey: 'big_auto' } });
    expect((await after.http.get('/api/old/kid/1')).body).toEqual({ id: 1, parent: 1 });
    await after.close();
    await database.drop();
  });

  it('of no known kind are refused', async () => {
    const answer = await http.post('/api/meta/models', { app: 'wrong', name: 'Thing', primaryKey: 'serial' });

    expect(answer).toMatchObject(
      problemAt(400, 'invalid_primary_key', 'primaryKey', /"serial"\. Choose one of: big_auto, auto, uuid\./),
    );
    await expect(server.models.create({ app: 'wrong', name: 'Thing', primaryKey: 'char' })).rejects.toEqual(
      dynamoError('invalid_primary_key', /There is no primary key "char"/),
    );
  });
});
