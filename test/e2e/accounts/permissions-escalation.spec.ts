import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  createGroup,
  createKey,
  createPerson,
  createSignedIn,
  createUser,
  type Person,
  whoIs,
} from '../../fixtures/accounts/people.js';
import { forbidden, harmless, problem, refusal, unknown } from '../../fixtures/accounts/problems.js';
import { openShop } from '../../fixtures/access/shop.js';
import { type AccountsServer, startAccountsServer } from '../../support/accounts-server.js';
import { everyRow } from '../../support/accounts-tables.js';

const USERS = 'dynamo."user"';
const EVERYTHING = ['view', 'add', 'change', 'delete'].map((action) => ({ model: 'shop.Product', action }));

/** Requests that only superusers may send, with bodies that would do what they say; SELF is whoever sends them. */
const SUPERUSERS_ONLY: readonly (readonly [string, string, string])[] = [
  ['GET', '/api/meta/users', ''],
  ['GET', '/api/meta/users/SELF', ''],
  ['POST', '/api/meta/users', '{"email":"mine@example.com","isSuperuser":true}'],
  ['PATCH', '/api/meta/users/SELF', '{"isSuperuser":true}'],
  ['PATCH', '/api/meta/users/SELF', '{"permissions":[{"model":"shop.Product","action":"view"}]}'],
  ['PATCH', '/api/meta/users/SELF', '{"groups":["strong"]}'],
  ['PATCH', '/api/meta/users/SELF', '{"name":"Me"}'],
  ['PATCH', '/api/meta/users/victim@example.com', '{"password":"quiet-harbour-mosaic-71"}'],
  ['DELETE', '/api/meta/users/victim@example.com', ''],
  ['GET', '/api/meta/groups', ''],
  ['GET', '/api/meta/groups/strong', ''],
  ['POST', '/api/meta/groups', '{"name":"mine","permissions":[{"action":"schema"}]}'],
  ['PATCH', '/api/meta/groups/weak', '{"permissions":[{"model":"shop.Product","action":"view"}]}'],
  ['PATCH', '/api/meta/groups/anonymous', '{"isActive":true}'],
  ['DELETE', '/api/meta/groups/strong', ''],
  ['GET', '/api/meta/permissions', ''],
  ['GET', '/api/meta/keys', ''],
  ['POST', '/api/meta/keys', '{"user":"victim@example.com","name":"mine"}'],
  ['DELETE', '/api/meta/keys/VICTIMKEY', ''],
  ['GET', '/api/meta/audit', ''],
  ['GET', '/api/meta/audited-models', ''],
  ['PUT', '/api/meta/audited-models/shop.Product', '{}'],
  ['DELETE', '/api/meta/audited-models/shop.Tag', ''],
];

describe('somebody who is no superuser', () => {
  let server: AccountsServer;
  let victimKey = '';

  beforeAll(async () => {
    server = await startAccountsServer();
    await openShop(server.admin);
    await server.admin.put('/api/meta/audited-models/shop.Tag');
    await createGroup(server.admin, { name: 'strong', permissions: EVERYTHING });
    await createGroup(server.admin, { name: 'weak' });
    const victim = await createUser(server.admin, { email: 'victim@example.com', isSuperuser: true });
    victimKey = (await createKey(server.admin, victim.id)).id;
  });
  afterAll(() => server?.close());

  it.each([
    ['may do nothing', []],
    ['may do everything with records', EVERYTHING],
    ['may edit the schema', [{ action: 'schema' }]],
    ['may do both', [...EVERYTHING, { action: 'schema' }]],
  ])('and %s changes and sees nothing of accounts', async (_title, permissions) => {
    const ann = await createPerson(server, permissions, { groups: ['weak'] });
    const before = await everyRow(server.database);
    const answers = [];

    for (const [method, path, text] of SUPERUSERS_ONLY)
      answers.push(await ann.http.send(method, path.replace('SELF', ann.id).replace('VICTIMKEY', victimKey), text));

    expect(answers).toMatchObject(answers.map(() => forbidden));
    expect(await everyRow(server.database)).toEqual(before);
  });

  it('and is nobody changes and sees nothing of accounts', async () => {
    const answers = [];

    for (const [method, path, text] of SUPERUSERS_ONLY)
      answers.push(await server.anonymous.send(method, path.replace('VICTIMKEY', victimKey), text));

    expect(answers).toMatchObject(answers.map(() => unknown));
  });
});

