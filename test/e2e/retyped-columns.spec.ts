import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createRecords, defineModel, fieldOf } from '../fixtures/arrange.js';
import { columnNames, foreignKeys } from '../fixtures/catalogue.js';
import { blockedBy, patchConfirmed } from '../fixtures/plan.js';
import { problem, refusedAt } from '../fixtures/problem.js';
import type { Http, ModelBody, PageBody } from '../support/http.js';
import { startApp, type TestServer } from '../support/server.js';

describe('what goes with a change of type', () => {
  let server: TestServer;
  let http: Http;
  let app = '';
  let count = 0;

  const url = () => `/api/${app}/thing`;
  const define = (field: object): Promise<ModelBody> =>
    defineModel(http, { app, name: 'Thing', fields: [{ name: 'value', ...field }] });
  const fill = (values: readonly unknown[]) =>
    createRecords(
      http,
      url(),
      values.map((value) => ({ value })),
    );
  const read = async (): Promise<unknown[]> =>
    (await http.get<PageBody>(`${url()}?sortBy=id:ASC`)).body.data.map(({ value }) => value);
  const fieldPath = (model: ModelBody) => `/api/meta/fields/${fieldOf(model, 'value').id}`;

  beforeAll(async () => {
    server = await startApp();
    http = server.http;
  });
  afterAll(() => server?.close());

  beforeEach(() => {
    count += 1;
    app = `retype${count}`;
  });

  it('keeps the column: nothing is dropped and added again', async () => {
    const model = await define({ type: 'text' });
    await fill(['1', '2']);
    const position = `SELECT attname, attnum FROM pg_attribute
      WHERE attrelid = 'public.${app}_thing'::regclass AND attnum > 0 ORDER BY attnum`;
    const before = await server.database.query(position);

    const answer = await http.patch(fieldPath(model), { type: 'integer' });

    expect(answer).toMatchObject({ status: 200, body: { type: 'integer' } });
    expect(await server.database.query(position)).toEqual(before);
  });

  it('keeps uniqueness, and finds values that are the same after it', async () => {
    const model = await define({ type: 'text', unique: true });
    await fill(['1', '1.0', '2']);

    const answer = await http.patch(fieldPath(model), { type: 'decimal' });

    expect(answer).toMatchObject(blockedBy('value', 'duplicate_values', { remedies: expect.anything() }));
    expect(await read()).toEqual(['1', '1.0', '2']);
    expect(await http.post(url(), { value: '1.00' })).toMatchObject({ status: 201 });
  });

  it('asks for a value when a field becomes required in the same save', async () => {
    const model = await define({ type: 'text' });
    await fill(['1', null]);

    const answer = await http.patch(fieldPath(model), { type: 'integer', required: true });

    expect(answer).toMatchObject(blockedBy('value', 'rows_without_value', { count: 1, remedies: ['backfill'] }));
    expect(await read()).toEqual(['1', null]);
  });

  it('takes a default of the new type, and refuses one of the old', async () => {
    const model = await define({ type: 'text', default: 'none' });
    await fill(['1']);

    const refused = await http.patch(fieldPath(model), { type: 'integer' });
    const answer = await http.patch(fieldPath(model), { type: 'integer', default: 7 });

    expect(refused).toMatchObject(problem(400, 'invalid_default', /value|default/));
    expect(answer).toMatchObject({ status: 200, body: { type: 'integer', default: 7 } });
    expect(await http.post(url(), {})).toMatchObject({ status: 201, body: { value: 7 } });
  });

  it('checks a shorter maxLength and says which texts are too long', async () => {
    const model = await define({ type: 'char', options: { maxLength: 20 } });
    await fill(['short', 'far too long', '🎸🎸🎸🎸🎸']);

    const refused = await http.patch(fieldPath(model), { options: { maxLength: 5 } });
    await http.patch(`${url()}/2`, { value: 'now ok' });
    const wider = await http.patch(fieldPath(model), { options: { maxLength: 6 } });

    expect(refused).toMatchObject(
      blockedBy('value', 'unconvertible_values', { count: 1, samples: [{ id: 2, value: 'far too long' }] }),
    );
    expect(wider).toMatchObject({ status: 200, body: { options: { maxLength: 6 } } });
    expect(await read()).toEqual(['short', 'now ok', '🎸🎸🎸🎸🎸']);
  });

  it('rounds to fewer places only when that is confirmed', async () => {
    const model = await define({ type: 'decimal', options: { precision: 12, scale: 3 } });
    await fill(['1.235', '-1.235', '2.000']);

    const answer = await patchConfirmed(http, fieldPath(model), { options: { precision: 12, scale: 2 } });

    expect(answer).toMatchObject({ status: 200 });
    expect(await read()).toEqual(['1.24', '-1.24', '2.00']);
  });

  it('refuses fewer digits before the point while a number needs them', async () => {
    const model = await define({ type: 'decimal', options: { precision: 12, scale: 2 } });
    await fill(['99.99', '1000.00']);

    const answer = await http.patch(fieldPath(model), { options: { precision: 5, scale: 2 } });

    expect(answer).toMatchObject(
      blockedBy('value', 'unconvertible_values', { count: 1, samples: [{ id: 2, value: '1000.00' }] }),
    );
    expect(await read()).toEqual(['99.99', '1000.00']);
  });

  it('turns numbers into relations when each is the id of a record', async () => {
    await defineModel(http, { app, name: 'Group', fields: [{ name: 'name', type: 'char' }] });
    await createRecords(http, `/api/${app}/group`, [{ name: 'one' }, { name: 'two' }]);
    const model = await define({ type: 'integer' });
    await fill([1, 2, 9, null]);
    const relation = { type: 'foreign_key', relatedModel: `${app}.Group` };

    const refused = await http.patch(fieldPath(model), relation);
    await http.patch(`${url()}/3`, { value: 2 });
    const answer = await http.patch(fieldPath(model), relation);

    expect(refused).toMatchObject(
      blockedBy('value', 'related_record_missing', { count: 1, samples: [{ id: 3, value: 9 }] }),
    );
    expect(answer).toMatchObject({ status: 200, body: relation });
    expect(await read()).toEqual([1, 2, 2, null]);
    expect(await columnNames(server.database, `${app}_thing`)).toEqual(['id', 'value_id']);
    expect(await foreignKeys(server.database, `${app}_thing`)).toEqual([`value_id → ${app}_group (r)`]);
  });

  it('takes values as the new type from then on, in the repository too', async () => {
    const model = await define({ type: 'text' });
    await fill(['7']);

    await http.patch(fieldPath(model), { type: 'integer' });

    expect(await http.post(url(), { value: 'seven' })).toMatchObject(refusedAt('value', 'invalid_type'));
    expect(await server.models.repository(`${app}.Thing`).find()).toMatchObject([{ value: 7 }]);
  });
});
