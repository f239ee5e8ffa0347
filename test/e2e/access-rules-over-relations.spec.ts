import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';
import type { AccessPolicy, AccessQuestion, Decision } from '../../src/index.js';
import { as, type ShopUser, startShop } from '../fixtures/access/policy.js';
import type { Http } from '../support/http.js';
import type { TestServer } from '../support/server.js';

/** Prepares the rights of all guests once, as a policy does that keeps its rules by the ids of fields. */
@Injectable()
class GuestAccess implements AccessPolicy<ShopUser> {
  static rights: Readonly<Record<string, Decision>> = {};

  keyOf(user: ShopUser | null): string {
    return user?.name ?? '';
  }

  decide({ user, action, model }: AccessQuestion<ShopUser>): Decision {
    if (user?.name === 'admin') return true;
    return action === 'view' && (GuestAccess.rights[model ?? ''] ?? false);
  }
}

describe('a rule that leads over a relation', () => {
  let server: TestServer;
  let guest: Http;

  const rename = async (field: string, name: string) =>
    as(server, 'admin').patch(`/api/meta/fields/${field}`, { name });

  beforeEach(async () => {
    server = await startShop({}, { options: { access: GuestAccess } });
    guest = as(server, 'guest');
  });
  afterEach(() => server?.close());

  it('holds under the new name of a field of the related model', async () => {
    GuestAccess.rights = { 'shop.Product': { where: { category: { hidden: false } } } };
    const before = await guest.get('/api/shop/product?select=title');

    await rename('shop.Category.hidden', 'veiled');
    GuestAccess.rights = { 'shop.Product': { where: { category: { veiled: false } } } };

    const answers = [await guest.get('/api/shop/product?select=title'), await guest.get('/api/shop/product/2')];
    expect(before).toMatchObject({ body: { data: [{ title: 'Chair' }, { title: 'Ghost' }, { title: 'Lamp' }] } });
    expect(answers).toMatchObject([{ status: 200, body: before.body as object }, { status: 404 }]);
  });

  it('lets nobody in when the field of the related model is called otherwise', async () => {
    GuestAccess.rights = { 'shop.Product': { where: { category: { hidden: false } } } };
    const before = await guest.get('/api/shop/product');

    await rename('shop.Category.hidden', 'veiled');

    const answers = [await guest.get('/api/shop/product'), await guest.get('/api/shop/product/1')];
    expect(before).toMatchObject({ status: 200 });
    expect(answers.map(({ status }) => status)).toEqual([403, 403]);
    expect(answers[0]).toMatchObject({ body: { code: 'invalid_access_rule' } });
  });

  it('holds for the ids of the related records, too', async () => {
    GuestAccess.rights = { 'shop.Product': true, 'shop.Tag': { where: { hidden: { $null: true } } } };
    const before = await guest.get('/api/shop/product/1');

    await rename('shop.Tag.hidden', 'veiled');
    GuestAccess.rights = { 'shop.Product': true, 'shop.Tag': { where: { veiled: { $null: true } } } };

    expect(before).toMatchObject({ body: { title: 'Chair', tags: [] } });
    expect(await guest.get('/api/shop/product/1')).toMatchObject({ status: 200, body: { title: 'Chair', tags: [] } });
  });
});
