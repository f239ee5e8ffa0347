import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createRecord, defineModels } from '../fixtures/arrange.js';
import { createCanary, expectUnharmed } from '../fixtures/canary.js';
import { tableRows } from '../fixtures/catalogue.js';
import { problem, problemAt, refusedAt } from '../fixtures/problem.js';
import type { Http } from '../support/http.js';
import { startApp, type TestServer } from '../support/server.js';

const SAMPLE = {
  app: 'wrong',
  name: 'Sample',
  fields: [
    { name: 'name', type: 'char', required: true, unique: true, options: { maxLength: 20 } },
    { name: 'body', type: 'text' },
    { name: 'small', type: 'integer' },
    { name: 'big', type: 'big_integer' },
    { name: 'ratio', type: 'float' },
    { name: 'price', type: 'decimal', options: { precision: 10, scale: 2 } },
    { name: 'open', type: 'boolean' },
    { name: 'day', type: 'date' },
    { name: 'moment', type: 'date_time' },
    { name: 'mail', type: 'email' },
    { name: 'size', type: 'char', choices: ['S', 'M'] },
    { name: 'parent', type: 'foreign_key', relatedModel: 'wrong.Parent' },
    { name: 'friends', type: 'many_to_many', relatedModel: 'wrong.Parent' },
  ],
};

/** Title, field, value, code. */
const VALUES: readonly (readonly [string, string, unknown, string])[] = [
  ['an object for a text', 'name', { evil: 1 }, 'invalid_type'],
  ['an array for a text', 'name', ['a'], 'invalid_type'],
  ['a number for a text', 'name', 1, 'invalid_type'],
  ['a boolean for a text', 'body', true, 'invalid_type'],
  ['a text that is too long', 'name', 'x'.repeat(21), 'too_long'],
  ['NUL in char', 'name', 'a\u0000b', 'invalid_text'],
  ['NUL in text', 'body', 'a\u0000b', 'invalid_text'],
  ['a lone surrogate in text', 'body', 'a\ud800b', 'invalid_text'],
  ['an integer above its range', 'small', 2147483648, 'out_of_range'],
  ['an integer below its range', 'small', -2147483649, 'out_of_range'],
  ['a huge integer', 'small', 1e30, 'out_of_range'],
  ['a fraction for an integer', 'small', 1.5, 'invalid_type'],
  ['a text for an integer', 'small', '1e3', 'invalid_type'],
  ['a boolean for an integer', 'small', true, 'invalid_type'],
  ['the empty text for an integer', 'small', '', 'invalid_type'],
  ['a big integer above its range', 'big', '9223372036854775808', 'out_of_range'],
  ['a big integer below its range', 'big', '-9223372036854775809', 'out_of_range'],
  ['letters for a big integer', 'big', 'many', 'invalid_format'],
  ['a fraction for a big integer', 'big', '1.5', 'invalid_format'],
  ['a text for a float', 'ratio', '1.5', 'invalid_type'],
  ['letters for a decimal', 'price', 'much', 'invalid_format'],
  ['NaN for a decimal', 'price', 'NaN', 'invalid_format'],
  ['infinity for a decimal', 'price', 'Infinity', 'invalid_format'],
  ['too many digits before the point', 'price', '123456789.00', 'out_of_range'],
  ['too many digits after the point', 'price', '1.234', 'out_of_range'],
  ['a text for a boolean', 'open', 'true', 'invalid_type'],
  ['a number for a boolean', 'open', 1, 'invalid_type'],
  ['a day that does not exist', 'day', '2026-02-30', 'invalid_format'],
  ['a year of five digits', 'day', '10000-01-01', 'invalid_format'],
  ['infinity for a date', 'day', 'infinity', 'invalid_format'],
  ['a word for a date', 'day', 'today', 'invalid_format'],
  ['an instant for a date', 'day', '2026-01-01T00:00:00Z', 'invalid_format'],
  ['a number for a date', 'day', 20260101, 'invalid_type'],
  ['an instant without an offset', 'moment', '2026-01-01T00:00:00', 'invalid_format'],
  ['a day for an instant', 'moment', '2026-01-01', 'invalid_format'],
  ['a month that does not exist', 'moment', '2026-13-01T00:00:00Z', 'invalid_format'],
  ['an hour that does not exist', 'moment', '2026-01-01T25:00:00Z', 'invalid_format'],
  ['infinity for an instant', 'moment', 'infinity', 'invalid_format'],
  ['something that is no address', 'mail', 'nobody', 'invalid_format'],
  ['an address with a line break', 'mail', 'a@example.org\nBcc: b@example.org', 'invalid_format'],
  ['a value that is not offered', 'size', 'XL', 'not_a_choice'],
  ['a text for a foreign key', 'parent', 'first', 'invalid_type'],
  ['a fraction for a foreign key', 'parent', 1.5, 'invalid_type'],
  ['an object for a foreign key', 'parent', { id: 1 }, 'invalid_type'],
  ['a number for many to many', 'friends', 1, 'invalid_type'],
  ['a field that the model does not have', 'colour', 'red', 'unknown_field'],
  ['a field by the name of its column', 'parent_id', 1, 'unknown_field'],
  ['a time stamp that nobody defined', 'created_at', '2026-01-01T00:00:00Z', 'unknown_field'],
  ['a constructor', 'constructor', 5, 'unknown_field'],
  ['an array as id', 'id', [1], 'invalid_type'],
  ['a text as id', 'id', 'one', 'invalid_type'],
  ['null for a required field', 'name', null, 'required'],
  ['the empty text for a required field', 'name', '', 'required'],
];

