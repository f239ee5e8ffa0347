import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createRecords, defineModels, fieldOf } from '../fixtures/arrange.js';
import { createCanary, expectUnharmed } from '../fixtures/canary.js';
import { snapshot } from '../fixtures/catalogue.js';
import { problem, problemAt } from '../fixtures/problem.js';
import type { Http, ModelBody } from '../support/http.js';
import { startApp, type TestServer } from '../support/server.js';

const nameField = { name: 'name', type: 'char' };
const SQL = 'DROP TABLE canary;--';

describe('a wrong definition is refused and nothing is written', () => {
  let server: TestServer;
  let http: Http;
  let parent: ModelBody;
  let before: unknown;

  beforeAll(async () => {
    server = await startApp();
    http = server.http;
    await createCanary(server.database);
    [parent] = await defineModels(http, [
      { app: 'music', name: 'Parent', fields: [nameField] },
      { app: 'music', name: 'Child', fields: [{ name: 'parent', type: 'foreign_key', relatedModel: 'music.Parent' }] },
      { app: 'music', name: 'List', fields: [{ name: 'parents', type: 'many_to_many', relatedModel: 'music.Parent' }] },
    ]);
    await createRecords(http, '/api/music/parent', [{ name: 'twice' }, { name: 'twice' }]);
  });
  beforeEach(async () => {
    before = await snapshot(server.database);
  });
  afterAll(async () => {
    await expectUnharmed(server.database);
    await server.close();
  });

  it.each([
    ['unknown', 'magic'],
    ['with SQL in it', `int; ${SQL}`],
    ['of PostgreSQL', 'varchar'],
    ['named like a method', 'toString'],
    ['named like the constructor', 'constructor'],
    ['empty', ''],
  ])('type %s', async (_title, type) => {
    const answer = await http.post('/api/meta/models', { app: 'music', name: 'Fresh', fields: [{ name: 'x', type }] });

    expect(answer).toMatchObject(problemAt(400, 'unknown_type', 'fields.0.type', /type/));
    expect(await snapshot(server.database)).toEqual(before);
  });

  it.each([
    ['SQL for an integer', 'integer', `0; ${SQL}`],
    ['a text for an integer', 'integer', 'seven'],
    ['a fraction for an integer', 'integer', 1.5],
    ['an integer out of range', 'integer', 2147483648],
    ['an expression object', 'char', { isRaw: true, value: 'now()' }],
    ['an array', 'char', ['a']],
    ['NUL in a text', 'char', 'a\u0000b'],
    ['a text longer than its field', 'char', 'x'.repeat(256)],
    ['a function for a date', 'date', 'now()'],
    ['infinity for a date', 'date', 'infinity'],
    ['a day that does not exist', 'date', '2026-02-30'],
    ['NaN for a decimal', 'decimal', 'NaN'],
    ['a text for a boolean', 'boolean', 'yes'],
    ['a number beyond big_integer', 'big_integer', '9223372036854775808'],
    ['something that is no address', 'email', 'nobody'],
  ])('default: %s', async (_title, type, value) => {
    const fields = [{ name: 'x', type, default: value }];

    const answer = await http.post('/api/meta/models', { app: 'music', name: 'Fresh', fields });

    expect(answer).toMatchObject(problemAt(400, 'invalid_default', /^fields\.0\.default/, /x|default/));
    expect(await snapshot(server.database)).toEqual(before);
  });

  it.each([
    ['maxLength with SQL', 'char', { maxLength: `50) ; ${SQL}` }],
    ['a negative maxLength', 'char', { maxLength: -1 }],
    ['a maxLength of nought', 'char', { maxLength: 0 }],
    ['a giant maxLength', 'char', { maxLength: 1e9 }],
    ['a fractional maxLength', 'char', { maxLength: 1.5 }],
    ['maxLength as a text', 'char', { maxLength: '50' }],
    ['a negative precision', 'decimal', { precision: -1, scale: 0 }],
    ['a giant precision', 'decimal', { precision: 5000, scale: 2 }],
    ['a scale above the precision', 'decimal', { precision: 2, scale: 3 }],
    ['an unknown rule', 'foreign_key', { onDelete: `CASCADE; ${SQL}` }],
    ['an unknown option', 'char', { colour: 'red' }],
    ['an option of another type', 'integer', { maxLength: 5 }],
    ['an option of the prototype', 'char', { constructor: 5 }],
  ])('options: %s', async (_title, type, options) => {
    const fields = [{ name: 'x', type, options, relatedModel: { foreign_key: 'music.Parent' }[String(type)] }];

    const answer = await http.post('/api/meta/models', { app: 'music', name: 'Fresh', fields });

    expect(answer).toMatchObject(problemAt(400, 'invalid_options', /^fields\.0\.options/, /\S/));
    expect(await snapshot(server.database)).toEqual(before);
  });

  it.each([
    ['of the wrong type', 'integer', ['a', 'b']],
    ['twice the same', 'char', ['a', 'a']],
    ['objects without a value', 'char', [{ label: 'a' }]],
    ['nested lists', 'char', [[['a']]]],
  ])('choices: %s', async (_title, type, choices) => {
    const fields = [{ name: 'x', type, choices }];

    const answer = await http.post('/api/meta/models', { app: 'music', name: 'Fresh', fields });

    expect(answer).toMatchObject(problemAt(400, 'invalid_choices', /^fields\.0\.choices/, /\S/));
    expect(await snapshot(server.database)).toEqual(before);
  });

  it.each([
    ['that does not exist', 'music.Nobody'],
    ['of another app', 'shop.Parent'],
    ['without an app', 'Nobody'],
    ['of the prototype', 'constructor.prototype'],
    ['that is a table of Dynamo', 'dynamo.meta_model'],
    ['with SQL in it', `music.Parent"; ${SQL}`],
    ['that is missing', undefined],
    ['that is null', null],
  ])('a relation to a model %s', async (_title, relatedModel) => {
    const fields = [nameField, { name: 'x', type: 'foreign_key', relatedModel }];

    const answer = await http.post('/api/meta/models', { app: 'music', name: 'Fresh', fields });

    expect(answer).toMatchObject(problemAt(400, 'unknown_related_model', 'fields.1.relatedModel', /model/i));
    expect(await snapshot(server.database)).toEqual(before);
  });

  it('two fields with one order', async () => {
    const fields = [
      { name: 'first', type: 'char', order: 1 },
      { name: 'second', type: 'char', order: 1 },
    ];

    const answer = await http.post('/api/meta/models', { app: 'music', name: 'Fresh', fields });

    expect(answer).toMatchObject(problemAt(400, 'duplicate_order', 'fields.1.order', /1/));
    expect(await snapshot(server.database)).toEqual(before);
  });

  it('deleting a model that others refer to, naming who', async () => {
    const answer = await http.delete('/api/meta/models/music.Parent');

    expect(answer).toMatchObject(problem(409, 'model_in_use', /Child/));
    expect(answer).toMatchObject(problem(409, 'model_in_use', /List/));
    expect(await snapshot(server.database)).toEqual(before);
    expect(await http.get('/api/music/parent')).toMatchObject({ body: { meta: { totalItems: 2 } } });
  });

  it('a required field without default on a table with rows', async () => {
    const field = { name: 'rating', type: 'integer', required: true };

    const answer = await http.post(`/api/meta/models/${parent.id}/fields`, field);

    expect(answer).toMatchObject(problemAt(409, 'rows_without_value', /\S/, /rating/));
    expect(await snapshot(server.database)).toEqual(before);
  });

  it('unique over duplicates', async () => {
    const answer = await http.patch(`/api/meta/fields/${fieldOf(parent, 'name').id}`, { unique: true });

    expect(answer).toMatchObject(problemAt(409, 'duplicate_values', /\S/, /name/));
    expect(await snapshot(server.database)).toEqual(before);
  });

  it('several mistakes at once, each with its path', async () => {
    const fields = [nameField, { name: 'no good', type: 'magic' }];

    const answer = await http.post('/api/meta/models', { app: 'docs', name: 'Fresh', fields });

    expect(answer).toMatchObject(problemAt(400, 'reserved_name', 'app', /docs/));
    expect(answer).toMatchObject({
      body: {
        errors: expect.arrayContaining([
          expect.objectContaining({ path: 'fields.1.name', code: 'invalid_name' }),
          expect.objectContaining({ path: 'fields.1.type', code: 'unknown_type' }),
        ]),
      },
    });
    expect(await snapshot(server.database)).toEqual(before);
  });

  it('one model of many: none is created', async () => {
    const answer = await http.post('/api/meta/models', [
      { app: 'music', name: 'Fine', fields: [nameField] },
      { app: 'music', name: 'Wrong', fields: [{ name: 'x', type: 'magic' }] },
    ]);

    expect(answer).toMatchObject(problemAt(400, 'unknown_type', '1.fields.0.type', /magic/));
    expect(await snapshot(server.database)).toEqual(before);
    expect(await http.get('/api/music/fine')).toMatchObject({ status: 404 });
  });
});
