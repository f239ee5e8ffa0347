import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FIELD_TYPES } from '../../src/field-types/index.js';
import { createRecord, defineModels } from '../fixtures/arrange.js';
import { declaredTypes, isOf } from '../fixtures/declared-types.js';
import { FIELD_TYPE_FIXTURES } from '../fixtures/field-types/index.js';
import { startApp, type TestServer } from '../support/server.js';

/** Each way to set up each type with a column of its own. */
const VARIANTS = FIELD_TYPES.filter(({ relation }) => relation === undefined).flatMap(({ name: type, djangoName }) =>
  (FIELD_TYPE_FIXTURES[type]?.variants ?? []).map(({ options, choices, valid }, position) => ({
    title: `${type} ${JSON.stringify(options)}${choices === undefined ? '' : ' with choices'}`,
    type,
    options,
    choices,
    name: `${djangoName}${position}`,
    values: valid.map(([given]) => given),
  })),
);

describe('what the declarations say about the values of', () => {
  let server: TestServer;
  let text: string;

  beforeAll(async () => {
    server = await startApp();
    await defineModels(
      server.http,
      VARIANTS.map(({ name, type, options, choices }) => ({
        app: 'kind',
        name,
        fields: [{ name: 'value', type, options, ...(choices === undefined ? {} : { choices }) }],
      })),
    );
    text = server.models.types();
  });
  afterAll(() => server?.close());

  it.each(VARIANTS)('$title holds in a repository and in the API', async ({ name, values }) => {
    const ofEntity = declaredTypes(text, `Kind${name}`);
    const ofRecord = declaredTypes(text, `Kind${name}Record`);
    const path = `/api/kind/${name}`;
    const records = await Promise.all(values.map((value) => createRecord(server.http, path, { value })));

    const entities = await server.models.repository(`kind.${name}`).find();

    const wrongIn = (types: typeof ofEntity, rows: readonly object[]) =>
      rows.flatMap((row) => Object.entries(row).filter(([key, value]) => !isOf(types.get(key), value)));
    expect(entities).toHaveLength(values.length);
    expect(wrongIn(ofEntity, entities)).toEqual([]);
    expect(wrongIn(ofRecord, records)).toEqual([]);
  });
});
