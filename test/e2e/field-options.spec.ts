import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createRecord, defineModel } from '../fixtures/arrange.js';
import { problemAt, refusedAt } from '../fixtures/problem.js';
import type { Http } from '../support/http.js';
import { startApp, type TestServer } from '../support/server.js';

describe('options and choices of fields', () => {
  let server: TestServer;
  let http: Http;

  const define = (name: string, field: object) =>
    http.post('/api/meta/models', { app: 'options', name, fields: [{ name: 'value', ...field }] });

  beforeAll(async () => {
    server = await startApp();
    http = server.http;
  });
  afterAll(() => server?.close());

  it('say everything that is wrong at once, whatever kind of mistake it is', async () => {
    await defineModel(http, {
      app: 'options',
      name: 'Everything',
      fields: [
        { name: 'size', type: 'choice', choices: ['S', 'M'] },
        { name: 'stars', type: 'integer', options: { max: 5 } },
        { name: 'price', type: 'decimal', options: { min: '0.5' } },
        { name: 'code', type: 'char', options: { pattern: '^[A-Z]+$' } },
        { name: 'name', type: 'char', required: true },
      ],
    });

    const answer = await http.post('/api/options/everything', { size: 'XL', stars: 6, price: '0.4', code: 'a' });

    expect(answer).toMatchObject(refusedAt('size', 'not_a_choice'));
    expect(answer).toMatchObject(refusedAt('stars', 'out_of_range'));
    expect(answer).toMatchObject(refusedAt('price', 'out_of_range'));
    expect(answer).toMatchObject(refusedAt('code', 'invalid_format'));
    expect(answer).toMatchObject(refusedAt('name', 'required'));
  });

  it('match a pattern in linear time', async () => {
    await define('Linear', { type: 'text', options: { pattern: '(a+)+$' } });
    await http.post('/api/options/linear', { value: 'a' });
    const start = performance.now();

    const answer = await http.post('/api/options/linear', { value: `${'a'.repeat(50_000)}!` });

    // It takes a few milliseconds; a backtracking engine would be at it for years.
    expect(performance.now() - start).toBeLessThan(500);
    expect(answer).toMatchObject(refusedAt('value', 'invalid_format'));
    expect(answer).toMatchObject({
      body: { errors: [{ message: '"value" must be a text of at most 100000 characters that matches "(a+)+$".' }] },
    });
  });

  it('refuse a pattern that RE2 does not know', async () => {
    const answer = await define('Ahead', { type: 'char', options: { pattern: '(?=a)' } });

    expect(answer).toMatchObject(
      problemAt(
        400,
        'invalid_options',
        'fields.0.options.pattern',
        /^"pattern" must be a regular expression in RE2 syntax/,
      ),
    );
  });

  it.each([
    ['choice', undefined],
    ['choice', []],
    ['choice', [1]],
    ['choice', ['']],
    ['choice', ['x'.repeat(256)]],
    ['choice', ['a', 'a']],
    ['choice', Array.from({ length: 1001 }, (_, position) => `c${position}`)],
    ['multiple_choice', null],
    ['multiple_choice', [['a']]],
    ['multiple_choice', [1]],
    ['decimal', ['1.0', 1]],
    ['integer', [{ value: 'one' }]],
  ])('refuse the choices of a field: %s', async (type, choices) => {
    const answer = await define('Wrong', { type, choices });

    expect(answer).toMatchObject(problemAt(400, 'invalid_choices', 'fields.0.choices', /choices/));
  });

  it.each([
    ['choice', 'XL'],
    ['choice', ['S']],
    ['multiple_choice', 'S'],
    ['multiple_choice', ['XL']],
    ['multiple_choice', ['S', 'S']],
  ])('refuse a default that is no choice: %s', async (type, fallback) => {
    const answer = await define('Wrong', { type, choices: ['S', 'M'], default: fallback });

    expect(answer).toMatchObject(problemAt(400, 'invalid_default', 'fields.0.default', /^The default must be/));
  });

  it('take as many choices as there may be', async () => {
    const choices = Array.from({ length: 1000 }, (_, position) => `c${position}`);

    const answer = await define('Many', { type: 'choice', choices });

    expect(answer).toMatchObject({ status: 201 });
    expect(await http.post('/api/options/many', { value: 'c999' })).toMatchObject({ status: 201 });
  });

  it('keep the order of several choices, and empty is not required', async () => {
    await define('Tags', {
      type: 'multiple_choice',
      choices: [['a', 'A'], { value: 'b', label: 'B' }],
      default: ['b', 'a'],
    });
    const tags = '/api/options/tags';

    const answers = [
      await createRecord(http, tags, {}),
      await createRecord(http, tags, { value: ['a'] }),
      await createRecord(http, tags, { value: [] }),
      await createRecord(http, tags, { value: null }),
    ];

    expect(answers.map(({ value }) => value)).toEqual([['b', 'a'], ['a'], [], null]);
    expect(await http.get(`${tags}?filter.value=["b","a"]`)).toMatchObject({ body: { data: [{ id: 1 }] } });
    expect(await http.post(tags, { value: ['c'] })).toMatchObject(refusedAt('value', 'not_a_choice'));
  });

  it('refuse nothing where several choices are required', async () => {
    await define('Needed', { type: 'multiple_choice', choices: ['a'], required: true });

    const answers = [
      await http.post('/api/options/needed', {}),
      await http.post('/api/options/needed', { value: [] }),
      await http.post('/api/options/needed', { value: null }),
    ];

    expect(answers).toMatchObject(answers.map(() => refusedAt('value', 'required')));
    expect(
      await define('Empty', { type: 'multiple_choice', choices: ['a'], required: true, default: [] }),
    ).toMatchObject(problemAt(400, 'invalid_default', 'fields.0.default', /must not be empty/));
  });

  it('are in the documentation', async () => {
    await define('Documented', { type: 'multiple_choice', choices: ['a', 'b'] });
    await define('Shown', { type: 'choice', choices: ['a', 'b'], required: true });

    const { body } = await http.get<object>('/docs-json');

    expect(body).toMatchObject({
      components: {
        schemas: {
          'options.Documented.input': { properties: { value: { items: { enum: ['a', 'b'] } } } },
          'options.Shown.patch': { properties: { value: { enum: ['a', 'b'] } } },
        },
      },
    });
  });

  it('compare durations by their length', async () => {
    await define('Length', { type: 'duration', unique: true, choices: ['P1D', 'PT90M'] });

    const accepted = await http.post('/api/options/length', { value: 'PT24H' });
    const refused = await http.post('/api/options/length', { value: 'PT1H' });
    const found = await http.get('/api/options/length?filter.value=PT1440M');

    expect(accepted).toMatchObject({ status: 201, body: { value: 'P1D' } });
    expect(refused).toMatchObject(refusedAt('value', 'not_a_choice'));
    expect(found).toMatchObject({ body: { data: [{ value: 'P1D' }] } });
  });
});
