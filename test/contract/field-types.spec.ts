import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { literal } from '../../src/definition/sql.js';
import { FieldTypeRegistry } from '../../src/field-types/field-type.registry.js';
import { FIELD_TYPES } from '../../src/field-types/index.js';
import { compileSchema } from '../../src/field-types/json-schema.validator.js';
import { checkField } from '../../src/meta/check-field.js';
import { newField } from '../../src/meta/meta-rows.js';
import { columnDefault } from '../../src/pipeline/desired-state.js';
import { fieldOfType } from '../fixtures/field-types/definitions.js';
import { FIELD_TYPE_FIXTURES } from '../fixtures/field-types/index.js';
import { createSample, printedType, refusalsOf, showExpression, storeValue } from '../fixtures/field-types/storage.js';
import { createDatabase, type TestDatabase } from '../support/database.js';

/** A value in a title: short, and in one line. */
const shown = (value: unknown): string => JSON.stringify(value).slice(0, 50);

/** A value as a person writes it into a query string. */
const queryText = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));

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
  fixtureOf(type.name).variants.map(({ options, choices, sqlType, valid, invalid }) => ({
    title: `${type.name} ${shown(options)}`,
    type,
    field: fieldOfType(type, options, choices),
    sqlType,
    valid: valid.map(([given, read]) => ({ given, read, value: shown(given) })),
    invalid: invalid.map(([given, code]) => ({ given, code, value: shown(given) })),
  })),
);

const REFUSED = VARIANTS.flatMap(({ invalid, ...variant }) => invalid.map((refused) => ({ ...variant, ...refused })));
const STORED = VARIANTS.flatMap(({ valid, ...variant }) => valid.map((stored) => ({ ...variant, ...stored })));
const IN_COLUMNS = STORED.filter(({ sqlType }) => sqlType !== null);
const CHECKED = STORED.filter(({ type, field }) => type.check?.(field) !== undefined);
const DEFAULTS = STORED.filter(({ type }) => type.allowsDefault !== false);

/** JSON Schema as OpenAPI documents have it: formats that a validator does not know are only words. */
const documentSchemas = new Ajv({ strict: false, logger: false });
addFormats.default(documentSchemas);

const FUNCTIONS = FIELD_TYPES.flatMap((type) =>
  Object.entries(type.defaultFunctions ?? {}).map(([word, computed]) => ({
    title: `${type.name} ${word}`,
    type,
    field: { ...fieldOfType(type), default: word },
    computed,
  })),
);

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

describe('values', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createDatabase();
    // Whatever a session is set to, values stay what they are.
    await database.query(`SET timezone TO 'Asia/Kolkata'`);
    await database.query(`SET datestyle TO 'SQL, DMY'`);
  });
  afterAll(() => database?.drop());

  describe.each(VARIANTS)('of $title', ({ type, field, sqlType, valid }) => {
    const violations = compileSchema(type.jsonSchema(field));
    const isDescribed = documentSchemas.compile(type.outputSchema?.(field) ?? type.jsonSchema(field));

    beforeAll(() => createSample(database, field));

    it(`have a column of type ${sqlType}`, async () => {
      expect(type.sqlType(field)).toBe(sqlType);
      expect(await printedType(database, field)).toBe(sqlType);
    });

    it('are described in words', () => {
      expect(type.expects(field)).toMatch(/^[a-z].*[^.]$/);
    });

    it.each(valid)('are accepted, stored and read: $value', async ({ given, read }) => {
      expect(violations(given)).toEqual([]);
      expect(await storeValue(database, field, given)).toEqual(read);
      expect(isDescribed(read)).toBe(true);
    });
  });

  it.each(REFUSED)('of $title are refused as $code: $value', ({ field, given, code }) => {
    const refusal = expect.objectContaining({
      path: expect.stringMatching(/^value/),
      code,
      message: expect.stringMatching(/^"value" .+\.$/),
    });

    expect(refusalsOf(field, given)).toEqual(expect.arrayContaining([refusal]));
  });

  it.each(IN_COLUMNS)('of $title are understood in a query string: $value', ({ type, field, read }) => {
    const value = type.fromText?.(queryText(read), field) ?? queryText(read);

    expect(compileSchema(type.jsonSchema(field))(value)).toEqual([]);
    expect(type.parse(value, field)).toEqual(type.parse(read, field));
  });

  it.each(CHECKED)('of $title pass the check of the column: $value', async ({ type, field, given }) => {
    const value = `${literal(type.parse(given, field))}::${type.sqlType(field)}`;

    const [{ passes }] = await database.query<{ passes: boolean }>(
      `SELECT ${type.check?.(field)?.join(value)} AS passes`,
    );

    expect(passes).toBe(true);
  });

  it.each(DEFAULTS)('of $title are written as default of the column: $value', async ({ type, field, given, read }) => {
    const expression = columnDefault(type, { ...field, default: given });

    expect(await showExpression(database, field, String(expression))).toEqual(read);
  });

  it.each(FUNCTIONS)('that are computed are values of their type: $title', async ({ type, field, computed }) => {
    const written = await showExpression(database, field, String(columnDefault(type, field)));

    expect(columnDefault(type, field)).toBe(computed.sql);
    expect(compileSchema(type.jsonSchema(field))(computed.value())).toEqual([]);
    expect(type.parse(computed.value(), field)).toEqual(expect.any(String));
    expect(compileSchema(type.jsonSchema(field))(written)).toEqual([]);
  });
});
