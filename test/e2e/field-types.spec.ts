import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createRecord, defineModel, defineModels } from '../fixtures/arrange.js';
import { FIELD_SAMPLES, WRITTEN_VALUES } from '../fixtures/field-values.js';
import { refusedAt } from '../fixtures/problem.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import type { Http, RecordBody } from '../support/http.js';
import { startApp, type TestServer } from '../support/server.js';

describe('field types', () => {
  let database: TestDatabase;
  let server: TestServer;
  let http: Http;

  beforeAll(async () => {
    database = await createDatabase();
    // A server far from UTC: dates and instants must not move.
    await database.query(`ALTER DATABASE "${database.name}" SET timezone TO 'Asia/Kolkata'`);
    server = await startApp({ database });
    http = server.http;
    await defineModels(
      http,
      FIELD_SAMPLES.map(({ type, options }) => ({
        app: 'sample',
        name: type,
        fields: [
          { name: 'value', type, options },
          { name: 'label', type: 'char' },
        ],
      })),
    );
  });
  afterAll(async () => {
    await server?.close();
    await database?.drop();
  });

  it.each(WRITTEN_VALUES)('$type writes $shown and reads it back exactly', async ({ type, written, read }) => {
    const answer = await http.post<RecordBody>(`/api/sample/${type}`, { value: written });

    const found = await http.get(`/api/sample/${type}/${answer.body.id}`);
    expect(answer).toMatchObject({ status: 201, body: { value: read } });
    expect(found.body).toEqual({ id: answer.body.id, value: read, label: null });
  });

  it.each(WRITTEN_VALUES)('$type finds the record by $shown', async ({ type, written, read }) => {
    const record = await createRecord(http, `/api/sample/${type}`, { value: written, label: 'to be found' });

    const page = await http.get(
      `/api/sample/${type}?filter.value=${encodeURIComponent(String(written))}&filter.label=to%20be%20found`,
    );

    expect(page).toMatchObject({ status: 200, body: { data: [{ id: record.id, value: read }] } });
  });

  it.each(FIELD_SAMPLES)('$type is null when an optional value is not given or null', async ({ type }) => {
    const absent = await createRecord(http, `/api/sample/${type}`, {});
    const empty = await createRecord(http, `/api/sample/${type}`, { value: null });

    expect(absent.value).toBeNull();
    expect(empty.value).toBeNull();
  });

  it.each(FIELD_SAMPLES)('$type refuses null and absence when required', async ({ type, options }) => {
    await defineModel(http, { app: 'needed', name: type, fields: [{ name: 'value', type, options, required: true }] });

    const absent = await http.post(`/api/needed/${type}`, {});
    const empty = await http.post(`/api/needed/${type}`, { value: null });

    expect(absent).toMatchObject(refusedAt('value', 'required'));
    expect(empty).toMatchObject(refusedAt('value', 'required'));
    expect(await http.get(`/api/needed/${type}`)).toMatchObject({ body: { data: [] } });
  });

  it.each(['char', 'text', 'email'])('%s refuses the empty text when required', async (type) => {
    await defineModel(http, { app: 'blank', name: type, fields: [{ name: 'value', type, required: true }] });

    const answer = await http.post(`/api/blank/${type}`, { value: '' });

    expect(answer).toMatchObject(refusedAt('value', 'required'));
  });

  it.each([
    ['integer', 0],
    ['boolean', false],
    ['float', 0],
  ])('%s accepts %s when required', async (type, value) => {
    await defineModel(http, { app: 'nought', name: type, fields: [{ name: 'value', type, required: true }] });

    const answer = await http.post(`/api/nought/${type}`, { value });

    expect(answer).toMatchObject({ status: 201, body: { value } });
  });

  it.each(FIELD_SAMPLES)('$type gives its default to rows that exist and to new ones', async (sample) => {
    const { type, options } = sample;
    const path = `/api/filled/${type}`;
    await defineModel(http, { app: 'filled', name: type, fields: [{ name: 'label', type: 'char' }] });
    await createRecord(http, path, { label: 'old' });

    const added = await http.post(`/api/meta/models/filled.${type}/fields`, {
      name: 'value',
      type,
      options,
      required: true,
      default: sample.default,
    });
    await createRecord(http, path, { label: 'new' });

    expect(added).toMatchObject({
      status: 201,
      body: { name: 'value', type, required: true, default: sample.default },
    });
    expect(await http.get(`${path}?sortBy=id:ASC`)).toMatchObject({
      body: {
        data: [
          { label: 'old', value: sample.defaultRead },
          { label: 'new', value: sample.defaultRead },
        ],
      },
    });
  });

  it.each(FIELD_SAMPLES)('$djangoName is accepted for $type', async ({ type, djangoName, options }) => {
    const answer = await http.post('/api/meta/models', {
      app: 'django',
      name: djangoName,
      fields: [{ name: 'value', type: djangoName, options }],
    });

    expect(answer).toMatchObject({ status: 201, body: { fields: [{ name: 'value', type }] } });
  });

  it('ForeignKey and ManyToManyField are accepted for relations', async () => {
    await defineModel(http, { app: 'django', name: 'Parent', fields: [{ name: 'name', type: 'CharField' }] });

    const answer = await http.post('/api/meta/models', {
      app: 'django',
      name: 'Child',
      fields: [
        { name: 'parent', type: 'ForeignKey', relatedModel: 'django.Parent' },
        { name: 'friends', type: 'ManyToManyField', relatedModel: 'django.Parent' },
      ],
    });

    expect(answer).toMatchObject({
      status: 201,
      body: { fields: [{ type: 'foreign_key' }, { type: 'many_to_many' }] },
    });
  });

  it('are listed with their Django names and options', async () => {
    const relations = [
      { type: 'foreign_key', djangoName: 'ForeignKey' },
      { type: 'many_to_many', djangoName: 'ManyToManyField' },
    ];

    const answer = await http.get('/api/meta/field-types');

    const expected = [...FIELD_SAMPLES, ...relations].map(({ type, djangoName }) =>
      expect.objectContaining({
        name: type,
        djangoName,
        label: expect.stringMatching(/\S/),
        description: expect.stringMatching(/\S/),
        optionsSchema: expect.any(Object),
      }),
    );
    expect(answer).toMatchObject({ status: 200, body: expect.arrayContaining(expected) });
  });

  it('keep a decimal that is written as a JSON number with the digits of its scale', async () => {
    await defineModel(http, {
      app: 'money',
      name: 'Price',
      fields: [{ name: 'amount', type: 'decimal', options: { precision: 10, scale: 2 } }],
    });

    const answers = [
      await http.post('/api/money/price', { amount: 2328.6 }),
      await http.post('/api/money/price', { amount: '0.1' }),
      await http.post('/api/money/price', { amount: -3 }),
    ];

    expect(answers.map(({ body }) => body)).toMatchObject([
      { amount: '2328.60' },
      { amount: '0.10' },
      { amount: '-3.00' },
    ]);
  });

  it('offer only their choices', async () => {
    await defineModel(http, {
      app: 'chosen',
      name: 'Shirt',
      fields: [
        { name: 'size', type: 'char', choices: ['S', 'M', `a'); DROP TABLE canary;--`] },
        {
          name: 'stars',
          type: 'integer',
          choices: [
            { value: 1, label: 'Bad' },
            { value: 5, label: 'Good' },
          ],
        },
      ],
    });

    const accepted = await http.post('/api/chosen/shirt', { size: `a'); DROP TABLE canary;--`, stars: 5 });
    const refused = await http.post('/api/chosen/shirt', { size: 'XL', stars: 3 });

    expect(accepted).toMatchObject({ status: 201, body: { size: `a'); DROP TABLE canary;--`, stars: 5 } });
    expect(refused).toMatchObject(refusedAt('size', 'not_a_choice'));
    expect(refused).toMatchObject(refusedAt('stars', 'not_a_choice'));
  });
});
