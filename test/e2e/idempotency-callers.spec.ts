import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { policyOf, type Rules, type ShopUser, startShop } from '../fixtures/access/policy.js';
import { createKey, createSignedIn, PASSWORD } from '../fixtures/accounts/people.js';
import { defineModel } from '../fixtures/arrange.js';
import { NOTE, REPLAYED, withKey } from '../fixtures/idempotency.js';
import { problem } from '../fixtures/problem.js';
import { startAccountsServer } from '../support/accounts-server.js';
import type { Http, RecordBody } from '../support/http.js';
import { ADMIN_KEY } from '../support/process.js';
import { startApp } from '../support/server.js';
import { type Browser, signIn } from '../support/signed-in.js';
import { wireClient } from '../support/wire.js';

const PRODUCTS = '/api/shop/product';
const NEW = { title: 'Table', code: 't1' };
const NEEDS_CALLER = problem(400, 'idempotency_needs_caller', /Sign in, or leave it out/);

/** Tells users apart by their names. */
const NamedAccess = (rules: Rules) => {
  class ByName extends policyOf(rules) {
    override idOf({ name }: ShopUser): string | undefined {
      return name;
    }
  }
  return ByName;
};

/** Users as most applications have them. */
@Injectable()
class NumberGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<{ headers: Record<string, string>; user?: object }>();
    const name = request.headers['x-user'];
    if (name !== undefined) request.user = { id: Number(name), email: 'same@example.com' };
    return true;
  }
}

describe('the idempotency keys of a caller', () => {
  let server: { readonly url: string; close(): Promise<void> };
  let key = '';

  const start = (rules: Rules) => startShop(rules, { options: { access: NamedAccess(rules) } });
  const as = (name: string, own = key): Http => withKey(server, own, name === '' ? {} : { 'x-user': name });

  beforeEach(() => {
    key = randomUUID();
  });
  afterEach(() => server?.close());

  it("are nobody else's", async () => {
    const all = { 'shop.Product': true };
    server = await start({ ann: all, ben: all });

    const first = await as('ann').post(PRODUCTS, NEW);
    const other = await as('ben').post(PRODUCTS, { title: 'Lamp', code: 'l1' });
    const again = await as('ann').post(PRODUCTS, NEW);

    expect(first).toMatchObject({ status: 201, body: NEW });
    expect(other).toMatchObject({ status: 201, body: { title: 'Lamp' } });
    expect(other.headers.get(REPLAYED)).toBeNull();
    expect(again).toMatchObject({ status: 201, text: first.text });
    expect(again.headers.get(REPLAYED)).toBe('true');
  });

  it('are refused of people who do not say who they are, and of users that nothing tells apart', async () => {
    server = await startShop({ nobody: { 'shop.Product': true }, ann: { 'shop.Product': true } });

    expect(await as('').post(PRODUCTS, NEW)).toMatchObject(NEEDS_CALLER);
    expect(await as('ann').post(PRODUCTS, NEW)).toMatchObject(NEEDS_CALLER);
  });

  it('show no more of an answer than its ids when rights have changed since', async () => {
    const rules: Record<string, Record<string, object | boolean>> = { ann: { 'shop.Product': true } };
    server = await start(rules);
    const many = [NEW, { title: 'Lamp', code: 'l1' }];
    const one = await as('ann').post<{ id: number }>(PRODUCTS, { title: 'Desk', code: 'd1' });
    const two = await as('ann', `${key}-2`).post<{ id: number }[]>(PRODUCTS, many);

    rules['ann'] = { 'shop.Product': { add: true, view: { fields: ['title'] } } };
    const oneAgain = await as('ann').post(PRODUCTS, { title: 'Desk', code: 'd1' });
    const twoAgain = await as('ann', `${key}-2`).post(PRODUCTS, many);

    expect(oneAgain).toMatchObject({
      status: 201,
      body: { id: one.body.id },
      text: expect.not.stringMatching(/Desk|d1/),
    });
    expect(oneAgain.headers.get(REPLAYED)).toBe('true');
    expect(oneAgain.headers.get('etag')).toBeNull();
    expect(twoAgain.body).toEqual(two.body.map(({ id }) => ({ id })));
  });

  it('answer nothing when the write would be refused now', async () => {
    const rules: Record<string, Record<string, object | boolean>> = { ann: { 'shop.Product': true } };
    server = await start(rules);
    await as('ann').post(PRODUCTS, NEW);

    rules['ann'] = { 'shop.Product': { view: true } };

    expect(await as('ann').post(PRODUCTS, NEW)).toMatchObject(problem(403, 'forbidden', /add records/));
  });

  it('answer with ids when rights to a model that points to it have changed', async () => {
    const rules: Record<string, Record<string, object | boolean>> = {
      ann: { 'shop.Product': true, 'shop.Category': true },
    };
    server = await start(rules);
    await as('ann').post(PRODUCTS, NEW);

    rules['ann'] = { 'shop.Product': true };

    expect(Object.keys((await as('ann').post<object>(PRODUCTS, NEW)).body)).toEqual(['id']);
  });

  it('do not tell whether there is a model', async () => {
    server = await start({ ann: { 'shop.Product': true } });

    const [known, unknown] = [
      await as('ann').post('/api/shop/note', {}),
      await as('ann').post('/api/shop/nothing', {}),
    ];

    expect(known).toMatchObject(problem(403, 'forbidden', /add records/));
    expect(unknown).toMatchObject({ status: 403, body: { detail: expect.stringMatching(/add records/) } });
  });

  it('are those of all where everybody may do everything, and of each user that is known', async () => {
    const providers = [{ provide: APP_GUARD, useClass: NumberGuard }];
    const open = await startApp({ providers });
    server = open;
    await defineModel(open.http, NOTE);

    const write = (name: string) => as(name).post('/api/desk/note', { text: 'same' });
    const answers = [await write(''), await write(''), await write('7'), await write('7'), await write('8')];

    expect(answers.map(({ body }) => body)).toMatchObject([{ id: 1 }, { id: 1 }, { id: 2 }, { id: 2 }, { id: 3 }]);
  });

  it('are those of whom the policy says', async () => {
    class Tenants extends NamedAccess({}) {
      override decide = () => true;
      override idOf = ({ name }: ShopUser) => (name === 'guest' ? undefined : name.split('-')[0]);
    }
    server = await startShop({}, { options: { access: Tenants } });

    const first = await as('ann-phone').post(PRODUCTS, NEW);
    const again = await as('ann-desk').post(PRODUCTS, NEW);

    expect(again).toMatchObject({ status: 201, text: first.text });
    expect(await as('guest').post(PRODUCTS, NEW)).toMatchObject(NEEDS_CALLER);
  });
});

