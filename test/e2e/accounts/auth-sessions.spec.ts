import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createPerson, createUser, PASSWORD, type UserBody, whoIs } from '../../fixtures/accounts/people.js';
import { forged, unknown } from '../../fixtures/accounts/problems.js';
import { type AccountsServer, startAccountsServer } from '../../support/accounts-server.js';
import { ageSessions, busySessions, leaveSessionsIdle, storedSessions } from '../../support/accounts-tables.js';
import { type Browser, cookiesOf, logIn, logOut, signIn, withCookie } from '../../support/signed-in.js';
import { eventually } from '../../support/eventually.js';
import type { Http } from '../../support/http.js';
import { wireClient } from '../../support/wire.js';

describe('a session', () => {
  let server: AccountsServer;
  let other: AccountsServer;
  let user: UserBody;
  let browser: Browser;

  /** The same session at a node that has not seen it and asks the database. */
  const elsewhere = ({ cookie }: Browser): Http => wireClient(other.url, { cookie });
  const another = () => signIn(server.url, { email: user.email, password: PASSWORD });

  beforeAll(async () => {
    server = await startAccountsServer();
    other = await startAccountsServer({ database: server.database });
  });
  afterAll(async () => {
    await other?.close();
    await server?.close();
  });
  beforeEach(async () => {
    user = await createUser(server.admin, { permissions: [{ action: 'schema' }] });
    browser = await another();
  });

  it('says who is signed in, what they may do, and the token', async () => {
    const answer = await withCookie(browser).get('/api/auth/me');

    expect(answer).toMatchObject({ status: 200 });
    expect(answer.body).toMatchObject({
      user: { id: user.id, email: user.email, name: user.name },
      key: null,
      isSuperuser: false,
      maySchema: true,
      permissions: expect.any(Array),
      csrfToken: browser.csrfToken,
    });
  });

  it('lets in wherever the user may go', async () => {
    expect(await browser.get('/api/meta/models')).toMatchObject({ status: 200 });
    expect(
      await browser.post('/api/meta/models', { app: 'ses', name: `A${user.id.replace(/\W/g, '')}` }),
    ).toMatchObject({ status: 201 });
  });

  describe('ends', () => {
    it('after eight hours without a request', async () => {
      const later = await another();
      await leaveSessionsIdle(server.database, 7.9);
      const before = await whoIs(elsewhere(browser));
      await leaveSessionsIdle(server.database, 8.1);

      expect([before, await whoIs(elsewhere(later))]).toEqual([user.email, null]);
      expect(await elsewhere(later).get('/api/meta/models')).toMatchObject(unknown);
    });

    it('after seven days, however busy', async () => {
      const later = await another();
      await ageSessions(server.database, 7 * 24 - 0.1);
      const before = await whoIs(elsewhere(browser));
      await ageSessions(server.database, 7 * 24 + 0.1);

      expect([before, await whoIs(elsewhere(later))]).toEqual([user.email, null]);
    });

    it('not by being used: each request gives it its eight hours again', async () => {
      await leaveSessionsIdle(server.database, 7);
      await whoIs(elsewhere(browser));
      const used = await eventually(
        () => busySessions(server.database),
        (count) => count > 0,
      );

      expect(used).toBeGreaterThan(0);
      expect(await whoIs(browser)).toBe(user.email);
    });

    it('with a logout, and the browser forgets the cookie', async () => {
      const second = await another();

      const answer = await logOut(browser);

      expect(answer).toMatchObject({ status: 204, text: '' });
      expect(answer.headers.getSetCookie()).toEqual([
        expect.stringMatching(/^dynamo_session=;.*(Max-Age=0|Expires=Thu, 01 Jan 1970)/i),
      ]);
      expect([await whoIs(browser), await whoIs(second)]).toEqual([null, user.email]);
    });

    it('with all others of the user where somebody logs out everywhere, and with no other user’s', async () => {
      const second = await another();
      const stranger = await createPerson(server);
      const strangers = await signIn(server.url, { email: stranger.email, password: PASSWORD });

      const answer = await browser.post('/api/auth/logout-everywhere', {});

      expect(answer).toMatchObject({ status: 204, text: '' });
      expect(await Promise.all([browser, second, strangers].map(whoIs))).toEqual([null, null, stranger.email]);
      expect(await whoIs(stranger.http)).toBe(stranger.email);
    });

    it('with a logout that has no body', async () => {
      expect(await browser.post('/api/auth/logout')).toMatchObject({ status: 204 });
      expect(await whoIs(browser)).toBeNull();
    });

    it('for good: nothing that was ended begins again', async () => {
      await logOut(browser);
      await another();

      const again = await logOut(browser);

      expect(again.family).not.toBe('5xx');
      expect(await whoIs(browser)).toBeNull();
    });
  });

  it('that nobody knows counts as none', async () => {
    const http = wireClient(server.url, { cookie: `dynamo_session=${'x'.repeat(43)}` });

    expect(await http.get('/api/auth/me')).toMatchObject({
      status: 200,
      body: { user: null, key: null, isSuperuser: false, maySchema: false, permissions: [], csrfToken: null },
    });
    expect(await http.get('/api/meta/models')).toMatchObject(unknown);
    expect(await http.delete('/api/meta/models/ses.None')).toMatchObject(unknown);
  });

  it.each([
    '',
    '=',
    ';;;',
    'dynamo_session',
    'dynamo_session=',
    'dynamo_session=%',
    'dynamo_session=%00',
    'dynamo_session=%E0%A4%A',
    `dynamo_session="'; DROP TABLE canary;--"`,
    'dynamo_session[]=x',
    'dynamo_session={"$ne":null}',
    '__proto__=x; dynamo_session=__proto__',
    `dynamo_session=${'x'.repeat(7_000)}`,
    `${'a=b; '.repeat(1_000)}dynamo_session=x`,
  ])('is not what this cookie is: %j', async (cookie) => {
    const answer = await wireClient(server.url, { cookie }).get('/api/auth/me');

    expect(answer).toMatchObject({ status: 200, body: { user: null } });
  });

  it('is not found by a part of its cookie, or by the cookie in another case', async () => {
    const value = browser.cookie.slice('dynamo_session='.length);
    const cookies = [
      value.slice(0, -1),
      `${value}x`,
      `${value.slice(0, 8)}%`,
      value.toLowerCase(),
      value.toUpperCase(),
    ];

    const found = await Promise.all(
      cookies.map((cookie) => whoIs(wireClient(server.url, { cookie: `dynamo_session=${cookie}` }))),
    );

    expect(found).toEqual(cookies.map(() => null));
  });

  it('is not read from the address, a body or another header', async () => {
    const value = browser.cookie.slice('dynamo_session='.length);
    const http = wireClient(server.url, { 'x-session': value, 'x-dynamo-session': value, dynamo_session: value });

    expect(await whoIs(http)).toBeNull();
    expect(await server.anonymous.get(`/api/meta/models?dynamo_session=${value}`)).toMatchObject(unknown);
  });

  it('needs its own token to be ended, too', async () => {
    expect(await withCookie(browser).post('/api/auth/logout', {})).toMatchObject(forged);
    expect(await withCookie(browser).post('/api/auth/logout-everywhere', {})).toMatchObject(forged);
    expect(await whoIs(browser)).toBe(user.email);
  });

  it('is stored where every node finds it, as nothing that could be shown as a cookie', async () => {
    const value = browser.cookie.slice('dynamo_session='.length);

    const stored = await storedSessions(server.database);

    expect(stored).toContain(user.id);
    expect(stored).not.toContain(value);
    expect(stored).not.toContain(browser.csrfToken);
    expect(stored).not.toContain(Buffer.from(value).toString('hex'));
    expect(stored).not.toContain(Buffer.from(value, 'base64url').toString('hex'));
  });
});

describe('the sessions of one user', () => {
  it('are all different, whoever begins them at the same time', async () => {
    const server = await startAccountsServer();
    const { email } = await createUser(server.admin);

    const answers = await Promise.all(
      Array.from({ length: 8 }, () => logIn(server.url, { email, password: PASSWORD })),
    );
    await server.close();

    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(new Set(answers.flatMap(cookiesOf)).size).toBe(8);
    expect(new Set(answers.map(({ body }) => body.csrfToken)).size).toBe(8);
  });
});
