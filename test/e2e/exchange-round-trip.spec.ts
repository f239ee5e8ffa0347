import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FIELD_TYPES } from '../../src/field-types/index.js';
import { createRecord, createRecords, defineModels } from '../fixtures/arrange.js';
import { CSV, importFile, NDJSON } from '../fixtures/exchange.js';
import { FIELD_TYPE_FIXTURES } from '../fixtures/field-types/index.js';
import type { Http, PageBody } from '../support/http.js';
import { startApp, type TestServer } from '../support/server.js';

/** One field for each way to set up each type, with the values that it takes; not those that the server fills in. */
const FIELDS = FIELD_TYPES.flatMap((type) =>
  (FIELD_TYPE_FIXTURES[type.name]?.variants ?? [])
    .filter(({ options }) => !('autoNow' in options || 'autoNowAdd' in options))
    .map(({ options, choices = [], valid }, position) => ({
      definition: {
        name: `${type.name}_${position}`,
        type: type.name,
        options,
        choices,
        ...(type.relation === undefined ? {} : { relatedModel: 'trip.Target' }),
      },
      values: valid.map(([given]) => given),
      // Behind the greatest number the database cannot count on.
      fallback: (record: number): number | undefined => (type.identity ? 1000 + record : undefined),
    })),
);

/** The first has the first value of each field, and so on; where there are no more, a field is empty. */
const RECORDS = Array.from({ length: Math.max(...FIELDS.map(({ values }) => values.length)) + 1 }, (_, position) =>
  Object.fromEntries(
    FIELDS.map(({ definition, values, fallback }) => [definition.name, values[position] ?? fallback(position)]),
  ),
);

const FORMATS = [
  ['csv', CSV],
  ['json', 'application/json'],
  ['ndjson', NDJSON],
] as const;

describe('records that are exported and imported again', () => {
  let server: TestServer;
  let http: Http;

  const everything = async () => (await http.get<PageBody>('/api/trip/sample?limit=1000')).body.data;

  beforeAll(async () => {
    server = await startApp();
    http = server.http;
    await defineModels(http, [
      { app: 'trip', name: 'Target', fields: [{ name: 'name', type: 'char' }] },
      { app: 'trip', name: 'Sample', fields: FIELDS.map(({ definition }) => definition) },
    ]);
    await createRecords(http, '/api/trip/target', [{}, {}, {}]);
    for (const record of RECORDS) await createRecord(http, '/api/trip/sample', record);
  });
  afterAll(() => server?.close());

  it('have fields of every type', () => {
    expect(new Set(FIELDS.map(({ definition }) => definition.type)).size).toBe(FIELD_TYPES.length);
    expect(RECORDS.length).toBeGreaterThan(5);
  });

  it.each(FORMATS)('are the same as before: %s', async (format, type) => {
    const before = await everything();
    const { text } = await http.get(`/api/trip/sample/export?format=${format}`);
    await http.delete('/api/trip/sample?filter.id=$gt:0');

    const answer = await importFile(http, '/api/trip/sample/import', text, type);

    expect(answer).toMatchObject({ status: 200, body: { created: before.length, failed: 0, errors: [] } });
    expect(await everything()).toEqual(before);
  });

  it.each(FORMATS)('change nothing where they still are: %s', async (format, type) => {
    const before = await everything();
    const { text } = await http.get(`/api/trip/sample/export?format=${format}`);

    const answer = await importFile(http, '/api/trip/sample/import?on=id', text, type);

    expect(answer).toMatchObject({ status: 200, body: { created: 0, updated: before.length, errors: [] } });
    expect(await everything()).toEqual(before);
  });
});
