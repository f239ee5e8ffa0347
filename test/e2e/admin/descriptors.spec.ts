import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { as, type Rules, startShop } from '../../fixtures/access/policy.js';
import { defineModel } from '../../fixtures/arrange.js';
import { httpClient } from '../../support/http.js';
import type { TestServer } from '../../support/server.js';

interface Permissions {
  readonly view: boolean;
  readonly add: boolean;
  readonly change: boolean;
}
interface Listed {
  readonly maySchema: boolean;
  readonly models: readonly { readonly name: string; readonly path: string; readonly permissions: object }[];
}
interface Described {
  readonly id: string;
  readonly display: string | null;
  readonly keys: readonly (readonly string[])[];
  readonly fields: readonly {
    readonly name: string;
    readonly permissions: Permissions;
    readonly relation: object | null;
    readonly isInverse: boolean;
    readonly inverseOf: string | null;
  }[];
}

const RULES: Rules = {
  reader: { 'shop.Product': { view: { fields: ['title', 'category', 'tags'] } }, 'shop.Tag': { view: true } },
  writer: { 'shop.Note': { add: true }, 'shop.Product': { view: true, change: { fields: ['stock'] } } },
  editor: { schema: true },
};

let server: TestServer;

beforeAll(async () => {
  server = await startShop(RULES);
  await defineModel(as(server, 'admin'), { app: 'shop', name: 'Hidden', admin: false, fields: [] });
});
afterAll(async () => {
  await server?.close();
});

const list = async (user: string) => (await as(server, user).get<Listed>('/api/meta/admin')).body;
const product = async (user: string) => (await as(server, user).get<Described>('/api/meta/admin/shop.product')).body;
const namesOf = ({ fields }: Described) => fields.map(({ name }) => name);
const permissionsOf = ({ fields }: Described) =>
  Object.fromEntries(fields.map(({ name, permissions }) => [name, permissions]));
const relationsOf = ({ fields }: Described) =>
  Object.fromEntries(fields.flatMap(({ name, relation }) => (relation === null ? [] : [[name, relation]])));

const ALL = { view: true, add: true, change: true, delete: true };
const NONE = { view: false, add: false, change: false, delete: false };

describe('the list of models for the admin', () => {
  it('has every model with an admin for whoever may do everything', async () => {
    const { maySchema, models } = await list('admin');

    expect(maySchema).toBe(true);
    expect(models.map(({ name }) => name)).toEqual(['Category', 'Note', 'Product', 'Sheet', 'Tag']);
    expect(models[2]).toMatchObject({
      app: 'shop',
      name: 'Product',
      path: 'shop/product',
      verboseName: 'Product',
      permissions: ALL,
    });
  });

  it('has only what the caller may do something with, and says what', async () => {
    const { maySchema, models } = await list('writer');

    expect(maySchema).toBe(false);
    expect(models).toMatchObject([
      { name: 'Note', permissions: { ...NONE, add: true } },
      { name: 'Product', permissions: { ...NONE, view: true, change: true } },
    ]);
  });

  it('tells who may change models and who has no rights to records', async () => {
    expect(await list('editor')).toEqual({ maySchema: true, models: [] });
    expect((await httpClient(server.url).get('/api/meta/admin')).body).toEqual({ maySchema: false, models: [] });
  });

  it('is not sent again to whoever has it, and is when a model changes', async () => {
    const first = await as(server, 'admin').get('/api/meta/admin');
    const headers = { 'x-user': 'admin', 'if-none-match': first.headers.get('etag') ?? '' };
    const again = await httpClient(server.url, headers).get('/api/meta/admin');
    await defineModel(as(server, 'admin'), { app: 'blog', name: 'Post', fields: [] });
    const changed = await httpClient(server.url, headers).get<Listed>('/api/meta/admin');

    expect([first.status, again.status, again.text]).toEqual([200, 304, '']);
    expect(changed.status).toBe(200);
    expect(changed.body.models[0]).toMatchObject({ name: 'Post', path: 'blog/post' });
    expect(first.headers.get('cache-control')).toBe('private, no-cache');
  });

  it('goes out compressed to whoever takes that, and says the same', async () => {
    const fields = Array.from({ length: 10 }, (_, place) => ({ name: `field${place}`, type: 'char' }));
    await defineModel(as(server, 'admin'), { app: 'wide', name: 'Sheet', fields });
    const get = (encoding: string) =>
      httpClient(server.url, { 'x-user': 'admin', 'accept-encoding': encoding }).get('/api/meta/admin/wide.Sheet');
    const [packed, plain] = [await get('gzip'), await get('identity')];

    expect([packed, plain].map(({ headers }) => headers.get('content-encoding'))).toEqual(['gzip', null]);
    expect(packed.headers.get('vary')).toContain('Accept-Encoding');
    expect(packed.body).toEqual(plain.body);
  });
});

