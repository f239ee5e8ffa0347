import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createRecords, defineModel, fieldOf } from '../fixtures/arrange.js';
import { column, columnNames } from '../fixtures/catalogue.js';
import { problem, problemAt, refusedAt } from '../fixtures/problem.js';
import { SONGS, songModel } from '../fixtures/song.js';
import type { Http, ModelBody, PageBody } from '../support/http.js';
import { startApp, type TestServer } from '../support/server.js';

describe('changing what the rows of a model must satisfy', () => {
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

  it('drops NOT NULL when a field is no longer required', async () => {
    const answer = await patchField('name', { required: false });

    expect(answer).toMatchObject({ status: 200, body: { required: false } });
    expect(await column(server.database, `${app}_song`, 'name')).toMatchObject({ nullable: true });
    expect(await http.post(url(), { name: null })).toMatchObject({ status: 201, body: { name: null } });
  });

  it('sets NOT NULL when a field becomes required and every row has a value', async () => {
    await http.patch(`${url()}/3`, { year: 1969 });

    const answer = await patchField('year', { required: true });

    expect(answer).toMatchObject({ status: 200, body: { required: true } });
    expect(await column(server.database, `${app}_song`, 'year')).toMatchObject({ nullable: false });
    expect(await http.post(url(), { name: 'no year' })).toMatchObject(refusedAt('year', 'required'));
  });

  it('refuses NOT NULL while rows have no value', async () => {
    const answer = await patchField('year', { required: true });

    expect(answer).toMatchObject(problem(409, 'rows_without_value', /year/));
    expect(await records()).toMatchObject(SONGS);
    expect(await http.post(url(), { name: 'still optional' })).toMatchObject({ status: 201 });
  });

  it('sets and drops a default for new rows only', async () => {
    await patchField('year', { default: 2026 });
    await http.post(url(), { name: 'with default' });
    await patchField('year', { default: null });
    await http.post(url(), { name: 'without' });

    expect(await records()).toMatchObject([
      ...SONGS,
      { name: 'with default', year: 2026 },
      { name: 'without', year: null },
    ]);
  });

  it('adds a required field with a default: every row has it', async () => {
    const field = { name: 'rating', type: 'integer', required: true, default: 3 };

    const answer = await http.post(`/api/meta/models/${song.id}/fields`, field);

    expect(answer).toMatchObject({ status: 201, body: field });
    expect(await records()).toMatchObject(SONGS.map((row) => ({ ...row, rating: 3 })));
    expect(await column(server.database, `${app}_song`, 'rating')).toMatchObject({ type: 'integer', nullable: false });
  });

  it('refuses a required field without a default', async () => {
    const field = { name: 'rating', type: 'integer', required: true };

    const answer = await http.post(`/api/meta/models/${song.id}/fields`, field);

    expect(answer).toMatchObject(problemAt(409, 'rows_without_value', /\S/, /rating.*default/s));
    expect(await columnNames(server.database, `${app}_song`)).toEqual(['id', 'name', 'composer', 'year']);
  });

  it('adds and drops uniqueness of a field', async () => {
    await patchField('name', { unique: true });
    const refused = await http.post(url(), { name: 'Wave' });
    await patchField('name', { unique: false });
    const accepted = await http.post(url(), { name: 'Wave' });

    expect(refused).toMatchObject(problemAt(409, 'unique_violation', 'name', /name/));
    expect(accepted).toMatchObject({ status: 201 });
  });

  it('refuses uniqueness over duplicates', async () => {
    const answer = await patchField('composer', { unique: true });

    expect(answer).toMatchObject(problemAt(409, 'duplicate_values', /\S/, /composer/));
    expect(await http.post(url(), { name: 'third', composer: 'Jobim' })).toMatchObject({ status: 201 });
  });

  it('adds and drops uniqueness of fields together', async () => {
    const together = (uniqueTogether: unknown) =>
      song.fields.map((field) => ({ ...field, uniqueTogether: field.name === 'year' ? false : uniqueTogether }));
    await http.patch(`/api/meta/models/${song.id}`, { fields: together(true) });
    const refused = await http.post(url(), { name: 'Wave', composer: 'Jobim' });
    const other = await http.post(url(), { name: 'Wave', composer: 'Miles' });
    await http.patch(`/api/meta/models/${song.id}`, { fields: together(false) });
    const accepted = await http.post(url(), { name: 'Wave', composer: 'Jobim' });

    expect(refused).toMatchObject(problem(409, 'unique_violation', /name.*composer/));
    expect([other.status, accepted.status]).toEqual([201, 201]);
  });
});
