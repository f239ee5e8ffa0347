import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createRecords, defineModel, fieldOf } from '../fixtures/arrange.js';
import { indexes } from '../fixtures/catalogue.js';
import { blockedBy } from '../fixtures/plan.js';
import { problem, problemAt } from '../fixtures/problem.js';
import type { Http, ModelBody, PageBody } from '../support/http.js';
import { startApp, type TestServer } from '../support/server.js';

describe('indexes and groups of fields', () => {
  let server: TestServer;
  let http: Http;
  let seat: ModelBody;
  let app = '';
  let count = 0;

  const url = () => `/api/${app}/seat`;
  const found = () => indexes(server.database, `${app}_seat`);
  const patchField = (name: string, patch: object) => http.patch(`/api/meta/fields/${fieldOf(seat, name).id}`, patch);
  const patchFields = (changes: Readonly<Record<string, object>>) =>
    http.patch(`/api/meta/models/${seat.id}`, {
      fields: seat.fields.map((field) => ({ ...field, ...changes[field.name] })),
    });
  const records = async () => (await http.get<PageBody>(`${url()}?sortBy=id:ASC`)).body.data;

  beforeAll(async () => {
    server = await startApp();
    http = server.http;
  });
  afterAll(() => server?.close());

  beforeEach(async () => {
    count += 1;
    app = `index${count}`;
    seat = await defineModel(http, {
      app,
      name: 'Seat',
      fields: ['hall', 'row', 'place'].map((name) => ({ name, type: 'integer' })),
    });
    await createRecords(http, url(), [
      { hall: 1, row: 1, place: 1 },
      { hall: 1, row: 1, place: 2 },
      { hall: 2, row: 1, place: 1 },
    ]);
  });

  it('come and go with a field of their own', async () => {
    await patchField('row', { options: { index: true } });
    const added = await found();

    await patchField('row', { options: {} });

    expect(added).toEqual(['id primary', 'row']);
    expect(await found()).toEqual(['id primary']);
  });

  it('cover fields of the same name together, in the order of the fields', async () => {
    const answer = await patchFields({
      hall: { options: { index: 'by_place' } },
      row: { options: { index: 'by_row' } },
      place: { options: { index: 'by_place' } },
    });

    expect(answer).toMatchObject({ status: 200 });
    expect(await found()).toEqual(['hall,place', 'id primary', 'row']);
  });

  it('follow when a field joins, leaves, is renamed, retyped or dropped', async () => {
    await patchFields({ hall: { options: { index: 'by' } }, place: { options: { index: 'by' } } });

    await patchField('row', { options: { index: 'by' } });
    const joined = await found();
    await patchField('hall', { options: {} });
    const left = await found();
    await patchField('place', { name: 'chair', type: 'char' });
    const renamed = await found();
    await http.delete(`/api/meta/fields/${fieldOf(seat, 'row').id}`);

    expect(joined).toEqual(['hall,row,place', 'id primary']);
    expect(left).toEqual(['id primary', 'row,place']);
    expect(renamed).toEqual(['id primary', 'row,chair']);
    expect(await found()).toEqual(['chair', 'id primary']);
    expect(await records()).toMatchObject([{ chair: '1' }, { chair: '2' }, { chair: '1' }]);
  });

  it('cover a relation together with other fields, beside its own', async () => {
    await http.post(`/api/meta/models/${seat.id}/fields`, {
      name: 'neighbour',
      type: 'foreign_key',
      relatedModel: `${app}.Seat`,
      options: { index: 'by_row' },
    });

    await patchField('row', { options: { index: 'by_row' } });

    expect(await found()).toEqual(['id primary', 'neighbour_id', 'row,neighbour_id']);
  });

  it.each<[string, unknown]>([
    ['a number', 1],
    ['the empty text', ''],
    ['a list', ['a']],
    ['NUL', 'a\u0000b'],
  ])('are refused when their name is %s', async (_title, index) => {
    const answer = await patchField('row', { options: { index } });

    expect(answer).toMatchObject(problemAt(400, 'invalid_options', /^options\.index/, /index/));
    expect(await found()).toEqual(['id primary']);
  });

  it('keep several groups of fields unique, each by itself', async () => {
    const answer = await patchFields({
      hall: { uniqueTogether: 'first' },
      row: { uniqueTogether: 'second' },
      place: { uniqueTogether: 'first' },
    });
    const third = await http.post(url(), { hall: 1, row: 5, place: 2 });

    expect(answer).toMatchObject(blockedBy('row', 'duplicate_values', { count: expect.any(Number) }));
    expect(third).toMatchObject({ status: 201 });
  });

  it('keep two groups unique, and name the one that is violated', async () => {
    await http.post(`/api/meta/models/${seat.id}/fields`, { name: 'number', type: 'integer', uniqueTogether: 'b' });
    const model = (await http.get<ModelBody>(`/api/meta/models/${seat.id}`)).body;
    const groups = ['a', 'a', 'a', 'b'];
    await http.patch(`/api/meta/models/${seat.id}`, {
      fields: model.fields.map((field, at) => ({ ...field, uniqueTogether: groups[at] })),
    });

    const first = await http.post(url(), { hall: 1, row: 1, place: 1 });
    const created = await http.post(url(), { hall: 9, row: 9, place: 9, number: 1 });
    const second = await http.post(url(), { hall: 8, row: 8, place: 8, number: 1 });

    expect(await found()).toEqual(['hall,row,place unique', 'id primary', 'number unique']);
    expect(first).toMatchObject(problem(409, 'unique_violation', /hall.*row.*place/));
    expect(created).toMatchObject({ status: 201 });
    expect(second).toMatchObject(problem(409, 'unique_violation', /number/));
  });

  it('change a group together with its fields in one save', async () => {
    await patchFields({ hall: { uniqueTogether: 'g' }, place: { uniqueTogether: 'g' } });
    const [hall, row, place] = seat.fields;

    const answer = await http.patch(`/api/meta/models/${seat.id}`, {
      fields: [
        { ...hall, name: 'room', type: 'text', uniqueTogether: 'g' },
        { ...row, name: 'hall', uniqueTogether: false },
        { ...place, uniqueTogether: 'g' },
        { name: 'side', type: 'char', default: 'left', required: true, uniqueTogether: 'g' },
      ],
    });

    expect(answer).toMatchObject({ status: 200 });
    expect(await found()).toEqual(['id primary', 'room,place,side unique']);
    expect(await records()).toMatchObject([
      { room: '1', hall: 1, place: 1, side: 'left' },
      { room: '1', hall: 1, place: 2, side: 'left' },
      { room: '2', hall: 1, place: 1, side: 'left' },
    ]);
    expect(await http.post(url(), { room: '1', place: 1 })).toMatchObject({ status: 409 });
    expect(await http.post(url(), { room: '1', place: 1, side: 'right' })).toMatchObject({ status: 201 });
  });

  it.each(['uniqueTogether', 'index'])('refuse more than 32 fields: %s', async (property) => {
    const setting = { uniqueTogether: { uniqueTogether: true }, index: { options: { index: 'wide' } } }[property];
    const fields = Array.from({ length: 33 }, (_, at) => ({ name: `f${at}`, type: 'integer', ...setting }));

    const refused = await http.post('/api/meta/models', { app, name: 'Wide', fields });
    const accepted = await http.post('/api/meta/models', { app, name: 'Wide', fields: fields.slice(1) });

    expect(refused).toMatchObject(problem(400, 'limit_reached', /32/));
    expect(accepted).toMatchObject({ status: 201 });
  });
});
