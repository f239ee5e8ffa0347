import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createRecord, createRecords, defineModel } from '../fixtures/arrange.js';
import { column } from '../fixtures/catalogue.js';
import { problemAt, refusedAt } from '../fixtures/problem.js';
import type { Http, ModelBody, PageBody } from '../support/http.js';
import { startApp, type TestServer } from '../support/server.js';

const MOMENT = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
const DAY = expect.stringMatching(/^\d{4}-\d\d-\d\d$/);
const TIME = expect.stringMatching(/^\d\d:\d\d:\d\d(\.\d+)?$/);
const UUID = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);

describe('values that the server fills in', () => {
  let server: TestServer;
  let http: Http;
  let model: ModelBody;
  let app = '';
  let count = 0;

  const url = () => `/api/${app}/note`;
  const records = async () => (await http.get<PageBody>(`${url()}?sortBy=id:ASC`)).body.data;
  const values = async (name: string) => (await records()).map((record) => record[name]);
  const addField = (field: object) => http.post(`/api/meta/models/${model.id}/fields`, field);

  beforeAll(async () => {
    server = await startApp();
    http = server.http;
  });
  afterAll(() => server?.close());

  beforeEach(async () => {
    count += 1;
    app = `auto${count}`;
    model = await defineModel(http, { app, name: 'Note', fields: [{ name: 'line', type: 'char' }] });
    await createRecords(http, url(), [{ line: 'first' }, { line: 'second' }, { line: 'third' }]);
  });

  it.each([
    ['date', DAY],
    ['date_time', MOMENT],
    ['time', TIME],
  ])('autoNowAdd of %s is the moment of creation, also for records that exist', async (type, format) => {
    await addField({ name: 'made', type, options: { autoNowAdd: true } });
    const [first] = await values('made');

    const created = await createRecord(http, url(), { line: 'fourth' });
    const changed = await http.patch(`${url()}/${created.id}`, { line: 'changed' });

    expect(created).toEqual({ id: 4, line: 'fourth', made: format });
    expect(changed).toMatchObject({ status: 200, body: { made: created['made'] } });
    expect(await values('made')).toEqual([first, first, first, created['made']]);
    expect(first).toEqual(format);
  });

  it('autoNow is the moment of the last save, by API and by repository', async () => {
    await addField({ name: 'saved', type: 'date_time', options: { autoNow: true } });
    const [before, untouched] = await values('saved');
    const start = new Date().toISOString();

    const patched = await http.patch<{ saved: string }>(`${url()}/1`, { line: 'again' });
    const replaced = await http.put<{ saved: string }>(`${url()}/1`, { line: 'once more' });
    const repository = server.models.repository(`${app}.Note`);
    await repository.save({ ...(await repository.findOneByOrFail({ id: 3 })), line: 'saved' });
    const [last, second, third] = await values('saved');

    expect(before).toEqual(untouched);
    expect(Date.parse(patched.body.saved)).toBeGreaterThanOrEqual(Date.parse(start));
    expect(Date.parse(replaced.body.saved)).toBeGreaterThanOrEqual(Date.parse(patched.body.saved));
    expect(last).toBe(replaced.body.saved);
    expect(second).toBe(untouched);
    expect(third).not.toBe(untouched);
  });

  it.each([
    ['autoNow', { autoNow: true }],
    ['autoNowAdd', { autoNowAdd: true }],
  ])('%s cannot be given by anybody', async (_title, options) => {
    await addField({ name: 'made', type: 'date_time', required: true, options });
    const body = { line: 'x', made: '2000-01-01T00:00:00Z' };

    const answers = [
      await http.post(url(), body),
      await http.patch(`${url()}/1`, body),
      await http.put(`${url()}/1`, body),
    ];

    const refused = refusedAt('made', 'read_only_field');
    expect(answers).toMatchObject([refused, refused, refused]);
    expect(await http.put(`${url()}/1`, { line: 'without' })).toMatchObject({ status: 200, body: { made: MOMENT } });
  });

  it.each<[string, string, object]>([
    ['both at once', 'date_time', { autoNow: true, autoNowAdd: true }],
    ['of a text', 'char', { autoNow: true }],
    ['that is no boolean', 'date', { autoNowAdd: 'now(); DROP TABLE canary' }],
  ])('are refused: %s', async (_title, type, options) => {
    const answer = await addField({ name: 'made', type, options });

    expect(answer).toMatchObject(problemAt(400, 'invalid_options', /options/, /\S/));
  });

  it.each([
    ['date', DAY],
    ['date_time', MOMENT],
    ['time', TIME],
  ])('the default "now" of %s gives all records the same moment, and may be overruled', async (type, format) => {
    const answer = await addField({ name: 'at', type, required: true, default: 'now' });
    const [first] = await values('at');

    const created = await createRecord(http, url(), { line: 'fourth' });

    expect(answer).toMatchObject({ status: 201, body: { default: 'now' } });
    expect(created).toEqual({ id: 4, line: 'fourth', at: format });
    expect(await values('at')).toEqual([first, first, first, created['at']]);
    expect(await http.patch(`${url()}/1`, { at: created['at'] })).toMatchObject({ body: { at: created['at'] } });
  });

  it('the default "uuid" gives each record its own', async () => {
    const answer = await addField({ name: 'key', type: 'uuid', required: true, unique: true, default: 'uuid' });
    const keys = await values('key');

    const { key } = await createRecord(http, url(), { line: 'fourth' });

    expect(answer).toMatchObject({ status: 201, body: { default: 'uuid' } });
    expect([...keys, key]).toEqual([UUID, UUID, UUID, UUID]);
    expect(new Set([...keys, key]).size).toBe(4);
  });

  it.each([
    ['now', 'char'],
    ['uuid', 'text'],
  ])('the default "%s" is an ordinary word for %s', async (word, type) => {
    await addField({ name: 'word', type, default: word });

    const created = await createRecord(http, url(), { line: 'fourth' });

    expect(created).toMatchObject({ word });
  });

  it.each([
    ['now', 'integer'],
    ['now', 'uuid'],
    ['uuid', 'date'],
    ['now()', 'date_time'],
    ['random', 'uuid'],
  ])('the default "%s" is refused for %s', async (word, type) => {
    const answer = await addField({ name: 'word', type, default: word });

    expect(answer).toMatchObject(problemAt(400, 'invalid_default', 'default', /\S/));
  });

  it.each([
    ['auto', 'integer', [1, 2, 3], 4, 10, 11],
    ['big_auto', 'bigint', ['1', '2', '3'], '4', '10', '11'],
  ])('%s numbers the records that exist, and goes on', async (type, columnType, numbers, next, given, after) => {
    const answer = await addField({ name: 'number', type });
    const existing = await values('number');

    const created = await createRecord(http, url(), { line: 'fourth' });
    const imported = await createRecord(http, url(), { number: given });
    const changed = await http.patch(`${url()}/1`, { number: after });

    expect(answer).toMatchObject({ status: 201, body: { type } });
    expect(existing).toEqual(numbers);
    expect(created).toMatchObject({ number: next });
    expect(imported).toMatchObject({ number: given });
    expect(changed).toMatchObject({ status: 200, body: { number: after } });
    expect(await http.post(url(), { number: null })).toMatchObject(refusedAt('number', 'required'));
    expect(await column(server.database, `${app}_note`, 'number')).toMatchObject({ type: columnType, nullable: false });
  });

  it.each(['auto', 'big_auto'])('%s takes no default', async (type) => {
    const answer = await addField({ name: 'number', type, default: 1 });

    expect(answer).toMatchObject(problemAt(400, 'invalid_default', 'default', /\S/));
  });

  it('a column of numbers becomes automatic and counts on from the largest', async () => {
    const added = await http.post<{ id: string }>(`/api/meta/models/${model.id}/fields`, {
      name: 'number',
      type: 'integer',
      required: true,
      default: 7,
    });
    await http.patch(`${url()}/2`, { number: 40 });

    const answer = await http.patch(`/api/meta/fields/${added.body.id}`, { type: 'auto', default: null });

    expect(answer).toMatchObject({ status: 200, body: { type: 'auto' } });
    expect(await values('number')).toEqual([7, 40, 7]);
    expect(await createRecord(http, url(), { line: 'fourth' })).toMatchObject({ number: 41 });
  });
});
