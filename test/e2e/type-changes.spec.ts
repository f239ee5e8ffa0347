import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createRecords, defineModel, fieldOf } from '../fixtures/arrange.js';
import { column, snapshot, tableRows } from '../fixtures/catalogue.js';
import { blockedBy, patchConfirmed } from '../fixtures/plan.js';
import { problem, problemAt } from '../fixtures/problem.js';
import type { Http, ModelBody, PageBody } from '../support/http.js';
import { startApp, type TestServer } from '../support/server.js';

interface Change {
  readonly type: string;
  readonly choices?: readonly string[];
}

/** Title, type before, values before, what is sent, values after, type of the column after. */
const RUNS: readonly (readonly [string, string, readonly unknown[], Change, readonly unknown[], string])[] = [
  ['prices', 'text', ['49.90', '-120', '0.5'], { type: 'decimal' }, ['49.90', '-120.00', '0.50'], 'numeric(12,2)'],
  ['counts', 'char', ['7', '-3', '0'], { type: 'integer' }, [7, -3, 0], 'integer'],
  ['long numbers', 'text', ['9007199254740993'], { type: 'big_integer' }, ['9007199254740993'], 'bigint'],
  ['days', 'text', ['2026-03-29', '0001-01-01'], { type: 'date' }, ['2026-03-29', '0001-01-01'], 'date'],
  ['answers', 'char', ['TRUE', 'false'], { type: 'boolean' }, [true, false], 'boolean'],
  ['sizes', 'char', ['S', 'M'], { type: 'choice', choices: ['S', 'M', 'L'] }, ['S', 'M'], 'text'],
  ['one tag', 'char', ['a', 'b'], { type: 'multiple_choice', choices: ['a', 'b'] }, [['a'], ['b']], 'jsonb'],
  ['text as JSON', 'text', ['7', '{"a"'], { type: 'json' }, ['7', '{"a"'], 'jsonb'],
  ['more range', 'integer', [2147483647], { type: 'big_integer' }, ['2147483647'], 'bigint'],
  ['flags', 'integer', [0, 1], { type: 'boolean' }, [false, true], 'boolean'],
  ['flags as numbers', 'boolean', [true, false], { type: 'integer' }, [1, 0], 'integer'],
  ['numbers as text', 'decimal', ['49.90', '-0.01'], { type: 'text' }, ['49.90', '-0.01'], 'text'],
  ['bytes as text', 'binary', ['AP8Q'], { type: 'text' }, ['AP8Q'], 'text'],
  ['moments as text', 'date_time', ['2026-03-29T02:30:00+01:00'], { type: 'text' }, ['2026-03-29T01:30:00Z'], 'text'],
  ['JSON as text', 'json', [{ a: 1 }, 'x'], { type: 'text' }, ['{"a": 1}', '"x"'], 'text'],
  ['midnights', 'date', ['2026-03-29'], { type: 'date_time' }, ['2026-03-29T00:00:00Z'], 'timestamp with time zone'],
  ['times of day', 'time', ['09:30:00'], { type: 'duration' }, ['PT9H30M'], 'interval'],
  ['lengths', 'duration', ['PT26H', '-PT5S'], { type: 'text' }, ['P1DT2H', '-PT5S'], 'text'],
];

/** Title, type before, values before, type after, values after. */
const LOSSES: readonly (readonly [string, string, readonly unknown[], string, readonly unknown[]])[] = [
  ['decimals to whole numbers', 'decimal', ['49.90', '2.50', '-2.50'], 'integer', [50, 3, -3]],
  ['moments to days', 'date_time', ['2026-03-29T01:30:00+02:00'], 'date', ['2026-03-28']],
  ['moments to times', 'date_time', ['2026-03-29T01:30:00+02:00'], 'time', ['23:30:00']],
  ['exact numbers to floats', 'big_integer', ['9007199254740993'], 'float', [9007199254740992]],
];

const IMPOSSIBLE = [
  ['integer', 'date'],
  ['date', 'time'],
  ['date', 'integer'],
  ['uuid', 'integer'],
  ['float', 'boolean'],
  ['json', 'date'],
  ['integer', 'duration'],
];

