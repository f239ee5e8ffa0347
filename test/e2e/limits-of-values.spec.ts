import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createRecords, defineModel, fieldOf } from '../fixtures/arrange.js';
import { blockedBy } from '../fixtures/plan.js';
import { problemAt, refusedAt } from '../fixtures/problem.js';
import type { Http, PageBody } from '../support/http.js';
import { startApp, type TestServer } from '../support/server.js';

/** Type, options, smallest, largest, too small, too large. */
const LIMITS: readonly (readonly [string, object, unknown, unknown, unknown, unknown])[] = [
  ['integer', { min: -5, max: 10 }, -5, 10, -6, 11],
  ['small_integer', { min: 0, max: 10 }, 0, 10, -1, 11],
  ['positive_integer', {}, 0, 2147483647, -1, 2147483648],
  ['positive_small_integer', {}, 0, 32767, -1, 32768],
  ['positive_integer', { min: 5, max: 6 }, 5, 6, 4, 7],
  ['float', { min: 0.5, max: 1.5 }, 0.5, 1.5, 0.49, 1.51],
  [
    'big_integer',
    { min: '9007199254740993', max: '9007199254740995' },
    '9007199254740993',
    '9007199254740995',
    '9007199254740992',
    '9007199254740996',
  ],
  ['decimal', { min: '0.01', max: 99.5 }, '0.01', '99.50', '0.00', '99.51'],
  ['date', { min: '2026-01-01', max: '2026-12-31' }, '2026-01-01', '2026-12-31', '2025-12-31', '2027-01-01'],
];

/** Backtracking engines need longer than the age of the universe for these. Pattern, value, milliseconds allowed. */
const EVIL: readonly (readonly [string, string, number])[] = [
  ['(a+)+$', `${'a'.repeat(50_000)}!`, 100],
  ['^(a|a)*$', `${'a'.repeat(50_000)}!`, 500],
  ['^(([a-z])+.)+[A-Z]([a-z])+$', 'a'.repeat(50_000), 500],
  ['(.*)*x$', 'a'.repeat(50_000), 500],
];

