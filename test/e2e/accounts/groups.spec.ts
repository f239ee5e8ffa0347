import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  createGroup,
  createPerson,
  createUser,
  type GroupBody,
  type ListBody,
  type UserBody,
} from '../../fixtures/accounts/people.js';
import { forbidden, problem, refusal } from '../../fixtures/accounts/problems.js';
import { openShop } from '../../fixtures/access/shop.js';
import { type AccountsServer, startAccountsServer } from '../../support/accounts-server.js';

const GROUPS = '/api/meta/groups';
const VIEW = { model: 'shop.Product', action: 'view' };
const CHANGE = { model: 'shop.Product', action: 'change' };

describe('groups', () => {
  let server: AccountsServer;

  const groups = () => server.admin.get<ListBody<GroupBody>>(GROUPS);

  beforeAll(async () => {
    server = await startAccountsServer();
    await openShop(server.admin);
  });
  afterAll(() => server?.close());

  it('are created with what their members may', async () => {
    const answer = await server.admin.post(GROUPS, { name: 'Clerks', permissions: [VIEW] });

    expect(answer).toMatchObject({ status: 201 });
    expect(answer.body).toEqual({
      id: expect.anything(),
      name: 'Clerks',
      isActive: true,
      isAnonymous: false,
      permissions: [expect.objectContaining({ ...VIEW, modelId: expect.any(String) })],
      userCount: 0,
    });
    expect(await server.admin.get(`${GROUPS}/Clerks`)).toMatchObject({ status: 200, body: answer.body });
  });

  it('give their members what they may, until they lose it', async () => {
    const group = await createGroup(server.admin, { name: 'givers', permissions: [VIEW] });
    const ann = await createPerson(server, [], { groups: ['givers'] });
    const member = await ann.http.get('/api/shop/product');
    const counted = await server.admin.get(`${GROUPS}/${group.id}`);
    await server.admin.patch(`/api/meta/users/${ann.id}`, { groups: [] });

    expect(member).toMatchObject({ status: 200 });
    expect(counted).toMatchObject({ body: { userCount: 1 } });
    expect(await ann.http.get('/api/shop/product')).toMatchObject(forbidden);
  });

  it('add up with what their members may themselves', async () => {
    await createGroup(server.admin, { name: 'viewers', permissions: [VIEW] });
    await createGroup(server.admin, { name: 'changers', permissions: [CHANGE] });
    const ann = await createPerson(server, [{ model: 'shop.Tag', action: 'view' }], {
      groups: ['viewers', 'changers'],
    });

    expect(await ann.http.get('/api/shop/product')).toMatchObject({ status: 200 });
    expect(await ann.http.patch('/api/shop/product/1', { stock: 6 })).toMatchObject({ status: 200 });
    expect(await ann.http.get('/api/shop/tag')).toMatchObject({ status: 200 });
    expect(await ann.http.delete('/api/shop/product/1')).toMatchObject(forbidden);
  });

  it.each([
    ['what they may', { permissions: [] }],
    ['that they count', { isActive: false }],
  ])('lose %s for all members at once', async (title, change) => {
    const group = await createGroup(server.admin, { name: `losers ${title}`, permissions: [VIEW] });
    const ann = await createPerson(server, [], { groups: [group.id] });
    const before = await ann.http.get('/api/shop/product');

    await server.admin.patch(`${GROUPS}/${group.id}`, change);

    expect(before).toMatchObject({ status: 200 });
    expect(await ann.http.get('/api/shop/product')).toMatchObject(forbidden);
  });

  it('that are deleted leave their members without them', async () => {
    const group = await createGroup(server.admin, { name: 'gone', permissions: [VIEW] });
    const ann = await createPerson(server, [], { groups: ['gone'] });

    expect(await server.admin.delete(`${GROUPS}/gone`)).toMatchObject({ status: 204, text: '' });
    expect(await ann.http.get('/api/shop/product')).toMatchObject(forbidden);
    expect(await server.admin.get(`/api/meta/users/${ann.id}`)).toMatchObject({ body: { groups: [] } });
    expect(await server.admin.get(`${GROUPS}/${group.id}`)).toMatchObject(problem(404, 'group_not_found', /\S/));
    await createGroup(server.admin, { name: 'gone', permissions: [VIEW] });
    expect(await ann.http.get('/api/shop/product')).toMatchObject(forbidden);
  });

  it('keep their members under another name', async () => {
    const group = await createGroup(server.admin, { name: 'before', permissions: [VIEW] });
    const ann = await createPerson(server, [], { groups: ['before'] });

    expect(await server.admin.patch(`${GROUPS}/before`, { name: 'after' })).toMatchObject({
      status: 200,
      body: { id: group.id, name: 'after', userCount: 1 },
    });
    expect(await ann.http.get('/api/shop/product')).toMatchObject({ status: 200 });
  });

  it('have names of their own', async () => {
    await createGroup(server.admin, { name: 'taken' });
    await createGroup(server.admin, { name: 'free' });

    const answers = [
      await server.admin.post(GROUPS, { name: 'taken' }),
      await server.admin.patch(`${GROUPS}/free`, { name: 'taken' }),
      await server.admin.post(GROUPS, { name: 'anonymous' }),
    ];
    const parallel = await Promise.all(Array.from({ length: 5 }, () => server.admin.post(GROUPS, { name: 'race' })));

    expect(answers).toMatchObject(answers.map(() => problem(409, 'name_taken', /taken|anonymous/)));
    expect(parallel.map(({ status }) => status).toSorted()).toEqual([201, 409, 409, 409, 409]);
  });

  it('are listed with the one of everybody', async () => {
    const { body } = await groups();

    expect(body.data.map(({ name }) => name)).toEqual(expect.arrayContaining(['anonymous', 'Clerks']));
  });

  it.each([
    ['no name', {}],
    ['an empty name', { name: ' ' }],
    ['a name that is an object', { name: {} }],
    ['a name with NUL', { name: 'a\u0000b' }],
    ['a name of a thousand letters', { name: 'a'.repeat(1_000) }],
    ['the mark of the built-in one', { name: 'x', isAnonymous: true }],
    ['members', { name: 'x', users: [1] }],
    ['the right to be a superuser', { name: 'x', isSuperuser: true }],
  ])('are not created with %s', async (_title, body) => {
    const before = (await groups()).body;

    const answer = await server.admin.post(GROUPS, body);

    expect(answer).toMatchObject({ ...refusal, status: 400 });
    expect((await groups()).body).toEqual(before);
  });
});