describe('a wrong record is refused and nothing is written', () => {
  let server: TestServer;
  let http: Http;
  let before: unknown;

  beforeAll(async () => {
    server = await startApp();
    http = server.http;
    await createCanary(server.database);
    await defineModels(http, [{ app: 'wrong', name: 'Parent', fields: [{ name: 'name', type: 'char' }] }, SAMPLE]);
    await createRecord(http, '/api/wrong/parent', { name: 'parent' });
    await createRecord(http, '/api/wrong/sample', { name: 'first', small: 1, parent: 1, friends: [1] });
  });
  beforeEach(async () => {
    before = await tableRows(server.database, 'wrong_sample');
  });
  afterAll(async () => {
    await expectUnharmed(server.database);
    await server.close();
  });

  it.each(VALUES)('in POST: %s', async (_title, field, value, code) => {
    const answer = await http.post('/api/wrong/sample', { name: 'fresh', [field]: value });

    expect(answer).toMatchObject(refusedAt(new RegExp(`^${field}(\\.|$)`), code));
    expect(await tableRows(server.database, 'wrong_sample')).toEqual(before);
  });

  it.each(VALUES)('in PATCH: %s', async (_title, field, value) => {
    const answer = await http.patch('/api/wrong/sample/1', { [field]: value });

    expect(answer).toMatchObject(problem(422, 'validation_failed', /\S/));
    expect(await tableRows(server.database, 'wrong_sample')).toEqual(before);
  });

  it.each(VALUES)('in PUT: %s', async (_title, field, value) => {
    const answer = await http.put('/api/wrong/sample/1', { name: 'first', [field]: value });

    expect(answer).toMatchObject(problem(422, 'validation_failed', /\S/));
    expect(await tableRows(server.database, 'wrong_sample')).toEqual(before);
  });

  it.each(VALUES)('in the second of many: %s', async (_title, field, value, code) => {
    const answer = await http.post('/api/wrong/sample', [{ name: 'fine' }, { name: 'fresh', [field]: value }]);

    expect(answer).toMatchObject(refusedAt(new RegExp(`^1\\.${field}(\\.|$)`), code));
    expect(await tableRows(server.database, 'wrong_sample')).toEqual(before);
  });

  it.each([
    ['one relation', { parent: 999 }, /^parent/],
    ['a related id beyond every id', { parent: 9007199254740991 }, /^parent/],
    ['one of many relations', { friends: [1, 999] }, /^friends/],
  ])('related record that does not exist: %s', async (_title, body, path) => {
    const created = await http.post('/api/wrong/sample', { name: 'fresh', ...body });
    const changed = await http.patch('/api/wrong/sample/1', body);

    expect(created).toMatchObject(problemAt(422, 'related_record_not_found', path, /parent|friends/));
    expect(changed).toMatchObject(problemAt(422, 'related_record_not_found', path, /parent|friends/));
    expect(await tableRows(server.database, 'wrong_sample')).toEqual(before);
  });

  it('a value that another record has', async () => {
    const answer = await http.post('/api/wrong/sample', { name: 'first' });

    expect(answer).toMatchObject(problemAt(409, 'unique_violation', 'name', /name/));
    expect(await tableRows(server.database, 'wrong_sample')).toEqual(before);
  });

  it('the id of a record that exists: it is not overwritten', async () => {
    const answer = await http.post('/api/wrong/sample', { id: 1, name: 'thief' });

    expect(answer).toMatchObject(problemAt(409, 'unique_violation', 'id', /id/));
    expect(await tableRows(server.database, 'wrong_sample')).toEqual(before);
  });

  it.each([
    ['half an object', '{"name":'],
    ['NaN', '{"name":"fresh","small":NaN}'],
    ['infinity', '{"name":"fresh","ratio":Infinity}'],
    ['plain text', 'hello'],
  ])('malformed JSON: %s', async (_title, text) => {
    const answer = await http.send('POST', '/api/wrong/sample', text);

    expect(answer).toMatchObject(problem(400, 'malformed_json', /JSON/));
    expect(await tableRows(server.database, 'wrong_sample')).toEqual(before);
  });

  it.each([
    ['a number that JSON cannot hold', '{"name":"fresh","ratio":1e999}'],
    ['a big integer whose digits JSON would lose', '{"name":"fresh","big":9007199254740993}'],
    ['the prototype', '{"name":"fresh","__proto__":{"polluted":true}}'],
    ['the prototype in a list', '[{"name":"fresh","__proto__":{"polluted":true}}]'],
    ['null', 'null'],
    ['a text', '"text"'],
    ['null in a list', '[null]'],
    ['a list in a list', '[[]]'],
    ['nothing', ''],
    ['a deep nest', `${'['.repeat(20_000)}${']'.repeat(20_000)}`],
  ])('body that holds %s', async (_title, text) => {
    const answer = await http.send('POST', '/api/wrong/sample', text);

    expect(answer).toMatchObject({ family: '4xx', contentType: expect.stringContaining('application/problem+json') });
    expect(await tableRows(server.database, 'wrong_sample')).toEqual(before);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  it('several wrong values at once, each with its path', async () => {
    const answer = await http.post('/api/wrong/sample', { small: 'x', open: 'x', colour: 'x' });

    expect(answer).toMatchObject(refusedAt('name', 'required'));
    expect(answer).toMatchObject(refusedAt('small', 'invalid_type'));
    expect(answer).toMatchObject(refusedAt('open', 'invalid_type'));
    expect(answer).toMatchObject(refusedAt('colour', 'unknown_field'));
  });

  it('many wrong values of many records: the first hundred, and how many there are', async () => {
    const answer = await http.post<{ errors: readonly object[] }>(
      '/api/wrong/sample',
      Array.from({ length: 1000 }, () => ({ small: 'x', open: 'x' })),
    );

    expect(answer).toMatchObject(problem(422, 'validation_failed', /^3000 values are not valid\. The first 100 are/));
    expect(answer.body.errors).toHaveLength(100);
    expect(answer.body.errors[99]).toMatchObject({ path: '33.name', code: 'required' });
    expect(await tableRows(server.database, 'wrong_sample')).toEqual(before);
  });

  it('another id in the body of PUT than in the address', async () => {
    const answer = await http.put('/api/wrong/sample/1', { id: 2, name: 'thief' });

    expect(answer).toMatchObject(refusedAt('id', 'read_only_field'));
    expect(answer).toMatchObject(problem(422, 'validation_failed', /"id" is 2, but the address is that of 1/));
    expect(await tableRows(server.database, 'wrong_sample')).toEqual(before);
  });

  it.each(['999', '0', '-1', 'first', '1.5', '1e0', '99999999999999999999', '1%3B%20DROP%20TABLE%20canary', '%00'])(
    'id %s that no record has',
    async (id) => {
      const answers = [
        await http.get(`/api/wrong/sample/${id}`),
        await http.patch(`/api/wrong/sample/${id}`, { small: 2 }),
        await http.put(`/api/wrong/sample/${id}`, { name: 'other' }),
        await http.delete(`/api/wrong/sample/${id}`),
      ];

      expect(answers).toMatchObject(answers.map(() => problem(404, 'record_not_found', /sample/i)));
      expect(await tableRows(server.database, 'wrong_sample')).toEqual(before);
    },
  );
});
