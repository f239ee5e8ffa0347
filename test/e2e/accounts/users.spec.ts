import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  createGroup,
  createKey,
  createPerson,
  createSignedIn,
  createUser,
  type ListBody,
  newEmail,
  OTHER_PASSWORD,
  PASSWORD,
  type UserBody,
  whoIs,
} from '../../fixtures/accounts/people.js';
import { invalidToken, problem, problemAt, refusal } from '../../fixtures/accounts/problems.js';
import { openShop } from '../../fixtures/access/shop.js';
import { type AccountsServer, startAccountsServer } from '../../support/accounts-server.js';
import { logIn } from '../../support/signed-in.js';

const MOMENT = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
const USERS = '/api/meta/users';

describe('users', () => {
  let server: AccountsServer;

  const users = (query = '') => server.admin.get<ListBody<UserBody>>(`${USERS}${query}`);

  beforeAll(async () => {
    server = await startAccountsServer();
    await openShop(server.admin);
  });
  afterAll(() => server?.close());

  it('are created with what they are and may, and shown without their password', async () => {
    const group = await createGroup(server.admin, { name: 'clerks' });
    const permission = { model: 'shop.Product', action: 'view' };

    const answer = await server.admin.post(USERS, {
      email: 'Ann@Example.com',
      name: 'Ann',
      password: PASSWORD,
      groups: ['clerks'],
      permissions: [permission],
    });

    expect(answer).toMatchObject({ status: 201 });
    expect(answer.body).toEqual({
      id: expect.anything(),
      email: expect.stringMatching(/^ann@example\.com$/i),
      name: 'Ann',
      isActive: true,
      isSuperuser: false,
      groups: [group.id],
      permissions: [expect.objectContaining({ ...permission, modelId: expect.any(String) })],
      createdAt: MOMENT,
      lastLoginAt: null,
    });
    expect(await server.admin.get(`${USERS}/ann@example.com`)).toMatchObject({ status: 200, body: answer.body });
  });

  it('need nothing but an address, and then may nothing and cannot log in', async () => {
    const email = newEmail('bare');

    const answer = await server.admin.post(USERS, { email });

    expect(answer).toMatchObject({
      status: 201,
      body: { email, isActive: true, isSuperuser: false, groups: [], permissions: [] },
    });
    expect(await logIn(server.url, { email, password: '' })).toMatchObject({ status: 401 });
    expect(await whoIs(server.bearer((await createKey(server.admin, email)).key))).toBe(email);
  });

  it('are found by id, by address in any case, and not by anything else', async () => {
    const user = await createUser(server.admin, { email: 'Found@Example.com' });

    const found = await Promise.all(
      [user.id, 'Found@Example.com', 'FOUND@EXAMPLE.COM', 'found%40example.com'].map((id) =>
        server.admin.get<UserBody>(`${USERS}/${id}`),
      ),
    );
    const missing = await Promise.all(
      ['found', '%25', '00000000-0000-4000-8000-000000000000', '__proto__', "'", '%00'].map((id) =>
        server.admin.get(`${USERS}/${id}`),
      ),
    );

    expect(found.map(({ body }) => body.id)).toEqual(found.map(() => user.id));
    expect(missing.map(({ family }) => family)).toEqual(missing.map(() => '4xx'));
    expect(missing[2]).toMatchObject(problem(404, 'user_not_found', /00000000/));
  });

  it('are changed in what is given and stay as they are in the rest', async () => {
    const group = await createGroup(server.admin, { name: 'changers' });
    const user = await createUser(server.admin, {
      groups: [group.id],
      permissions: [{ model: 'shop.Product', action: 'view' }],
    });

    const answer = await server.admin.patch(`${USERS}/${user.id}`, { name: 'Other' });

    expect(answer).toMatchObject({ status: 200, body: { ...user, name: 'Other' } });
    expect(await logIn(server.url, { email: user.email, password: PASSWORD })).toMatchObject({ status: 200 });
  });

  it('have the permissions and groups that are given last, and no others', async () => {
    const group = await createGroup(server.admin, { name: 'lasts' });
    const user = await createUser(server.admin, {
      groups: ['lasts'],
      permissions: [
        { model: 'shop.Product', action: 'view' },
        { model: 'shop.Product', action: 'add' },
      ],
    });

    const fewer = await server.admin.patch<UserBody>(`${USERS}/${user.id}`, {
      permissions: [{ model: 'shop.Tag', action: 'view' }],
    });
    const none = await server.admin.patch<UserBody>(`${USERS}/${user.id}`, { permissions: [], groups: [] });

    expect(fewer.body).toMatchObject({ groups: [group.id], permissions: [{ model: 'shop.Tag', action: 'view' }] });
    expect(fewer.body.permissions).toHaveLength(1);
    expect(none.body).toMatchObject({ groups: [], permissions: [] });
  });

  it('are there once, whatever the case of their address', async () => {
    const user = await createUser(server.admin, { email: 'once@example.com' });
    const other = await createUser(server.admin);

    const answers = [
      await server.admin.post(USERS, { email: 'ONCE@example.com' }),
      await server.admin.patch(`${USERS}/${other.id}`, { email: 'Once@Example.com' }),
    ];
    const parallel = await Promise.all(
      Array.from({ length: 6 }, () => server.admin.post(USERS, { email: 'race@example.com' })),
    );

    expect(answers).toMatchObject(answers.map(() => problem(409, 'email_taken', /once@example\.com/i)));
    expect(parallel.map(({ status }) => status).toSorted()).toEqual([201, 409, 409, 409, 409, 409]);
    expect(await server.admin.patch(`${USERS}/${user.id}`, { email: 'Once@example.com' })).toMatchObject({
      status: 200,
    });
  });

  it('come page by page, and by address', async () => {
    const all = await users('?limit=1000');
    const first = await users('?limit=2&page=1');
    const second = await users('?limit=2&page=2');
    const one = await users('?email=ann@example.com');

    const total = all.body.data.length;
    expect(all.body.meta).toEqual({ itemsPerPage: 1000, totalItems: total, currentPage: 1, totalPages: 1 });
    expect([...first.body.data, ...second.body.data]).toEqual(all.body.data.slice(0, 4));
    expect(second.body.meta).toMatchObject({ itemsPerPage: 2, totalItems: total, currentPage: 2 });
    expect(one.body.data).toMatchObject([{ name: 'Ann' }]);
  });

  it.each([
    '?page=0',
    '?limit=0',
    '?limit=1001',
    '?page=x',
    '?order=1',
    '?email[$ne]=x',
    '?limit=1;drop',
    '?password=x',
  ])('refuse the query %s', async (query) => {
    expect(await users(query)).toMatchObject({ ...refusal, status: 400 });
  });

  it.each<[string, object, string]>([
    ['no address', {}, 'email'],
    ['an address without @', { email: 'ann' }, 'email'],
    ['an address that is an object', { email: {} }, 'email'],
    ['an address with a line break', { email: 'a@b.c\r\nbcc: x@y.z' }, 'email'],
    ['an address with NUL', { email: 'a\u0000@example.com' }, 'email'],
    ['an address of a thousand letters', { email: `${'a'.repeat(1_000)}@example.com` }, 'email'],
    ['a name that is a list', { email: 'x@example.com', name: ['x'] }, 'name'],
    ['isSuperuser as a text', { email: 'x@example.com', isSuperuser: 'false' }, 'isSuperuser'],
    ['isActive as a number', { email: 'x@example.com', isActive: 1 }, 'isActive'],
    ['an unknown group', { email: 'x@example.com', groups: ['nobody'] }, 'groups'],
    ['groups that are no list', { email: 'x@example.com', groups: 'clerks' }, 'groups'],
    ['an unknown property', { email: 'x@example.com', role: 'admin' }, 'role'],
    ['an id of its own', { email: 'x@example.com', id: '00000000-0000-4000-8000-000000000001' }, 'id'],
    ['a hash', { email: 'x@example.com', passwordHash: '$argon2id$x' }, 'passwordHash'],
    ['a last login', { email: 'x@example.com', lastLoginAt: '2001-01-01T00:00:00Z' }, 'lastLoginAt'],
  ])('are not created with %s', async (_title, body, path) => {
    const before = (await users('?limit=1000')).body;

    const answer = await server.admin.post(USERS, body);

    expect(answer).toMatchObject({ ...refusal, status: 400 });
    expect(answer.text).toContain(`"path":"${path}`);
    expect((await users('?limit=1000')).body).toEqual(before);
  });

  it('with the built-in group of everybody as one of their groups are refused', async () => {
    const answer = await server.admin.post(USERS, { email: newEmail(), groups: ['anonymous'] });

    expect(answer).toMatchObject(problem(409, 'built_in_group', /anonymous/));
  });

  it('with a weak password are refused, also later', async () => {
    const user = await createUser(server.admin);

    const answer = await server.admin.patch(`${USERS}/${user.id}`, { password: 'password1234' });

    expect(answer).toMatchObject(problemAt(400, 'weak_password', 'password', /\S/));
    expect(await logIn(server.url, { email: user.email, password: PASSWORD })).toMatchObject({ status: 200 });
  });

  it.each([
    ['disabled', (id: string) => server.admin.patch(`${USERS}/${id}`, { isActive: false })],
    ['deleted', (id: string) => server.admin.delete(`${USERS}/${id}`)],
    ['given another password', (id: string) => server.admin.patch(`${USERS}/${id}`, { password: OTHER_PASSWORD })],
  ])('82 that are %s are out at once, by session and by key', async (_title, act) => {
    const { user, browser } = await createSignedIn(server);
    const key = server.bearer((await createKey(server.admin, user.id)).key);
    const before = await Promise.all([browser, key].map(whoIs));

    const answer = await act(user.id);

    expect(before).toEqual([user.email, user.email]);
    expect(answer.family).toBe('2xx');
    expect(await whoIs(browser)).toBeNull();
    expect(await key.get('/api/auth/me')).toMatchObject(invalidToken);
    expect(await logIn(server.url, { email: user.email, password: PASSWORD })).toMatchObject({ status: 401 });
  });

  it('82 that were disabled come back without their old sessions and keys', async () => {
    const { user, browser } = await createSignedIn(server);
    const key = server.bearer((await createKey(server.admin, user.id)).key);
    await server.admin.patch(`${USERS}/${user.id}`, { isActive: false });
    await server.admin.patch(`${USERS}/${user.id}`, { isActive: true });

    expect(await whoIs(browser)).toBeNull();
    expect(await key.get('/api/auth/me')).toMatchObject(invalidToken);
    expect(await logIn(server.url, { email: user.email, password: PASSWORD })).toMatchObject({ status: 200 });
  });

  it('that are deleted are gone, and their address is free', async () => {
    const user = await createPerson(server, [{ model: 'shop.Product', action: 'view' }]);

    expect(await server.admin.delete(`${USERS}/${user.id}`)).toMatchObject({ status: 204, text: '' });
    expect(await server.admin.get(`${USERS}/${user.id}`)).toMatchObject({ status: 404 });
    expect(await createUser(server.admin, { email: user.email })).toMatchObject({ permissions: [], groups: [] });
  });
});