describe('somebody who may edit the schema and nothing else', () => {
  let server: AccountsServer;
  let editor: Person;

  beforeAll(async () => {
    server = await startAccountsServer();
    await openShop(server.admin);
  });
  afterAll(() => server?.close());
  beforeEach(async () => {
    editor = await createPerson(server, [{ action: 'schema' }]);
  });

  it('sees and changes models and fields', async () => {
    const name = `Made${editor.id.replace(/\W/g, '').slice(0, 8)}`;

    expect(await editor.http.get('/api/meta/models')).toMatchObject({ status: 200 });
    expect(await editor.http.post('/api/meta/models', { app: 'made', name, fields: [] })).toMatchObject({
      status: 201,
    });
    expect(await editor.http.patch(`/api/meta/models/made.${name}`, { verboseName: 'x' })).toMatchObject({
      status: 200,
    });
    expect(await editor.http.get('/api/auth/me')).toMatchObject({ body: { maySchema: true, isSuperuser: false } });
  });

  it('sees and changes no records, not even of models that they have made', async () => {
    const name = `Own${editor.id.replace(/\W/g, '').slice(0, 8)}`;
    await editor.http.post('/api/meta/models', { app: 'made', name, fields: [{ name: 'a', type: 'char' }] });

    const answers = [
      await editor.http.get(`/api/made/${name}`),
      await editor.http.post(`/api/made/${name}`, { a: 'x' }),
      await editor.http.get('/api/shop/product'),
      await editor.http.get('/api/shop/product/export'),
      await editor.http.delete('/api/shop/product/1'),
    ];

    expect(answers).toMatchObject(answers.map(() => forbidden));
  });

  it.each([
    ['a type that values do not fit', '/api/meta/fields/shop.Product.title', { type: 'integer' }],
    ['a field that must be unique', '/api/meta/fields/shop.Note.words', { unique: true }],
    [
      'a plan of it',
      '/api/meta/plan',
      { action: 'update_field', field: 'shop.Product.title', values: { type: 'integer' } },
    ],
  ])('reads no values out of what stands in the way of %s', async (title, path, body) => {
    await server.admin.post('/api/shop/note', [{ words: 'stolen' }, { words: 'stolen' }]);

    const answer = await (title.startsWith('a plan') ? editor.http.post(path, body) : editor.http.patch(path, body));

    expect(answer).toMatchObject(harmless);
    expect(answer.text).not.toMatch(/Chair|Ghost|stolen|scratched/);
  });

  it('opens no table of accounts as a model, and takes none over by its name', async () => {
    const before = await everyRow(server.database);
    const attempts = [
      { app: 'dynamo', name: 'User', fields: [{ name: 'email', type: 'char' }] },
      { app: 'dynamo', name: 'session', fields: [] },
      { app: 'auth', name: 'User', fields: [] },
      { app: 'auth', name: 'Keys', fields: [] },
      { app: 'meta', name: 'Users', fields: [] },
      { app: 'meta', name: 'Audit', fields: [] },
      { app: 'setup', name: 'Page', fields: [] },
    ];

    const answers = [];
    for (const model of attempts) answers.push(await editor.http.post('/api/meta/models', model));

    expect(answers.slice(2, 6)).toMatchObject(answers.slice(2, 6).map(() => refusal));
    expect(answers.map(({ family }) => family)).not.toContain('5xx');
    expect((await everyRow(server.database))[USERS]).toEqual(before[USERS]);
  });

  it('reaches no account over a relation', async () => {
    const answers = await Promise.all(
      [
        'User',
        'user',
        'dynamo.permission',
        'dynamo.api_key',
        'accounts.User',
        'AccountUser',
        'Session',
        'ApiKey',
        'Account',
      ].map((relatedModel, at) =>
        editor.http.post('/api/meta/models', {
          app: 'made',
          name: `Spy${at}${editor.id.replace(/\W/g, '').slice(0, 8)}`,
          fields: [{ name: 'user', type: 'foreign_key', relatedModel }],
        }),
      ),
    );

    expect(answers.map(({ family }) => family)).toEqual(answers.map(() => '4xx'));
  });
});

describe('the last superuser', () => {
  it.each([
    ['deleted', 'DELETE', ''],
    ['disabled', 'PATCH', '{"isActive":false}'],
    ['demoted', 'PATCH', '{"isSuperuser":false}'],
  ])('is not %s, also not where two go at the same time', async (_title, method, text) => {
    const server = await startAccountsServer();
    const [one, two] = [
      await createSignedIn(server, { isSuperuser: true }),
      await createUser(server.admin, { isSuperuser: true }),
    ];
    await createUser(server.admin, { isSuperuser: true, isActive: false });
    const act = (id: string) => server.admin.send(method, `/api/meta/users/${id}`, text);

    const parallel = await Promise.all([act(one.user.id), act(two.id)]);
    const left = parallel[0]?.family === '2xx' ? two : one.user;
    const last = await act(left.id);
    await server.close();

    expect(parallel.map(({ family }) => family).toSorted()).toEqual(['2xx', '4xx']);
    expect(last).toMatchObject(problem(409, 'last_superuser', /superuser/i));
  });

  it('goes on to be one after each of the refusals', async () => {
    const server = await startAccountsServer();
    const { user, browser } = await createSignedIn(server, { isSuperuser: true });

    const answer = await browser.patch(`/api/meta/users/${user.id}`, { isActive: false });
    const who = await whoIs(browser);
    const users = await browser.get('/api/meta/users');
    await server.close();

    expect(answer).toMatchObject(problem(409, 'last_superuser', /superuser/i));
    expect([who, users.status]).toEqual([user.email, 200]);
  });
});
