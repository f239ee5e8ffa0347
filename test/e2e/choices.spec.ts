import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createRecords, defineModel, fieldOf } from '../fixtures/arrange.js';
import { createCanary, expectUnharmed } from '../fixtures/canary.js';
import { snapshot, tableVersions } from '../fixtures/catalogue.js';
import { blockedBy } from '../fixtures/plan.js';
import { problemAt, refusedAt } from '../fixtures/problem.js';
import type { Http, ModelBody, PageBody } from '../support/http.js';
import { startApp, type TestServer } from '../support/server.js';

describe('choices', () => {
  let server: TestServer;
  let http: Http;
  let shirt: ModelBody;
  let app = '';
  let count = 0;

  const url = () => `/api/${app}/shirt`;
  const values = async (name: string) =>
    (await http.get<PageBody>(`${url()}?sortBy=id:ASC`)).body.data.map((record) => record[name]);
  const patchField = (name: string, patch: object) => http.patch(`/api/meta/fields/${fieldOf(shirt, name).id}`, patch);
  const define = (...fields: object[]) => defineModel(http, { app, name: 'Shirt', fields });

  beforeAll(async () => {
    server = await startApp();
    http = server.http;
    await createCanary(server.database);
  });
  afterAll(async () => {
    await expectUnharmed(server.database);
    await server.close();
  });

  beforeEach(async () => {
    count += 1;
    app = `choice${count}`;
    shirt = await define(
      { name: 'size', type: 'choice', choices: ['S', ['M', 'Medium'], { value: 'L', label: 'Large' }] },
      { name: 'tags', type: 'multiple_choice', choices: ['new', 'sale', 'rare'] },
    );
    await createRecords(http, url(), [{ size: 'M', tags: ['sale', 'new'] }, { size: 'L', tags: [] }, {}]);
  });

  it('are read as they were written, in their order', async () => {
    expect(await values('size')).toEqual(['M', 'L', null]);
    expect(await values('tags')).toEqual([['sale', 'new'], [], null]);
  });

  it.each<[string, object, string, string]>([
    ['another text', { size: 'XL' }, 'size', 'not_a_choice'],
    ['a label', { size: 'Medium' }, 'size', 'not_a_choice'],
    ['another case', { size: 'm' }, 'size', 'not_a_choice'],
    ['a number', { size: 1 }, 'size', 'invalid_type'],
    ['a list for one choice', { size: ['M'] }, 'size', 'invalid_type'],
    ['a text for several choices', { tags: 'new' }, 'tags', 'invalid_type'],
    ['an unknown one among several', { tags: ['new', 'old'] }, 'tags', 'not_a_choice'],
  ])('refuse %s', async (_title, body, path, code) => {
    const answer = await http.post(url(), body);

    expect(answer).toMatchObject(refusedAt(new RegExp(`^${path}`), code));
  });

  it('refuse the same choice twice', async () => {
    const answer = await http.post(url(), { tags: ['new', 'new'] });

    expect(answer).toMatchObject({ status: 422, body: { errors: [{ path: expect.stringMatching(/^tags/) }] } });
  });

  it('must be chosen when the field is required', async () => {
    await defineModel(http, {
      app,
      name: 'Strict',
      fields: [{ name: 'tags', type: 'multiple_choice', choices: ['a'], required: true }],
    });

    const empty = await http.post(`/api/${app}/strict`, { tags: [] });
    const missing = await http.post(`/api/${app}/strict`, {});

    expect([empty, missing]).toMatchObject([refusedAt('tags', 'required'), refusedAt('tags', 'required')]);
    expect(await http.post(`/api/${app}/strict`, { tags: ['a'] })).toMatchObject({
      status: 201,
      body: { tags: ['a'] },
    });
  });

  it('may have a default', async () => {
    await patchField('size', { default: 'S' });
    await patchField('tags', { default: ['rare', 'new'] });

    const answer = await http.post(url(), {});

    expect(answer).toMatchObject({ status: 201, body: { size: 'S', tags: ['rare', 'new'] } });
    expect(await patchField('tags', { default: ['old'] })).toMatchObject(
      problemAt(400, 'invalid_default', /default/, /\S/),
    );
  });

  it.each([
    [`INSERT INTO :table (size) VALUES ('XL')`],
    [`UPDATE :table SET size = 'm'`],
    [`INSERT INTO :table (tags) VALUES ('["old"]')`],
    [`INSERT INTO :table (tags) VALUES ('"new"')`],
    [`INSERT INTO :table (tags) VALUES ('{"new": 1}')`],
  ])('are guarded by the database as well: %s', async (statement) => {
    const act = server.database.query(statement.replace(':table', `${app}_shirt`));

    await expect(act).rejects.toThrow(/check constraint/);
    expect(await values('size')).toEqual(['M', 'L', null]);
  });

  it('may become more', async () => {
    const answer = await patchField('size', { choices: ['S', 'M', 'L', 'XL'] });

    expect(answer).toMatchObject({ status: 200 });
    expect(await http.post(url(), { size: 'XL' })).toMatchObject({ status: 201, body: { size: 'XL' } });
    expect(await values('size')).toEqual(['M', 'L', null, 'XL']);
  });

  it('may get other labels without touching the table', async () => {
    const before = await tableVersions(server.database);

    const answer = await patchField('size', {
      choices: [
        ['S', 'Small'],
        ['M', `Mittel'); DROP TABLE canary;--`],
        ['L', '<b>Groß</b>'],
      ],
    });

    expect(answer).toMatchObject({ status: 200 });
    expect(answer.text).toContain('<b>Groß</b>');
    expect(await tableVersions(server.database)).toEqual(before);
    expect(await http.post(url(), { size: 'M' })).toMatchObject({ status: 201 });
  });

  it('may become fewer when nobody has chosen the one that goes', async () => {
    const answer = await patchField('size', { choices: ['M', 'L'] });

    expect(answer).toMatchObject({ status: 200 });
    expect(await http.post(url(), { size: 'S' })).toMatchObject(refusedAt('size', 'not_a_choice'));
  });

  it.each([
    ['size', ['S', 'M'], 1, [{ id: 2, size: 'L' }]],
    ['tags', ['new', 'rare'], 1, [{ id: 1, tags: ['sale', 'new'] }]],
  ])('stay while records have them: %s', async (name, choices, records, samples) => {
    const before = await snapshot(server.database);

    const answer = await patchField(name, { choices });

    expect(answer).toMatchObject(
      blockedBy(name, 'refused_values', {
        count: records,
        samples,
        remedies: expect.arrayContaining(['default', 'nullify']),
      }),
    );
    expect(await snapshot(server.database)).toEqual(before);
  });

  it('restrict other types too, in the database as well', async () => {
    await defineModel(http, { app, name: 'Rating', fields: [{ name: 'stars', type: 'integer', choices: [1, 2, 3] }] });

    const answer = await http.post(`/api/${app}/rating`, { stars: 4 });

    expect(answer).toMatchObject(refusedAt('stars', 'not_a_choice'));
    await expect(server.database.query(`INSERT INTO ${app}_rating (stars) VALUES (4)`)).rejects.toThrow(/check/);
  });

  it.each<[string, string, unknown]>([
    ['missing', 'choice', undefined],
    ['missing', 'multiple_choice', undefined],
    ['empty', 'choice', []],
    ['doubled', 'choice', ['S', 'S']],
    ['an empty text', 'choice', ['']],
    ['longer than 255 characters', 'choice', ['x'.repeat(256)]],
    ['more than 1,000', 'choice', Array.from({ length: 1001 }, (_, index) => `c${index}`)],
    ['numbers for texts', 'multiple_choice', [1, 2]],
    ['texts with NUL', 'choice', ['a\u0000b']],
  ])('are refused when they are %s', async (_title, type, choices) => {
    const answer = await http.post('/api/meta/models', { app, name: 'Bad', fields: [{ name: 'x', type, choices }] });

    expect(answer).toMatchObject(problemAt(400, 'invalid_choices', /^fields\.0\.choices/, /\S/));
  });
});