describe('a model for the admin', () => {
  it('says all that is needed to show and ask for its fields', async () => {
    const { id } = await defineModel(as(server, 'admin'), {
      app: 'kinds',
      name: 'Sample',
      fields: [
        {
          name: 'label',
          type: 'char',
          required: true,
          verboseName: 'Name',
          help: 'As on the box',
          options: { maxLength: 9 },
          uniqueTogether: 'box',
        },
        { name: 'color', type: 'char', choices: [['r', 'Red']], default: 'r' },
        { name: 'sizes', type: 'multiple_choice', choices: ['1', '2'] },
        { name: 'made', type: 'date', required: true, default: 'now', uniqueTogether: 'box' },
        { name: 'saved', type: 'date_time', options: { autoNow: true } },
        { name: 'number', type: 'auto' },
        { name: 'code', type: 'slug', unique: true },
      ],
    });

    const { body } = await as(server, 'admin').get<Described>(`/api/meta/admin/${id}`);

    const [both, none] = [
      { view: true, add: true, change: true },
      { view: true, add: false, change: false },
    ];
    expect(body).toMatchObject({ id, path: 'kinds/sample', key: 'number', display: 'label', permissions: ALL });
    expect(body.keys).toEqual([['id'], ['code'], ['label', 'made']]);
    expect(body.fields).toMatchObject([
      {
        name: 'label',
        verboseName: 'Name',
        help: 'As on the box',
        type: 'char',
        kind: 'text',
        widget: 'text',
        required: true,
        hasDefault: false,
        schema: { type: 'string', maxLength: 9 },
        operators: expect.arrayContaining(['$eq', '$contains']),
        relation: null,
        permissions: both,
      },
      { name: 'color', widget: 'select', choices: [{ value: 'r', label: 'Red' }], default: 'r', hasDefault: true },
      { name: 'sizes', widget: 'select_many', kind: 'choices' },
      { name: 'made', widget: 'date', required: true, hasDefault: true, default: null },
      { name: 'saved', widget: 'date_time', hasDefault: true, permissions: none },
      { name: 'number', required: true, hasDefault: true, default: null, permissions: both },
      { name: 'code', unique: true },
    ]);
  });

  it('says where relations lead, and which point to it', async () => {
    const described = await product('admin');

    expect(relationsOf(described)).toEqual({
      category: { model: 'shop.Category', path: 'shop/category', display: 'name', isMany: false, key: 'number' },
      tags: { model: 'shop.Tag', path: 'shop/tag', display: 'name', isMany: true, key: 'number' },
      sheet: { model: 'shop.Sheet', path: 'shop/sheet', display: 'words', isMany: false, key: 'number' },
      notes: { model: 'shop.Note', path: 'shop/note', display: 'words', isMany: true, key: 'number' },
    });
    const inverses = described.fields.filter(({ isInverse }) => isInverse);
    expect(inverses.map(({ name, inverseOf }) => [name, inverseOf])).toEqual([
      ['notes', 'product'],
      ['sheet', 'product'],
    ]);
    expect(described.fields.find(({ name }) => name === 'category')?.inverseOf).toBeNull();
  });

  it('has only the fields that the caller may see or give', async () => {
    const described = await product('reader');

    expect(namesOf(described)).toEqual(['title', 'category', 'tags']);
    expect(described).toMatchObject({ display: 'title', permissions: { ...NONE, view: true } });
    expect(permissionsOf(described)).toMatchObject({ title: { view: true, add: false, change: false } });
  });

  it('says nothing of what is behind a relation to a model that the caller may not see', async () => {
    expect(relationsOf(await product('reader'))).toEqual({
      category: { model: null, path: null, display: null, isMany: false, key: 'number' },
      tags: { model: 'shop.Tag', path: 'shop/tag', display: 'name', isMany: true, key: 'number' },
    });
  });

  it('says which fields the caller may change', async () => {
    const permissions = permissionsOf(await product('writer'));

    expect(permissions['stock']).toEqual({ view: true, add: false, change: true });
    expect(permissions['title']).toEqual({ view: true, add: false, change: false });
  });

  it('has the fields that may be given by who may see none', async () => {
    const { body } = await as(server, 'writer').get<Described>('/api/meta/admin/shop.Note');

    expect(body.display).toBe(null);
    expect(permissionsOf(body)).toMatchObject({ words: { view: false, add: true, change: false } });
  });

  it.each([
    ['reader', 'shop.Note'],
    ['admin', 'shop.Hidden'],
    ['admin', 'shop.Nothing'],
  ])('is not there for %s when it is %s', async (user, name) => {
    expect(await as(server, user).get(`/api/meta/admin/${name}`)).toMatchObject({
      status: 404,
      body: { code: 'model_not_found', detail: `There is no model "${name}".` },
    });
  });
});