describe('limits of values', () => {
  let server: TestServer;
  let http: Http;
  let app = '';
  let count = 0;

  const url = () => `/api/${app}/thing`;
  const define = (type: string, options: object = {}) =>
    defineModel(http, { app, name: 'Thing', fields: [{ name: 'value', type, options }] });
  const values = async () => (await http.get<PageBody>(`${url()}?sortBy=id:ASC`)).body.data.map(({ value }) => value);

  beforeAll(async () => {
    server = await startApp();
    http = server.http;
  });
  afterAll(() => server?.close());

  beforeEach(() => {
    count += 1;
    app = `limit${count}`;
  });

  it.each(LIMITS)('of %s %j are inclusive', async (type, options, smallest, largest, below, above) => {
    await define(type, options);

    const accepted = await http.post(url(), [{ value: smallest }, { value: largest }, { value: null }]);
    const refused = [await http.post(url(), { value: below }), await http.post(url(), { value: above })];

    expect(accepted).toMatchObject({ status: 201, body: [{ value: smallest }, { value: largest }, { value: null }] });
    expect(refused).toMatchObject([refusedAt('value', 'out_of_range'), refusedAt('value', 'out_of_range')]);
    expect(await values()).toEqual([smallest, largest, null]);
  });

  it.each(LIMITS)('of %s %j are kept by the database too', async (type, options, smallest, _largest, below, above) => {
    await define(type, options);
    const insert = (value: unknown) =>
      server.database.query(`INSERT INTO ${app}_thing (value) VALUES ($1)`, [String(value)]);

    await insert(smallest);

    await expect(insert(below)).rejects.toThrow(/check constraint|out of range/);
    await expect(insert(above)).rejects.toThrow(/check constraint|out of range/);
    expect(await values()).toEqual([smallest]);
  });

  it.each<[string, string, object]>([
    ['a minimum above the maximum', 'integer', { min: 2, max: 1 }],
    ['a text for a number', 'integer', { min: '0); DROP TABLE canary;--' }],
    ['a fraction for an integer', 'integer', { max: 1.5 }],
    ['letters for a decimal', 'decimal', { min: 'low' }],
    ['a number for a date', 'date', { min: 2026 }],
    ['a day that does not exist', 'date', { max: '2026-02-30' }],
    ['a limit that the type cannot reach', 'positive_integer', { min: -1 }],
    ['a limit of a text', 'char', { min: 1 }],
  ])('are refused: %s', async (_title, type, options) => {
    const fields = [{ name: 'value', type, options }];

    const answer = await http.post('/api/meta/models', { app, name: 'Thing', fields });

    expect(answer).toMatchObject(problemAt(400, 'invalid_options', /^fields\.0\.options/, /\S/));
  });

  it('may be added when every record keeps them, and are refused with the records that do not', async () => {
    const model = await define('integer');
    await createRecords(http, url(), [{ value: 1 }, { value: 20 }, {}]);
    const path = `/api/meta/fields/${fieldOf(model, 'value').id}`;

    const refused = await http.patch(path, { options: { max: 10 } });
    const accepted = await http.patch(path, { options: { min: 1, max: 20 } });

    expect(refused).toMatchObject(blockedBy('value', 'refused_values', { count: 1, samples: [{ id: 2, value: 20 }] }));
    expect(accepted).toMatchObject({ status: 200, body: { options: { min: 1, max: 20 } } });
    expect(await http.post(url(), { value: 21 })).toMatchObject(refusedAt('value', 'out_of_range'));
    expect(await values()).toEqual([1, 20, null]);
  });

  it('hold for defaults', async () => {
    const fields = [{ name: 'value', type: 'integer', default: 11, options: { max: 10 } }];

    const answer = await http.post('/api/meta/models', { app, name: 'Thing', fields });

    expect(answer).toMatchObject(problemAt(400, 'invalid_default', 'fields.0.default', /\S/));
  });

  it.each([
    ['char', '^[A-Z]{2}-\\d+$', 'AB-12', 'ab-12'],
    ['char', '\\d', 'anywhere 7 in it', 'no digit'],
    ['text', '^\\p{L}+$', 'Größe', 'two words'],
    ['slug', '^a', 'apple', 'pear'],
    ['email', '@example\\.org$', 'ada@example.org', 'ada@example.com'],
    ['url', '^https://', 'https://example.org', 'http://example.org'],
  ])('of %s may be the pattern %s', async (type, pattern, matching, other) => {
    await define(type, { pattern });

    const accepted = await http.post(url(), { value: matching });
    const refused = await http.post(url(), { value: other });

    expect(accepted).toMatchObject({ status: 201, body: { value: matching } });
    expect(refused).toMatchObject(refusedAt('value', 'invalid_format'));
  });

  it.each([['('], ['[z-a]'], ['(?=a)'], ['(a)\\1'], ['a{1001}'], ['*']])(
    'refuse the pattern %s, which cannot be matched in linear time or at all',
    async (pattern) => {
      const fields = [{ name: 'value', type: 'char', options: { pattern } }];

      const answer = await http.post('/api/meta/models', { app, name: 'Thing', fields });

      expect(answer).toMatchObject(problemAt(400, 'invalid_options', 'fields.0.options.pattern', /pattern/));
    },
  );

  it.each(EVIL)('answer at once, whatever the pattern: %s', async (pattern, value, allowed) => {
    await define('text', { pattern });
    await http.post(url(), { value });
    const start = performance.now();

    const answer = await http.post(url(), { value });
    const milliseconds = performance.now() - start;

    expect(answer).toMatchObject(refusedAt('value', 'invalid_format'));
    expect(milliseconds).toBeLessThan(allowed);
  });

  it('leave records alone that do not match a pattern which is added later', async () => {
    const model = await define('char');
    await createRecords(http, url(), [{ value: 'old' }]);

    const answer = await http.patch(`/api/meta/fields/${fieldOf(model, 'value').id}`, {
      options: { pattern: '^\\d$' },
    });

    expect(answer).toMatchObject({ status: 200, body: { options: { pattern: '^\\d$' } } });
    expect(await values()).toEqual(['old']);
  });
});