describe('a shop whose fields change their type', () => {
  let server: TestServer;
  let http: Http;
  let app = '';
  let count = 0;

  const url = () => `/api/${app}/thing`;
  const define = (type: string, more: object = {}): Promise<ModelBody> =>
    defineModel(http, { app, name: 'Thing', fields: [{ name: 'value', type, ...more }] });
  const fill = (values: readonly unknown[]) =>
    createRecords(
      http,
      url(),
      values.map((value) => ({ value })),
    );
  const read = async (name = 'value'): Promise<unknown[]> =>
    (await http.get<PageBody>(`${url()}?sortBy=id:ASC`)).body.data.map((record) => record[name]);
  const fieldPath = (model: ModelBody) => `/api/meta/fields/${fieldOf(model, 'value').id}`;

  beforeAll(async () => {
    server = await startApp();
    http = server.http;
  });
  afterAll(() => server?.close());

  beforeEach(() => {
    count += 1;
    app = `shop${count}`;
  });

  it.each(RUNS)('keeps %s, and what is empty stays empty', async (_title, type, before, change, after, columnType) => {
    const model = await define(type);
    await fill([...before, null]);

    const answer = await http.patch(fieldPath(model), change);

    expect(answer).toMatchObject({ status: 200, body: { id: fieldOf(model, 'value').id, type: change.type } });
    expect(await read()).toEqual([...after, null]);
    expect(await column(server.database, `${app}_thing`, 'value')).toMatchObject({ type: columnType, nullable: true });
    expect(await http.post(url(), { value: after[0] })).toMatchObject({ status: 201, body: { value: after[0] } });
  });

  it.each(LOSSES)('asks before it loses something, and then does it: %s', async (_title, type, before, to, after) => {
    const model = await define(type);
    await fill([...before, null]);
    const written = await read();

    const refused = await http.patch(fieldPath(model), { type: to });
    const kept = await read();
    const answer = await patchConfirmed(http, fieldPath(model), { type: to });

    expect(refused).toMatchObject(problem(409, 'destructive_change', /value.*confirm/s));
    expect(kept).toEqual(written);
    expect(answer).toMatchObject({ status: 200, body: { type: to } });
    expect(await read()).toEqual([...after, null]);
  });

  it.each(IMPOSSIBLE)('refuses %s to %s with a hint, records or not', async (from, to) => {
    const model = await define(from);
    const before = await snapshot(server.database);

    const answer = await http.patch(fieldPath(model), { type: to });

    expect(answer).toMatchObject(problemAt(400, 'type_change_impossible', 'type', /value.*\b(new|another|second)\b/s));
    expect(await snapshot(server.database)).toEqual(before);
  });

  it('counts and shows what does not convert, and changes nothing', async () => {
    const model = await define('text');
    await fill(['1.50', 'cheap', '12,5', '', ' 1', '1.234', 'NaN', 'free', null]);
    const before = await tableRows(server.database, `${app}_thing`);

    const answer = await http.patch(fieldPath(model), { type: 'decimal' });

    expect(answer).toMatchObject(
      blockedBy('value', 'unconvertible_values', {
        count: 7,
        samples: [
          { id: 2, value: 'cheap' },
          { id: 3, value: '12,5' },
          { id: 4, value: '' },
          { id: 5, value: ' 1' },
          { id: 6, value: '1.234' },
        ],
        remedies: expect.arrayContaining(['default', 'nullify']),
      }),
    );
    expect(await tableRows(server.database, `${app}_thing`)).toEqual(before);
    expect(await http.get(`/api/meta/models/${app}.Thing`)).toMatchObject({ body: model });
  });

  it('changes types, names and rules of several fields in one save of the model', async () => {
    const { id, fields } = await defineModel(http, {
      app,
      name: 'Thing',
      fields: ['value', 'stock', 'label'].map((name) => ({ name, type: 'text' })),
    });
    await createRecords(http, url(), [
      { value: '49.90', stock: '3', label: 'S' },
      { value: '120', stock: '0', label: 'M' },
    ]);
    const [value, stock, label] = fields;
    const changed = [
      { ...value, name: 'price', type: 'decimal', required: true, unique: true },
      { ...stock, name: 'label', type: 'positive_integer', default: 0 },
      { ...label, name: 'stock', type: 'choice', choices: ['S', 'M'] },
    ];

    const answer = await http.patch(`/api/meta/models/${id}`, { fields: changed });

    expect(answer).toMatchObject({ status: 200, body: { fields: [{ id: value.id, name: 'price' }, {}, {}] } });
    expect((await http.get<PageBody>(`${url()}?sortBy=id:ASC`)).body.data).toEqual([
      { id: 1, price: '49.90', label: 3, stock: 'S' },
      { id: 2, price: '120.00', label: 0, stock: 'M' },
    ]);
    expect(await http.post(url(), { price: '49.9' })).toMatchObject(problem(409, 'unique_violation', /price/));
  });

  it('changes nothing at all when one of several fields does not convert', async () => {
    const { id, fields } = await defineModel(http, {
      app,
      name: 'Thing',
      fields: ['value', 'stock'].map((name) => ({ name, type: 'text' })),
    });
    await createRecords(http, url(), [{ value: '1', stock: 'many' }]);
    const before = await snapshot(server.database);

    const answer = await http.patch(`/api/meta/models/${id}`, {
      fields: fields.map((field) => ({ ...field, type: 'integer' })),
    });

    expect(answer).toMatchObject(blockedBy('stock', 'unconvertible_values', { count: 1 }));
    expect(await snapshot(server.database)).toEqual(before);
  });

  it('asks in a save of the model as in one of the field', async () => {
    const { id, fields } = await define('decimal');
    await fill(['1.50']);

    const answer = await patchConfirmed(http, `/api/meta/models/${id}`, {
      fields: [{ ...fields[0], type: 'integer' }],
    });

    expect(answer).toMatchObject({ status: 200 });
    expect(await read()).toEqual([2]);
  });
});