describe('the group of everybody', () => {
  let server: AccountsServer;
  const ANONYMOUS = `${GROUPS}/anonymous`;

  beforeAll(async () => {
    server = await startAccountsServer();
    await openShop(server.admin);
  });
  afterAll(() => server?.close());

  it('is always there, and switched off', async () => {
    expect(await server.admin.get(ANONYMOUS)).toMatchObject({
      status: 200,
      body: { name: 'anonymous', isActive: false, isAnonymous: true, permissions: [], userCount: 0 },
    });
  });

  it.each([
    ['another name', { name: 'public' }],
    ['another nature', { isAnonymous: false }],
  ])('is not given %s', async (_title, change) => {
    expect(await server.admin.patch(ANONYMOUS, change)).toMatchObject({ ...refusal });
    expect(await server.admin.get(ANONYMOUS)).toMatchObject({ body: { name: 'anonymous', isAnonymous: true } });
  });

  it('is not renamed, deleted or joined', async () => {
    const user = await createUser(server.admin);

    const answers = [
      await server.admin.patch(ANONYMOUS, { name: 'public' }),
      await server.admin.delete(ANONYMOUS),
      await server.admin.patch<UserBody>(`/api/meta/users/${user.id}`, { groups: ['anonymous'] }),
    ];

    expect(answers).toMatchObject(answers.map(() => problem(409, 'built_in_group', /anonymous/)));
    expect(await server.admin.get(ANONYMOUS)).toMatchObject({ status: 200 });
  });

  it.each([{ ...VIEW, action: 'change' }, { ...VIEW, action: 'delete' }, { action: 'schema' }])(
    'is not given the right to %j',
    async (permission) => {
      const answer = await server.admin.patch(ANONYMOUS, { permissions: [permission] });

      expect(answer).toMatchObject(refusal);
      expect(await server.admin.get(ANONYMOUS)).toMatchObject({ body: { permissions: [] } });
    },
  );
});
