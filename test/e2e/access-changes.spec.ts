import { afterEach, describe, expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';
import type { AccessPolicy, AccessQuestion, Decision } from '../../src/index.js';
import { fieldOf } from '../fixtures/arrange.js';
import { as, type ShopUser, startShop } from '../fixtures/access/policy.js';
import { problem } from '../fixtures/problem.js';
import type { ModelBody } from '../support/http.js';
import type { TestServer } from '../support/server.js';

const SHOWN = { where: { hidden: { $eq: false } } };
const LIMITED = { ...SHOWN, fields: ['title', 'secret', 'hidden'] };

/** Gives rights by the group that is named after a dash, and prepares them once for each group. */
@Injectable()
class GroupAccess implements AccessPolicy<ShopUser> {
  static readonly asked: string[] = [];
  static rights: Readonly<Record<string, Decision>> = {};

  keyOf(user: ShopUser | null): string {
    return user?.name.split('-').at(-1) ?? 'nobody';
  }

  decide({ user, action, model }: AccessQuestion<ShopUser>): Decision {
    if (user?.name === 'admin') return true;
    GroupAccess.asked.push(user?.name ?? 'nobody');
    const right = GroupAccess.rights[this.keyOf(user)];
    return action === 'view' && model === 'shop.Product' && right !== undefined && right;
  }
}

describe('a policy while models and rights change', () => {
  let server: TestServer;

  const product = async () => (await as(server, 'admin').get<ModelBody>('/api/meta/models/shop.Product')).body;
  const patchField = async (name: string, values: object) =>
    as(server, 'admin').patch(`/api/meta/fields/${fieldOf(await product(), name).id}`, values);

  afterEach(() => server?.close());

  it.each([
    ['another name for the field of a rule', 'hidden', { name: 'veiled' }],
    ['another type for the field of a rule', 'hidden', { type: 'integer', default: 0 }],
  ])('lets nobody in after %s, and says so in the log', async (_, name, values) => {
    server = await startShop({ reader: { 'shop.Product': { view: SHOWN } } });
    const reader = as(server, 'reader');
    expect(await reader.get('/api/shop/product')).toMatchObject({ status: 200 });

    expect(await patchField(name, values)).toMatchObject({ status: 200 });

    const refused = {
      ...problem(403, 'invalid_access_rule', /does not fit the model/),
      text: expect.not.stringMatching(/hidden|veiled|Chair/),
    };
    expect(await reader.get('/api/shop/product')).toMatchObject(refused);
    expect(await reader.get('/api/shop/product/1')).toMatchObject(refused);
    expect(await as(server, 'admin').get('/api/shop/product')).toMatchObject({ status: 200 });
  });

  it('hides a field that is called otherwise than the list of fields says', async () => {
    server = await startShop({ reader: { 'shop.Product': { view: LIMITED } } });
    const reader = as(server, 'reader');

    await patchField('secret', { name: 'mystery' });
    await patchField('code', { name: 'secret' });

    const [record] = [await reader.get('/api/shop/product/1')];
    expect(record).toMatchObject({ body: { id: 1, title: 'Chair', secret: 'c', hidden: false } });
    expect(record?.text).not.toMatch(/mystery|"sc"/);
    expect(await reader.get('/api/shop/product?filter.mystery=sc')).toMatchObject({ status: 400 });
  });

  it('does not show a field that is new', async () => {
    server = await startShop({ reader: { 'shop.Product': { view: LIMITED } } });

    await as(server, 'admin').post('/api/meta/models/shop.Product/fields', {
      name: 'cost',
      type: 'integer',
      default: 5,
    });

    const answer = await as(server, 'reader').get('/api/shop/product/1');
    expect(answer).toMatchObject({ status: 200, text: expect.not.stringContaining('cost') });
  });

  it('follows a model to its new name', async () => {
    server = await startShop({ reader: { 'shop.Product': { view: true }, 'shop.Sheet': { view: true } } });
    const reader = as(server, 'reader');

    await as(server, 'admin').patch(`/api/meta/models/${(await product()).id}`, { name: 'Article' });

    expect(await reader.get('/api/shop/article')).toMatchObject({ status: 403 });
    expect(await reader.get('/api/shop/product')).toMatchObject({ status: 403 });
    const sheets = await reader.get('/api/shop/sheet?filter.product.title=Chair');
    expect(sheets).toMatchObject({ family: '4xx', text: expect.not.stringContaining('oak') });
  });

  it('serves users with one key by one decision, and others by their own', async () => {
    GroupAccess.asked.length = 0;
    GroupAccess.rights = { clerks: true, guests: SHOWN };
    server = await startShop({}, { options: { access: GroupAccess } });

    const [ann, bob] = [as(server, 'ann-clerks'), as(server, 'bob-clerks')];
    const counts = [];
    for (const http of [ann, bob, as(server, 'cyd-guests'), ann]) {
      counts.push((await http.get<{ meta: { totalItems: number } }>('/api/shop/product')).body.meta.totalItems);
    }

    expect(counts).toEqual([4, 4, 3, 4]);
    expect(new Set(GroupAccess.asked)).toEqual(new Set(['ann-clerks', 'cyd-guests']));
    expect(await as(server, 'dan-strangers').get('/api/shop/product')).toMatchObject({ status: 403 });
    expect(await server.http.get('/api/shop/product')).toMatchObject({ status: 401 });
  });

  it('gives other rights with another key', async () => {
    GroupAccess.rights = { first: true };
    server = await startShop({}, { options: { access: GroupAccess } });
    expect(await as(server, 'ann-first').get('/api/shop/product/3')).toMatchObject({ status: 200 });

    GroupAccess.rights = { second: SHOWN };

    expect(await as(server, 'ann-second').get('/api/shop/product/3')).toMatchObject({ status: 404 });
  });

  it('keeps the decision of a key when the model changes, and the rule with it', async () => {
    GroupAccess.rights = { guests: SHOWN };
    server = await startShop({}, { options: { access: GroupAccess } });
    const guest = as(server, 'ann-guests');
    expect(await guest.get('/api/shop/product')).toMatchObject({ body: { meta: { totalItems: 3 } } });

    await patchField('code', { name: 'sku' });
    expect(await guest.get('/api/shop/product')).toMatchObject({
      body: { data: [{ sku: 'c' }, {}, {}], meta: { totalItems: 3 } },
    });
    await patchField('hidden', { name: 'veiled' });

    expect(await guest.get('/api/shop/product')).toMatchObject({ status: 403, body: { code: 'invalid_access_rule' } });
  });

  it('refuses by a rule on a related model that does not fit', async () => {
    server = await startShop({
      reader: { 'shop.Product': { view: true }, 'shop.Category': { view: { where: { nothing: 1 } } } },
    });
    const reader = as(server, 'reader');

    const answers = [
      await reader.get('/api/shop/product?include=category'),
      await reader.get('/api/shop/product?filter.category.name=Open'),
      await reader.get('/api/shop/category'),
    ];

    expect(answers.map(({ status, text }) => [status, text.includes('Open')])).toEqual(answers.map(() => [403, false]));
  });
});
