import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  createGroup,
  createKey,
  createUser,
  OTHER_PASSWORD,
  PASSWORD,
  type UserBody,
  whoIs,
} from '../../fixtures/accounts/people.js';
import { openShop } from '../../fixtures/access/shop.js';
import { type AccountsServer, startAccountsServer } from '../../support/accounts-server.js';
import { type Browser, logOut, signIn, withCookie } from '../../support/signed-in.js';
import { createDatabase, type TestDatabase } from '../../support/database.js';
import { eventualStatus, eventually } from '../../support/eventually.js';
import type { Http } from '../../support/http.js';

const VIEW = { model: 'shop.Product', action: 'view' };
const PRODUCTS = '/api/shop/product';

describe('two nodes on one database', () => {
  let database: TestDatabase;
  let one: AccountsServer;
  let other: AccountsServer;
  let user: UserBody;
  let key: string;
  let browser: Browser;

  /** The same credentials at the other node. */
  const there = (): { readonly session: Browser; readonly key: Http } => ({
    session: {
      ...withCookie({ ...browser, url: other.url }, { 'x-csrf-token': browser.csrfToken }),
      cookie: browser.cookie,
      csrfToken: browser.csrfToken,
      url: other.url,
    },
    key: other.bearer(key),
  });
  const isOut = async () => {
    const { session, key: http } = there();
    const sessionOut = await eventually(
      () => whoIs(session),
      (who) => who === null,
    );
    return [sessionOut, await eventualStatus(401, () => http.get('/api/auth/me'))];
  };

  beforeAll(async () => {
    database = await createDatabase();
    one = await startAccountsServer({ database });
    other = await startAccountsServer({ database });
    await openShop(one.admin);
  });
  afterAll(async () => {
    await one?.close();
    await other?.close();
    await database?.drop();
  });
  beforeEach(async () => {
    user = await createUser(one.admin, { permissions: [VIEW] });
    key = (await createKey(one.admin, user.id)).key;
    browser = await signIn(one.url, { email: user.email, password: PASSWORD });
    // The other node has seen both before anything changes.
    await Promise.all([there().session, there().key].map((http) => http.get(PRODUCTS)));
  });

  it('know the sessions, the keys and the tokens of each other', async () => {
    const { session, key: http } = there();

    expect([await whoIs(session), await whoIs(http)]).toEqual([user.email, user.email]);
    expect(await session.get(PRODUCTS)).toMatchObject({ status: 200 });
    expect((await session.get<{ csrfToken: string }>('/api/auth/me')).body.csrfToken).toBe(browser.csrfToken);
    expect(await session.post('/api/auth/keys', { name: 'there' })).toMatchObject({ status: 201 });
  });

  it.each([
    ['disabled', (id: string) => one.admin.patch(`/api/meta/users/${id}`, { isActive: false })],
    ['deleted', (id: string) => one.admin.delete(`/api/meta/users/${id}`)],
    ['given another password', (id: string) => one.admin.patch(`/api/meta/users/${id}`, { password: OTHER_PASSWORD })],
  ])('82 throw out a user who is %s at one of them', async (_title, act) => {
    await act(user.id);

    expect(await isOut()).toEqual([null, 401]);
  });

  it('82 throw out whoever changes their password at one of them', async () => {
    const answer = await browser.post('/api/auth/password', { currentPassword: PASSWORD, newPassword: OTHER_PASSWORD });

    expect(answer.status).toBe(200);
    expect(await isOut()).toEqual([null, 401]);
  });

  it('82 end a session that ends at one of them', async () => {
    await logOut(browser);

    expect(
      await eventually(
        () => whoIs(there().session),
        (who) => who === null,
      ),
    ).toBeNull();
  });

  it('82 refuse a key that is deleted at one of them', async () => {
    const { body } = await one.admin.get<{ data: { id: string }[] }>(`/api/meta/keys?user=${user.id}`);

    await one.admin.delete(`/api/meta/keys/${body.data[0]?.id}`);

    expect(await eventualStatus(401, () => there().key.get('/api/auth/me'))).toBe(401);
  });

  it('follow each other when rights go and come', async () => {
    const { key: http } = there();
    await one.admin.patch(`/api/meta/users/${user.id}`, { permissions: [] });
    const gone = await eventualStatus(403, () => http.get(PRODUCTS));
    await createGroup(one.admin, { name: `group ${user.id}`, permissions: [VIEW] });
    await one.admin.patch(`/api/meta/users/${user.id}`, { groups: [`group ${user.id}`] });
    const back = await eventualStatus(200, () => http.get(PRODUCTS));
    await one.admin.patch(`/api/meta/groups/group%20${user.id}`, { isActive: false });
    const off = await eventualStatus(403, () => http.get(PRODUCTS));

    expect([gone, back, off]).toEqual([403, 200, 403]);
  });

  it('follow each other when the switch of everybody is moved', async () => {
    await one.admin.patch('/api/meta/groups/anonymous', { isActive: true, permissions: [VIEW] });
    const open = await eventualStatus(200, () => other.anonymous.get(PRODUCTS));
    await one.admin.patch('/api/meta/groups/anonymous', { isActive: false });
    const shut = await eventualStatus(401, () => other.anonymous.get(PRODUCTS));

    expect([open, shut]).toEqual([200, 401]);
  });

  it('82 hear of it even where the connection that they listen on is cut', async () => {
    await database.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query ILIKE 'LISTEN%'`);
    await one.admin.patch(`/api/meta/users/${user.id}`, { isActive: false });

    expect(await isOut()).toEqual([null, 401]);
  });

  it('keep one superuser between them, whoever is asked', async () => {
    const roots = [
      await createUser(one.admin, { isSuperuser: true }),
      await createUser(one.admin, { isSuperuser: true }),
    ];

    const answers = await Promise.all([
      one.admin.delete(`/api/meta/users/${roots[0]?.id}`),
      other.admin.delete(`/api/meta/users/${roots[1]?.id}`),
    ]);

    expect(answers.map(({ status }) => status).toSorted()).toEqual([204, 409]);
  });
});
