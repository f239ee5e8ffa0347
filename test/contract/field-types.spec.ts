import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { InvalidRecordError } from '../../src/errors/record.error.js';
import { FieldTypeRegistry } from '../../src/field-types/field-type.registry.js';
import { FIELD_TYPES } from '../../src/field-types/index.js';
import { compileSchema } from '../../src/field-types/json-schema.validator.js';
import { checkField } from '../../src/meta/check-field.js';
import { newField } from '../../src/meta/meta-rows.js';
import { columnDefault } from '../../src/pipeline/desired-state.js';
import { fieldOfType } from '../fixtures/field-types/definitions.js';
import { FIELD_TYPE_FIXTURES } from '../fixtures/field-types/index.js';
import { createSample, parseValue, printedType, showExpression, storeValue } from '../fixtures/field-types/storage.js';
import { createDatabase, type TestDatabase } from '../support/database.js';

/** A value in a title: short, and in one line. */
const shown = (value: unknown): string => JSON.stringify(value).slice(0, 50);

const fixtureOf = (name: string) => FIELD_TYPE_FIXTURES[name] ?? { variants: [], badOptions: [] };

const BAD_OPTIONS = FIELD_TYPES.flatMap((type) =>
  fixtureOf(type.name).badOptions.map(([options, path, message]) => ({
    title: `${type.name} refuses ${shown(options)}`,
    type,
    options,
    path,
    message,
  })),
);

const VARIANTS = FIELD_TYPES.flatMap((type) =>
  fixtureOf(type.name).variants.map(({ options, sqlType, valid, invalid }) => ({
    title: `${type.name} ${shown(options)}`,
    type,
    field: fieldOfType(type, options),
    sqlType,
    valid: valid.map(([given, read]) => ({ given, read, title: shown(given) })),
    invalid: invalid.map(([given, code]) => ({ given, code, title: shown(given) })),
  })),
);

/** JSON Schema as OpenAPI documents have it: formats that a validator does not know are only words. */
const documentSchemas = new Ajv({ strict: false, logger: false });
addFormats.default(documentSchemas);

describe('every field type', () => {
  it.each(FIELD_TYPES)('$name has a fixture', ({ name }) => {
    expect(Object.keys(FIELD_TYPE_FIXTURES)).toContain(name);
    expect(fixtureOf(name).variants.length).toBeGreaterThan(0);
    expect(fixtureOf(name).badOptions.length).toBeGreaterThan(0);
  });

  it.each(FIELD_TYPES)('$name says what it is', ({ name, label, description, djangoName }) => {
    expect(name).toMatch(/^[a-z]+(_[a-z]+)*$/);
    expect([label, description]).toEqual([expect.stringMatching(/^[A-Z]/), expect.stringMatching(/^[A-Z].+\.$/)]);
    expect(djangoName).toMatch(/^[A-Z][A-Za-z]+$/);
  });

  it('has a name and a Django name of its own', () => {
    const names = FIELD_TYPES.flatMap(({ name, djangoName }) => [name, djangoName]);

    expect(new Set(names).size).toBe(names.length);
  });

  it.each(BAD_OPTIONS)('$title', ({ type, options, path, message }) => {
    const row = newField({ name: 'value', type: type.name, options: { ...options } });

    const problems = checkField(row, new FieldTypeRegistry(), '');

    expect(problems).toEqual([{ path, code: 'invalid_options', message: expect.stringMatching(message) }]);
  });
});

describe.each(VARIANTS)('$title', ({ type, field, sqlType, valid, invalid }) => {
  const acceptsInput = compileSchema(type.jsonSchema(field));
  const acceptsOutput = documentSchemas.compile(type.outputSchema?.(field) ?? type.jsonSchema(field));
  const ofColumn = sqlType === null ? it.skip : it;
  const ofDefault = type.allowsDefault === false ? it.skip : it;
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createDatabase();
    // Whatever a session is set to, values stay what they are.
    await database.query(`SET timezone TO 'Asia/Kolkata'`);
    await database.query(`SET datestyle TO 'SQL, DMY'`);
    await createSample(database, field);
  });
  afterAll(() => database?.drop());

  it(`has a column of type ${sqlType}`, async () => {
    expect(type.sqlType(field)).toBe(sqlType);
    expect(await printedType(database, field)).toBe(sqlType);
  });

  it('says in words what it accepts', () => {
    expect(type.expects(field)).toMatch(/^[a-z].*[^.]$/);
  });

  it.each(valid)('accepts, stores and reads $title', async ({ given, read }) => {
    expect(acceptsInput(given)).toEqual([]);
    expect(await storeValue(database, field, given)).toEqual(read);
  });

  it.each(valid)('describes what it reads for $title', ({ read }) => {
    acceptsOutput(read);

    expect(acceptsOutput.errors).toBeNull();
  });

  it.each(invalid)('refuses $title as $code', ({ given, code }) => {
    const refusal = expect.objectContaining({
      path: expect.stringMatching(/^value/),
      code,
      message: expect.stringMatching(/^"value" .+\.$/),
    });

    expect(() => parseValue(field, given)).toThrow(InvalidRecordError);
    expect(() => parseValue(field, given)).toThrow(
      expect.objectContaining({ code: 'validation_failed', errors: expect.arrayContaining([refusal]) }),
    );
  });

  ofColumn.each(valid)('understands $title in a query string', ({ given }) => {
    const written = String(given);

    const value = type.fromText?.(written) ?? written;

    expect(acceptsInput(value)).toEqual([]);
    expect(type.parse(value, field)).toEqual(type.parse(given, field));
  });

  ofDefault.each(valid)('writes $title as a default of the column', async ({ given, read }) => {
    const expression = columnDefault(type, { ...field, default: given });

    expect(await showExpression(database, field, String(expression))).toEqual(read);
  });
});
