import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createCanary, expectUnharmed } from '../fixtures/canary.js';
import { defineModel } from '../fixtures/arrange.js';
import { snapshot } from '../fixtures/catalogue.js';
import { problem, problemAt } from '../fixtures/problem.js';
import type { Http, ModelBody } from '../support/http.js';
import { startApp, type TestServer } from '../support/server.js';

const nameField = { name: 'name', type: 'char' };
const NOBODY = '00000000-0000-4000-8000-000000000000';

describe.each(['fastify', 'express'] as const)('a body of the meta API that has the wrong shape, on %s', (adapter) => {
  let server: TestServer;
  let http: Http;
  let existing: ModelBody;
  let before: unknown;

  beforeAll(async () => {
    server = await startApp({ adapter });
    http = server.http;
    await createCanary(server.database);
    existing = await defineModel(http, { app: 'music', name: 'Track', fields: [nameField] });
  });
  beforeEach(async () => {
    before = await snapshot(server.database);
  });
  afterAll(async () => {
    await expectUnharmed(server.database);
    await server.close();
  });

  it.each([
    ['an unknown property', { name: 'Fresh', colour: 'red' }, 'colour'],
    ['an id', { name: 'Fresh', id: NOBODY }, 'id'],
    ['a constructor', { name: 'Fresh', constructor: 5 }, 'constructor'],
    ['an unknown property of a field', { name: 'Fresh', fields: [{ ...nameField, colour: 1 }] }, 'fields.0.colour'],
    ['a number as name', { name: 42 }, 'name'],
    ['an object as name', { name: { $ne: null } }, 'name'],
    ['no name', { app: 'music' }, 'name'],
    ['a number as app', { app: 1, name: 'Fresh' }, 'app'],
    ['a text as admin', { name: 'Fresh', admin: 'yes' }, 'admin'],
    ['a number as verbose name', { name: 'Fresh', verboseName: 7 }, 'verboseName'],
    ['a text as fields', { name: 'Fresh', fields: 'name' }, 'fields'],
    ['an object as fields', { name: 'Fresh', fields: nameField }, 'fields'],
    ['a text as required', { name: 'Fresh', fields: [{ ...nameField, required: 'no' }] }, 'fields.0.required'],
    ['a text as unique', { name: 'Fresh', fields: [{ ...nameField, unique: 'no' }] }, 'fields.0.unique'],
    ['a text as order', { name: 'Fresh', fields: [{ ...nameField, order: 'last' }] }, 'fields.0.order'],
    ['a number as type', { name: 'Fresh', fields: [{ name: 'x', type: 5 }] }, 'fields.0.type'],
    ['no type', { name: 'Fresh', fields: [{ name: 'x' }] }, 'fields.0.type'],
    ['a field without a name', { name: 'Fresh', fields: [{ type: 'char' }] }, 'fields.0.name'],
    ['a list as options', { name: 'Fresh', fields: [{ ...nameField, options: [] }] }, 'fields.0.options'],
    ['a text as choices', { name: 'Fresh', fields: [{ ...nameField, choices: 'a' }] }, 'fields.0.choices'],
    [
      'a number as related model',
      { name: 'Fresh', fields: [{ ...nameField, relatedModel: 1 }] },
      'fields.0.relatedModel',
    ],
  ])('is refused: %s', async (_title, body, path) => {
    const answer = await http.post('/api/meta/models', body);

    expect(answer).toMatchObject(problem(400, 'validation_failed', /\S/));
    expect(answer).toMatchObject({ body: { errors: [{ path, message: expect.stringMatching(/\S/) }] } });
    expect(await snapshot(server.database)).toEqual(before);
  });

  it.each([
    ['null as a field', { name: 'Fresh', fields: [null] }],
    ['a text as a field', { name: 'Fresh', fields: ['name'] }],
    ['a list as a field', { name: 'Fresh', fields: [[]] }],
    ['a text in the list of models', ['Fresh']],
    ['null in the list of models', [null]],
  ])('is refused: %s', async (_title, body) => {
    const answer = await http.post('/api/meta/models', body);

    expect(answer).toMatchObject(problem(400, 'validation_failed', /\S/));
    expect(await snapshot(server.database)).toEqual(before);
  });

  it.each([
    ['NUL in the verbose name', { name: 'Fresh', verboseName: 'a\u0000b' }],
    ['NUL in the description', { name: 'Fresh', description: 'a\u0000b' }],
    ['NUL in the help', { name: 'Fresh', fields: [{ ...nameField, help: 'a\u0000b' }] }],
    ['NUL in a choice', { name: 'Fresh', fields: [{ ...nameField, choices: ['a\u0000b'] }] }],
    ['a lone surrogate in the description', { name: 'Fresh', description: 'a\ud800b' }],
    ['NUL in the name of a group', { name: 'Fresh', fields: [{ ...nameField, uniqueTogether: 'a\u0000b' }] }],
  ])('is refused: %s', async (_title, body) => {
    const answer = await http.post('/api/meta/models', body);

    expect(answer).toMatchObject({ status: 400, contentType: expect.stringContaining('application/problem+json') });
    expect(await snapshot(server.database)).toEqual(before);
  });

  it.each([
    ['half an object', '{"name":', /JSON/],
    ['a comment', '{"name":"x"} // y', /JSON/],
    ['NaN', '{"name":NaN}', /JSON/],
    ['plain text', 'hello', /JSON/],
  ])('is refused as malformed JSON: %s', async (_title, text, detail) => {
    const answer = await http.send('POST', '/api/meta/models', text);

    expect(answer).toMatchObject(problem(400, 'malformed_json', detail));
    expect(await snapshot(server.database)).toEqual(before);
  });

  it.each([
    ['null', 'null'],
    ['a text', '"text"'],
    ['a number', '42'],
    ['nothing', ''],
    ['the prototype', '{"__proto__":{"polluted":true},"name":"Fresh"}'],
    ['the prototype of a constructor', '{"constructor":{"prototype":{"polluted":true}},"name":"Fresh"}'],
    ['a deep nest', `${'['.repeat(20_000)}${']'.repeat(20_000)}`],
    ['a deep nest in the fields', `{"name":"Fresh","fields":${'['.repeat(2000)}${']'.repeat(2000)}}`],
    ['huge options', JSON.stringify({ name: 'Fresh', fields: [{ ...nameField, options: { x: 'y'.repeat(2e6) } }] })],
  ])('is refused with 4xx: %s', async (_title, text) => {
    const answer = await http.send('POST', '/api/meta/models', text);

    expect(answer).toMatchObject({ family: '4xx', contentType: expect.stringContaining('application/problem+json') });
    expect(await snapshot(server.database)).toEqual(before);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  it('is refused when it is not JSON at all', async () => {
    const answer = await http.send('POST', '/api/meta/models', 'name=Fresh', {
      'content-type': 'application/x-www-form-urlencoded',
    });

    expect(answer).toMatchObject({ family: '4xx', contentType: expect.stringContaining('application/problem+json') });
    expect(await snapshot(server.database)).toEqual(before);
  });

  it.each([
    ['an unknown property', { colour: 'red' }, 'colour'],
    ['the id', { id: NOBODY }, 'id'],
    ['null as name', { name: null }, 'name'],
  ])('is refused in a PATCH of a model: %s', async (_title, body, path) => {
    const answer = await http.patch(`/api/meta/models/${existing.id}`, body);

    expect(answer).toMatchObject({ status: 400, body: { errors: [{ path }] } });
    expect(await snapshot(server.database)).toEqual(before);
  });

  it.each([
    ['model of an unknown id', () => http.get(`/api/meta/models/${NOBODY}`), 'meta_model_not_found', /00000000/],
    ['model of an unknown name', () => http.get('/api/meta/models/music.Nobody'), 'meta_model_not_found', /Nobody/],
    ['model of the prototype', () => http.get('/api/meta/models/__proto__'), 'meta_model_not_found', /__proto__/],
    ['PATCH of a model', () => http.patch('/api/meta/models/no.Body', { admin: true }), 'meta_model_not_found', /no/],
    ['DELETE of a model', () => http.delete('/api/meta/models/no.Body'), 'meta_model_not_found', /no\.Body/],
    ['field for no model', () => http.post('/api/meta/models/no.Body/fields', nameField), 'meta_model_not_found', /no/],
    ['PATCH of a field', () => http.patch(`/api/meta/fields/${NOBODY}`, { name: 'x' }), 'meta_field_not_found', /0000/],
    ['DELETE of a field', () => http.delete('/api/meta/fields/not-a-uuid'), 'meta_field_not_found', /not-a-uuid/],
    ['unknown route', () => http.get('/api/meta/nothing/here/at/all'), 'route_not_found', /nothing/],
  ])('answers 404: %s', async (_title, request, code, detail) => {
    const answer = await request();

    expect(answer).toMatchObject(problem(404, code, detail));
  });

  it('names the path of a mistyped property of the second model', async () => {
    const answer = await http.post('/api/meta/models', [{ name: 'Fine' }, { name: 'Wrong', admin: 'yes' }]);

    expect(answer).toMatchObject(problemAt(400, 'validation_failed', '1.admin', /admin/));
    expect(await snapshot(server.database)).toEqual(before);
  });
});
