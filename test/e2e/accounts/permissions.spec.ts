import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createGroup, createPerson, createUser, type ListBody, type UserBody } from '../../fixtures/accounts/people.js';
import { forbidden, problem, refusal, unknown } from '../../fixtures/accounts/problems.js';
import { openShop } from '../../fixtures/access/shop.js';
import { type AccountsServer, startAccountsServer } from '../../support/accounts-server.js';
import type { ModelBody } from '../../support/http.js';

const PRODUCT = { model: 'shop.Product' };
const VIEW = { ...PRODUCT, action: 'view' };

/** What can be done with records, each by a request that somebody with every right could send. */
const REQUESTS: readonly (readonly [string, string, string, string])[] = [
  ['view', 'GET', '/api/shop/product', ''],
  ['view', 'GET', '/api/shop/product/1', ''],
  ['view', 'GET', '/api/shop/product/export', ''],
  ['view', 'POST', '/api/shop/product/query', '{}'],
  ['add', 'POST', '/api/shop/product', '{"title":"New"}'],
  ['add', 'POST', '/api/shop/product/import', '[{"title":"New"}]'],
  ['change', 'PATCH', '/api/shop/product/2', '{"stock":1}'],
  ['change', 'PUT', '/api/shop/product/2', '{"title":"Table"}'],
  ['change', 'PATCH', '/api/shop/product?filter.id=2', '{"stock":1}'],
  ['delete', 'DELETE', '/api/shop/product/4', ''],
  ['delete', 'DELETE', '/api/shop/product?filter.id=4', ''],
];

/** Permissions that nobody can have, with the path of what is wrong. */
const WRONG: readonly (readonly [string, unknown, string])[] = [
  ['an unknown model', { model: 'shop.None', action: 'view' }, 'permissions.0.model'],
  ['no model', { action: 'view' }, 'permissions.0.model'],
  ['a model that is an object', { model: { $ne: null }, action: 'view' }, 'permissions.0.model'],
  ['a table', { model: 'shop_product', action: 'view' }, 'permissions.0.model'],
  ['a table of accounts', { model: 'dynamo.user', action: 'view' }, 'permissions.0.model'],
  ['a word of JavaScript', { model: '__proto__', action: 'view' }, 'permissions.0.model'],
  ['an unknown action', { ...PRODUCT, action: 'own' }, 'permissions.0.action'],
  ['every action', { ...PRODUCT, action: '*' }, 'permissions.0.action'],
  ['no action', PRODUCT, 'permissions.0.action'],
  ['the schema of one model', { ...PRODUCT, action: 'schema' }, 'permissions.0'],
  ['the schema with a rule', { action: 'schema', where: { id: 1 } }, 'permissions.0'],
  ['an unknown field', { ...VIEW, fields: ['title', 'colour'] }, 'permissions.0.fields'],
  ['fields that are no list', { ...VIEW, fields: 'title' }, 'permissions.0.fields'],
  ['the column of a field', { ...VIEW, fields: ['category_id'] }, 'permissions.0.fields'],
  ['a rule about an unknown field', { ...VIEW, where: { colour: 'red' } }, 'permissions.0.where'],
  ['a rule with an unknown operator', { ...VIEW, where: { title: { $regex: '.' } } }, 'permissions.0.where'],
  ['a rule with a wrong value', { ...VIEW, where: { stock: { $eq: 'many' } } }, 'permissions.0.where'],
  ['a rule with SQL', { ...VIEW, where: { 'title"; DROP TABLE canary;--': 1 } }, 'permissions.0.where'],
  ['a rule that is a text', { ...VIEW, where: 'title=1' }, 'permissions.0.where'],
  ['a rule that is null', { ...VIEW, where: null }, 'permissions.0.where'],
  ['fields that are null', { ...VIEW, fields: null }, 'permissions.0.fields'],
  ['a rule that is a list', { ...VIEW, where: [{ title: 'x' }] }, 'permissions.0.where'],
  ['a rule with an unknown word', { ...VIEW, where: { title: '$user.password' } }, 'permissions.0.where'],
  ['a property that nobody knows', { ...VIEW, condition: true }, 'permissions.0'],
  ['a text', 'shop.Product.view', 'permissions'],
  ['null', null, 'permissions'],
];

function deep(levels: number): object {
  return levels === 0 ? { stock: 1 } : { $not: deep(levels - 1) };
}

