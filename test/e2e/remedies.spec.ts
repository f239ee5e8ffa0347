import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createRecords, defineModel, fieldOf } from '../fixtures/arrange.js';
import { createCanary, expectUnharmed } from '../fixtures/canary.js';
import { column, snapshot, tableRows } from '../fixtures/catalogue.js';
import { blockedBy } from '../fixtures/plan.js';
import { problemAt } from '../fixtures/problem.js';
import { SONGS, songModel } from '../fixtures/song.js';
import type { Http, ModelBody, PageBody } from '../support/http.js';
import { startApp, type TestServer } from '../support/server.js';

const HOSTILE = `x'); DROP TABLE canary;-- \\ $1 \${1} "`;

describe('remedies for what the records stand in the way of', () => {
  let server: TestServer;
  let http: Http;
  let song: ModelBody;
  let app = '';
  let count = 0;

  const records = async () => (await http.get<PageBody>(`/api/${app}/song?sortBy=id:ASC`)).body.data;
  const values = async (name: string) => (await records()).map((record) => record[name]);
  const patchField = (name: string, patch: object) => http.patch(`/api/meta/fields/${fieldOf(song, name).id}`, patch);
  const together = () => song.fields.map((field) => ({ ...field, uniqueTogether: field.name !== 'name' }));

  beforeAll(async () => {
    server = await startApp();
    http = server.http;
    await createCanary(server.database);
  });
  afterAll(async () => {
    await expectUnharmed(server.database);
    await server.close();
  });

  beforeEach(async () => {
    count += 1;
    app = `remedy${count}`;
    song = await defineModel(http, songModel(app));
    await createRecords(http, `/api/${app}/song`, SONGS);
  });

  it('backfill gives the records without a value one, and no other', async () => {
    const answer = await patchField('year', {
      required: true,
      remedies: { year: { action: 'backfill', value: 1900 } },
    });

    expect(answer).toMatchObject({ status: 200, body: { required: true } });
    expect(await values('year')).toEqual([1967, 1966, 1900]);
    expect(await column(server.database, `${app}_song`, 'year')).toMatchObject({ nullable: false, default: null });
  });

  it.each([[[]], [''], [{}], [0]])('backfill gives every JSON value but null, such as %j', async (value) => {
    const answer = await http.post(`/api/meta/models/${song.id}/fields`, {
      name: 'details',
      type: 'json',
      required: true,
      remedies: { details: { action: 'backfill', value } },
    });

    expect(answer).toMatchObject({ status: 201 });
    expect(await values('details')).toEqual([value, value, value]);
  });

  it('come in the order of the fields: values that are put right are compared without the records deleted before', async () => {
    const { body: shelf } = await http.post<ModelBody>('/api/meta/models', {
      app,
      name: 'Shelf',
      fields: [
        { name: 'place', type: 'integer', required: true },
        { name: 'link', type: 'url', required: true, unique: true },
      ],
    });
    const urls = ['https://example.com/a', 'https://example.com/b'];
    await createRecords(
      http,
      `/api/${app}/shelf`,
      urls.map((link) => ({ place: 5, link })),
    );

    const answer = await http.patch(`/api/meta/models/${shelf.id}`, {
      fields: [
        { ...fieldOf(shelf, 'place'), unique: true },
        { ...fieldOf(shelf, 'link'), type: 'slug', options: {} },
      ],
      remedies: { place: { action: 'keepLatest' }, link: { action: 'default', value: '0' } },
    });

    expect(answer).toMatchObject({ status: 200 });
    expect(await tableRows(server.database, `${app}_shelf`)).toEqual([{ id: '2', place: 5, link: '0' }]);
  });

  it('backfill fills a new required field, and leaves it without a default', async () => {
    const answer = await http.post(`/api/meta/models/${song.id}/fields`, {
      name: 'label',
      type: 'char',
      required: true,
      remedies: { label: { action: 'backfill', value: HOSTILE } },
    });

    expect(answer).toMatchObject({ status: 201, body: { name: 'label', required: true } });
    expect(answer.body).not.toHaveProperty('remedies');
    expect(await values('label')).toEqual([HOSTILE, HOSTILE, HOSTILE]);
    expect(await http.post(`/api/${app}/song`, { name: 'no label' })).toMatchObject({ status: 422 });
  });

  it.each([
    ['nullify', ['Jobim', null, null], [1, 2, 3]],
    ['keepOldest', ['Jobim', null], [1, 3]],
    ['keepLatest', ['Jobim', null], [2, 3]],
  ])('%s makes the values of a field different', async (action, composers, ids) => {
    const answer = await patchField('composer', { unique: true, remedies: { composer: { action } } });

    expect(answer).toMatchObject({ status: 200, body: { unique: true } });
    expect(await values('composer')).toEqual(composers);
    expect(await values('id')).toEqual(ids);
    expect(await http.post(`/api/${app}/song`, { name: 'x', composer: 'Jobim' })).toMatchObject({ status: 409 });
  });

  it.each([
    ['nullify', [1966, null, null], [1, 2, 3]],
    ['keepOldest', [1966, null], [1, 3]],
    ['keepLatest', [1966, null], [2, 3]],
  ])('%s makes the values of a group different', async (action, years, ids) => {
    await http.patch(`/api/${app}/song/1`, { year: 1966 });

    const refused = await http.patch(`/api/meta/models/${song.id}`, { fields: together() });
    const answer = await http.patch(`/api/meta/models/${song.id}`, {
      fields: together(),
      remedies: { 'composer, year': { action } },
    });

    expect(refused).toMatchObject(
      blockedBy('composer, year', 'duplicate_values', { message: expect.stringMatching(/composer.*year/) }),
    );
    expect(answer).toMatchObject({ status: 200 });
    expect(await values('year')).toEqual(years);
    expect(await values('id')).toEqual(ids);
  });

  it.each([
    ['default', { action: 'default', value: -1 }, [-1, 42, null]],
    ['nullify', { action: 'nullify' }, [null, 42, null]],
  ])('%s stands in for values that do not convert, and for no other', async (_title, remedy, composers) => {
    await http.patch(`/api/${app}/song/2`, { composer: '42' });

    const answer = await patchField('composer', { type: 'integer', remedies: { composer: remedy } });

    expect(answer).toMatchObject({ status: 200, body: { type: 'integer' } });
    expect(await values('composer')).toEqual(composers);
  });

  it.each([
    ['default', { action: 'default', value: 1970 }, [1967, 1970, null]],
    ['nullify', { action: 'nullify' }, [1967, null, null]],
  ])('%s stands in for values below the minimum', async (_title, remedy, years) => {
    const answer = await patchField('year', { options: { min: 1967 }, remedies: { year: remedy } });

    expect(answer).toMatchObject({ status: 200 });
    expect(await values('year')).toEqual(years);
  });

  it.each([
    ['default', { action: 'default', value: 2 }, [2, 2, null]],
    ['nullify', { action: 'nullify' }, [null, null, null]],
  ])('%s stands in for records that are not there', async (_title, remedy, years) => {
    const relation = { type: 'foreign_key', relatedModel: `${app}.Song` };

    const refused = await patchField('year', relation);
    const answer = await patchField('year', { ...relation, remedies: { year: remedy } });

    expect(refused).toMatchObject(blockedBy('year', 'related_record_missing', { count: 2 }));
    expect(answer).toMatchObject({ status: 200 });
    expect(await values('year')).toEqual(years);
  });

  it('nullify lets a relation point to another model', async () => {
    await defineModel(http, { app, name: 'Album', fields: [{ name: 'title', type: 'char' }] });
    const path = `/api/meta/models/${song.id}/fields`;
    const { body } = await http.post<{ id: string }>(path, {
      name: 'origin',
      type: 'foreign_key',
      relatedModel: `${app}.Song`,
    });
    await http.patch(`/api/${app}/song/2`, { origin: 1 });
    const change = { relatedModel: `${app}.Album` };

    const refused = await http.patch(`/api/meta/fields/${body.id}`, change);
    const answer = await http.patch(`/api/meta/fields/${body.id}`, {
      ...change,
      remedies: { origin: { action: 'nullify' } },
    });

    expect(refused).toMatchObject(
      blockedBy('origin', 'related_model_changed', {
        count: 1,
        samples: [{ id: 2, origin: 1 }],
        remedies: ['nullify'],
      }),
    );
    expect(answer).toMatchObject({ status: 200, body: change });
    expect(await values('origin')).toEqual([null, null, null]);
  });

  it('does nothing with a remedy that is not needed', async () => {
    const answer = await patchField('name', {
      required: true,
      unique: true,
      remedies: { name: { action: 'keepLatest' }, year: { action: 'nullify' } },
    });

    expect(answer).toMatchObject({ status: 200, body: { unique: true } });
    expect(await records()).toMatchObject(SONGS);
  });

  it.each<[string, string, object, object]>([
    ['that is not offered', 'year', { required: true }, { action: 'nullify' }],
    ['that is unknown', 'year', { required: true }, { action: 'DROP TABLE canary' }],
    ['that is called like a method', 'year', { required: true }, { action: 'constructor' }],
    ['without an action', 'year', { required: true }, {}],
    ['without a value', 'year', { required: true }, { action: 'backfill' }],
    ['with null', 'year', { required: true }, { action: 'backfill', value: null }],
    ['with a value of another type', 'year', { required: true }, { action: 'backfill', value: '1900; DROP TABLE' }],
    ['with a value out of range', 'year', { options: { min: 1967 } }, { action: 'default', value: 1 }],
    ['with the value of the old type', 'composer', { type: 'integer' }, { action: 'default', value: HOSTILE }],
    ['that empties a required field', 'name', { type: 'integer' }, { action: 'nullify' }],
    ['that keeps what is not double', 'composer', { type: 'integer' }, { action: 'keepLatest' }],
  ])('refuses a remedy %s', async (_title, name, change, remedy) => {
    const before = [await snapshot(server.database), await tableRows(server.database, `${app}_song`)];

    const answer = await patchField(name, { ...change, remedies: { [name]: remedy } });

    expect(answer).toMatchObject(problemAt(400, 'invalid_remedy', new RegExp(`^remedies\\.${name}`), /\S/));
    expect([await snapshot(server.database), await tableRows(server.database, `${app}_song`)]).toEqual(before);
  });
});