describe('the idempotency keys of accounts', () => {
  it("are those of a user in all of the user's sessions, and of each API key for itself", async () => {
    const server = await startAccountsServer();
    try {
      await defineModel(server.admin, NOTE);
      const grants = ['add', 'view'].map((action) => ({ model: 'desk.Note', action }));
      const { user: ann, browser } = await createSignedIn(server, { permissions: grants });
      const other = await signIn(server.url, { email: ann.email, password: PASSWORD });
      const session = ({ cookie, csrfToken }: Browser) => ({ cookie, 'x-csrf-token': csrfToken });
      const senders = [
        session(browser),
        session(other),
        { authorization: `Bearer ${(await createKey(server.admin, ann.id)).key}` },
        { authorization: `Bearer ${(await createKey(server.admin, ann.id)).key}` },
        { authorization: `Bearer ${ADMIN_KEY}` },
      ];

      const ids: unknown[] = [];
      for (const sender of [...senders, ...senders]) {
        const http = wireClient(server.url, { ...sender, 'idempotency-key': 'one' });
        ids.push((await http.post<RecordBody>('/api/desk/note', { text: 'x' })).body.id);
      }
      const anonymous = wireClient(server.url, { 'idempotency-key': 'one' });

      expect(ids).toEqual([1, 1, 2, 3, 4, 1, 1, 2, 3, 4]);
      expect(await anonymous.post('/api/auth/login', {})).toMatchObject({
        body: { code: 'idempotency_key_unsupported' },
      });
    } finally {
      await server.close();
    }
  });
});