describe('permissions', () => {
  let server: AccountsServer;

  beforeAll(async () => {
    server = await startAccountsServer();
    await openShop(server.admin);
  });
  afterAll(() => server?.close());

  it('to a new model nobody has but superusers', async () => {
    const everything = ['view', 'add', 'change', 'delete'].map((action) => ({ ...PRODUCT, action }));
    const ann = await createPerson(server, [...everything, { action: 'schema' }]);
    const root = await createPerson(server, [], { isSuperuser: true });
    await server.admin.post('/api/meta/models', { app: 'shop', name: 'Fresh', fields: [] });

    expect(await server.anonymous.get('/api/shop/fresh')).toMatchObject(unknown);
    expect(await ann.http.get('/api/shop/fresh')).toMatchObject(forbidden);
    expect(await ann.http.post('/api/shop/fresh', {})).toMatchObject(forbidden);
    expect(await root.http.post('/api/shop/fresh', {})).toMatchObject({ status: 201 });
  });

  it.each(['view', 'add', 'change', 'delete'])('to %s let through that and nothing else', async (action) => {
    const ann = await createPerson(server, [{ ...PRODUCT, action }]);
    const send = ([, method, path, text]: (typeof REQUESTS)[number]) => ann.http.send(method, path, text);

    const others = [];
    for (const request of REQUESTS.filter(([needed]) => needed !== action)) others.push(await send(request));
    const own = [];
    for (const request of REQUESTS.filter(([needed]) => needed === action)) own.push(await send(request));
    await server.admin.post('/api/shop/product', { id: 4, title: 'Lamp', code: 'l', stock: 9 });

    expect(others).toMatchObject(others.map(() => forbidden));
    expect(own.map(({ status }) => status)).not.toContain(401);
    expect(own.map(({ status }) => status)).not.toContain(403);
  });

  it('are all there to be given, with Django’s code names', async () => {
    const { body } = await server.admin.get<ListBody<object>>('/api/meta/permissions');
    const { body: model } = await server.admin.get<ModelBody>('/api/meta/models/shop.Product');

    const of = (action: string) => ({
      model: 'shop.Product',
      modelId: model.id,
      action,
      codename: `${action}_product`,
      name: `Can ${action} Product`,
    });
    const products = body.data.filter((each) => 'model' in each && each.model === 'shop.Product');
    expect(products).toEqual(['view', 'add', 'change', 'delete'].map(of));
    expect(body.data).toContainEqual(expect.objectContaining({ action: 'schema' }));
  });

  it('come and go with the model in that list', async () => {
    const names = async () => (await server.admin.get('/api/meta/permissions')).text;
    await server.admin.post('/api/meta/models', { app: 'brief', name: 'Thing', fields: [] });
    const during = await names();
    await server.admin.delete('/api/meta/models/brief.Thing');

    expect(during).toContain('view_thing');
    expect(await names()).not.toContain('view_thing');
  });

  it.each(WRONG)('are not given with %s, to users or groups', async (_title, permission, path) => {
    const user = await createUser(server.admin, { permissions: [VIEW] });
    const group = await createGroup(server.admin, { name: `group of ${user.id}`, permissions: [VIEW] });

    const answers = [
      await server.admin.patch(`/api/meta/users/${user.id}`, { permissions: [permission] }),
      await server.admin.patch(`/api/meta/groups/${group.id}`, { permissions: [permission] }),
      await server.admin.post('/api/meta/users', { email: 'wrong@example.com', permissions: [permission] }),
      await server.admin.post('/api/meta/groups', { name: 'wrong', permissions: [permission] }),
    ];

    expect(answers).toMatchObject(answers.map(() => ({ ...refusal, status: 400 })));
    expect(answers.map(({ text }) => text.includes(`"path":"${path}`))).toEqual(answers.map(() => true));
    const kept = await server.admin.get<UserBody>(`/api/meta/users/${user.id}`);
    expect(kept.body.permissions).toEqual(user.permissions);
  });

  it('are not given with a rule that nobody could follow', async () => {
    const answer = await server.admin.post('/api/meta/groups', {
      name: 'deep',
      permissions: [{ ...VIEW, where: deep(100) }],
    });

    expect(answer).toMatchObject({ ...refusal, status: 400 });
  });

  it('are given once for each model and action', async () => {
    const user = await createUser(server.admin);

    const answer = await server.admin.patch(`/api/meta/users/${user.id}`, {
      permissions: [VIEW, { ...VIEW, fields: ['title'] }],
    });

    expect(answer).toMatchObject({ ...refusal, status: 400 });
    expect(answer.text).toContain('"path":"permissions.1');
  });

  it('are found by the name of the model in any case, and answered as it is written', async () => {
    const user = await createUser(server.admin, {
      permissions: [{ ...VIEW, model: 'SHOP.pro_duct' }],
    });

    expect(user.permissions).toMatchObject([VIEW]);
  });

  it('of whoever asks are shown to them, from wherever they have them', async () => {
    const group = await createGroup(server.admin, { name: 'mine', permissions: [VIEW] });
    const ann = await createPerson(
      server,
      [{ ...PRODUCT, action: 'change', fields: ['stock'], where: { hidden: { $eq: false } } }],
      { groups: [group.id] },
    );

    const { body } = await ann.http.get<{ permissions: object[] }>('/api/auth/me');

    const modelId = expect.any(String);
    expect(body.permissions).toHaveLength(2);
    expect(body.permissions).toEqual(
      expect.arrayContaining([
        { ...VIEW, modelId },
        { ...PRODUCT, modelId, action: 'change', fields: ['stock'], where: { hidden: { $eq: false } } },
      ]),
    );
  });

  it('that are refused say the same of a model that there is not', async () => {
    const ann = await createPerson(server, []);

    const [there, none] = await Promise.all(['product', 'nothing'].map((name) => ann.http.get(`/api/shop/${name}`)));

    expect([there, none]).toMatchObject([problem(403, 'forbidden', /\S/), problem(403, 'forbidden', /\S/)]);
    const said = [there, none].map((answer) =>
      answer?.text.replace(/"requestId":"[^"]*"/, '').replaceAll(/nothing|product/gi, ''),
    );
    expect(said[0]).toBe(said[1]);
  });
});
