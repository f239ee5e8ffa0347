import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createRecords, defineModel, fieldOf } from '../fixtures/arrange.js';
import { createCanary, expectUnharmed } from '../fixtures/canary.js';
import { DATABASE_WORDS } from '../fixtures/database-words.js';
import type { Http, ModelBody, PageBody } from '../support/http.js';
import { startApp, type TestServer } from '../support/server.js';

/** Texts that would do harm if anybody took them for anything but texts. */
const HOSTILE = [
  `x'); DROP TABLE canary;--`,
  `x"); DROP TABLE canary;--`,
  `$$; DROP TABLE canary; $$`,
  `\\'; DROP TABLE canary;--`,
  `'||(SELECT song FROM canary)||'`,
  '$1 :value %s ${value} {{value}}',
  '__proto__',
  'constructor',
  '<img src=x onerror=alert(1)>',
  'line\nbreak\ttab',
  '\u202ereversed',
  '🎸 é e\u0301',
];

describe('texts of definitions are data, whatever is in them', () => {
  let server: TestServer;
  let http: Http;
  let thing: ModelBody;
  let app = '';
  let count = 0;

  const url = () => `/api/${app}/thing`;
  const values = async () => (await http.get<PageBody>(`${url()}?sortBy=id:ASC`)).body.data.map(({ value }) => value);
  const patchValue = (patch: object) => http.patch(`/api/meta/fields/${fieldOf(thing, 'value').id}`, patch);

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
    app = `hostile${count}`;
    thing = await defineModel(http, { app, name: 'Thing', fields: [{ name: 'value', type: 'text' }] });
    await createRecords(http, url(), [{ value: 'one' }, { value: 'two' }, {}]);
  });

  it.each(['choice', 'text', 'char'])('choices of %s', async (type) => {
    await defineModel(http, { app, name: 'Odd', fields: [{ name: 'value', type, choices: HOSTILE }] });
    const records = HOSTILE.map((value) => ({ value }));

    const answer = await http.post(`/api/${app}/odd`, records);

    expect(answer).toMatchObject({ status: 201, body: records });
    expect(await http.post(`/api/${app}/odd`, { value: 'other' })).toMatchObject({ status: 422 });
  });

  it('several choices', async () => {
    const fields = [{ name: 'value', type: 'multiple_choice', choices: HOSTILE, default: HOSTILE }];
    await defineModel(http, { app, name: 'Odd', fields });

    const answer = await http.post(`/api/${app}/odd`, [{}, { value: HOSTILE.toReversed() }]);

    expect(answer).toMatchObject({ status: 201, body: [{ value: HOSTILE }, { value: HOSTILE.toReversed() }] });
  });

  it('labels of choices', async () => {
    const choices = HOSTILE.map((label, at) => ({ value: `v${at}`, label }));

    const answer = await http.post<ModelBody>('/api/meta/models', {
      app,
      name: 'Odd',
      fields: [{ name: 'value', type: 'choice', choices }],
    });

    expect(answer).toMatchObject({ status: 201, body: { fields: [{ choices }] } });
    expect(await http.post(`/api/${app}/odd`, { value: 'v0' })).toMatchObject({ status: 201 });
  });

  it.each(HOSTILE)('a default: %j', async (value) => {
    const answer = await patchValue({ default: value });

    expect(answer).toMatchObject({ status: 200, body: { default: value } });
    expect(await http.post(url(), {})).toMatchObject({ status: 201, body: { value } });
    await server.database.query(`INSERT INTO ${app}_thing DEFAULT VALUES`);
    expect(await values()).toEqual(['one', 'two', null, value, expect.anything()]);
  });

  it.each(HOSTILE)('the value of a remedy: %j', async (value) => {
    const answer = await patchValue({ required: true, remedies: { value: { action: 'backfill', value } } });

    expect(answer).toMatchObject({ status: 200, body: { required: true } });
    expect(await values()).toEqual(['one', 'two', value]);
  });

  it.each(HOSTILE)('values that do not convert: %j', async (value) => {
    await http.patch(`${url()}/1`, { value });

    const answer = await patchValue({ type: 'integer' });

    expect(answer).toMatchObject({
      status: 409,
      text: expect.not.stringMatching(DATABASE_WORDS),
      body: {
        code: 'unconvertible_values',
        blockers: [
          {
            count: 2,
            samples: [
              { id: 1, value },
              { id: 2, value: 'two' },
            ],
          },
        ],
      },
    });
    expect(await values()).toEqual([value, 'two', null]);
  });

  it.each(HOSTILE)('values that become another kind of text, list or JSON: %j', async (value) => {
    await http.patch(`${url()}/1`, { value });

    const choice = await patchValue({ type: 'choice', choices: [value, 'two'] });
    const list = await patchValue({ type: 'multiple_choice', choices: [value, 'two'] });
    const json = await patchValue({ type: 'json', choices: null });

    expect([choice, list, json]).toMatchObject([{ status: 200 }, { status: 200 }, { status: 200 }]);
    expect(await values()).toEqual([[value], ['two'], null]);
  });

  it.each([`a'b`, `'; DROP TABLE canary;--`, '\\$1', `"\\\\'`])('a pattern: %j', async (pattern) => {
    const answer = await patchValue({ options: { pattern } });

    expect(answer).toMatchObject({ status: 200, body: { options: { pattern } } });
    expect(await http.post(url(), { value: 'something else' })).toMatchObject({ status: 422 });
  });

  it.each([
    `{"remedies":{"__proto__":{"action":"backfill","value":1}},"required":true}`,
    `{"remedies":{"constructor":{"action":"backfill","value":1}},"required":true}`,
    `{"remedies":{"value":{"__proto__":{"action":"backfill","value":1}}},"required":true}`,
    `{"remedies":{"value":{"action":"__proto__","value":1}},"required":true}`,
    `{"remedies":[{"action":"backfill","value":"x"}],"required":true}`,
    `{"remedies":"value","required":true}`,
  ])('remedies that are none: %s', async (text) => {
    const answer = await http.send('PATCH', `/api/meta/fields/${fieldOf(thing, 'value').id}`, text);

    expect(answer).toMatchObject({ family: '4xx', text: expect.not.stringMatching(DATABASE_WORDS) });
    expect(await values()).toEqual(['one', 'two', null]);
  });

  it.each(['uniqueTogether', 'index'])('the name of a group, taken or refused: %s', async (property) => {
    const name = HOSTILE[0];
    const setting = { uniqueTogether: { uniqueTogether: name }, index: { options: { index: name } } }[property];

    const answer = await patchValue({ ...setting });

    expect(answer).toMatchObject({
      family: expect.stringMatching(/2xx|4xx/),
      text: expect.not.stringMatching(DATABASE_WORDS),
    });
    expect(await values()).toEqual(['one', 'two', null]);
  });
});
