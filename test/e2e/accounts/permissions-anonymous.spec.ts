import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createKey, createPerson, createSignedIn, type Grant, type Person } from '../../fixtures/accounts/people.js';
import { forbidden, invalidToken, refusal, unknown } from '../../fixtures/accounts/problems.js';
import { openShop } from '../../fixtures/access/shop.js';
import { type AccountsServer, startAccountsServer } from '../../support/accounts-server.js';
import { logOut, withCookie } from '../../support/signed-in.js';
import { wireClient } from '../../support/wire.js';

const VIEW: Grant = { model: 'shop.Product', action: 'view' };
const ADD: Grant = { model: 'shop.Product', action: 'add' };

describe('what everybody may', () => {
  let server: AccountsServer;
  let ann: Person;

  const everybody = (isActive: boolean, permissions: readonly Grant[]) =>
    server.admin.patch('/api/meta/groups/anonymous', { isActive, permissions });

  beforeAll(async () => {
    server = await startAccountsServer();
    await openShop(server.admin);
    ann = await createPerson(server);
  });
  afterAll(() => server?.close());
  afterEach(() => everybody(false, []));

  it('is nothing while the switch is off, whatever has been given', async () => {
    await everybody(false, [VIEW, ADD]);

    expect(await server.anonymous.get('/api/shop/product')).toMatchObject(unknown);
    expect(await ann.http.get('/api/shop/product')).toMatchObject(forbidden);
    expect(await server.anonymous.get('/api/auth/me')).toMatchObject({ body: { permissions: [] } });
  });

  it('is what has been given while it is on, for whoever asks, until it is off', async () => {
    await everybody(true, [{ ...VIEW, fields: ['title'], where: { hidden: false } }]);

    const during = await Promise.all([server.anonymous, ann.http].map((http) => http.get('/api/shop/product')));
    await everybody(false, [VIEW]);
    const after = await server.anonymous.get('/api/shop/product');

    expect(during.map(({ status }) => status)).toEqual([200, 200]);
    expect(during.map(({ text }) => text).join()).toContain('Chair');
    expect(during.map(({ text }) => text).join()).not.toMatch(/Ghost|secret|stock|"code"/);
    expect(after).toMatchObject(unknown);
  });

  it('says no more than that', async () => {
    await everybody(true, [VIEW]);

    const closed = await Promise.all([
      server.anonymous.post('/api/shop/product', { title: 'Mine' }),
      server.anonymous.delete('/api/shop/product/1'),
      server.anonymous.patch('/api/shop/product/1', { title: 'Mine' }),
      server.anonymous.get('/api/shop/category'),
      server.anonymous.get('/api/meta/models'),
      server.anonymous.get('/api/meta/users'),
      server.anonymous.get('/api/auth/keys'),
      server.anonymous.post('/api/auth/keys', { name: 'mine' }),
    ]);

    expect(closed).toMatchObject(closed.map(() => unknown));
  });

  it('leads over no relation to what they may not see', async () => {
    await everybody(true, [VIEW]);

    const answers = await Promise.all(
      [
        '?include=category',
        '?filter.category.name=Open',
        '?sortBy=category.name:ASC',
        '?select=title,category.secret',
      ].map((query) => server.anonymous.get(`/api/shop/product${query}`)),
    );

    expect(answers.map(({ text }) => text).join()).not.toMatch(/Open|Closed|alpha|omega/);
  });

  it('can be to add and not to read, as a form has it', async () => {
    await everybody(true, [{ ...ADD, fields: ['title'] }]);

    const added = await server.anonymous.post('/api/shop/product', { title: 'Letter' });
    const more = await server.anonymous.post('/api/shop/product', { title: 'Letter', stock: 1 });

    expect(added).toMatchObject({ status: 201, text: expect.not.stringMatching(/secret|stock|Letter/) });
    expect(more).toMatchObject({ ...refusal, status: 422 });
    expect(await server.anonymous.get('/api/shop/product')).toMatchObject(unknown);
    expect(await server.anonymous.post('/api/shop/product/query', {})).toMatchObject(unknown);
  });

  it('is shown to nobody in particular, and to everybody else beside what is theirs', async () => {
    await everybody(true, [VIEW]);

    const nobody = await server.anonymous.get('/api/auth/me');
    const somebody = await ann.http.get('/api/auth/me');

    expect(nobody).toMatchObject({
      status: 200,
      body: { user: null, key: null, permissions: [VIEW], csrfToken: null },
    });
    expect(somebody).toMatchObject({ body: { user: { email: ann.email }, permissions: [VIEW] } });
  });

  it('is nothing for whoever shows a wrong key', async () => {
    await everybody(true, [VIEW]);

    expect(await server.bearer('wrong').get('/api/shop/product')).toMatchObject(invalidToken);
  });

  it('is what a session has that is over', async () => {
    await everybody(true, [VIEW]);
    const { browser } = await createSignedIn(server);
    await logOut(browser);

    expect(await withCookie(browser).get('/api/shop/product')).toMatchObject({ status: 200 });
    expect(await wireClient(server.url, { cookie: 'dynamo_session=x' }).get('/api/shop/product')).toMatchObject({
      status: 200,
    });
  });

  it('is not more than the limits of a key', async () => {
    await everybody(true, [VIEW]);
    const key = await createKey(server.admin, ann.id, { permissions: [{ model: 'shop.Tag', action: 'view' }] });

    const answer = await server.bearer(key.key).get('/api/shop/tag');

    expect(answer).toMatchObject(forbidden);
  });
});
