import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  createKey,
  createSignedIn,
  createUser,
  PASSWORD,
  type UserBody,
  whoIs,
} from '../../fixtures/accounts/people.js';
import { forged, invalidToken, problem, refusal } from '../../fixtures/accounts/problems.js';
import { ADMIN_KEY } from '../../support/process.js';
import { type AccountsServer, startAccountsServer } from '../../support/accounts-server.js';
import { type Browser, cookiesOf, logIn } from '../../support/signed-in.js';
import { wireClient } from '../../support/wire.js';

/** Values in the place of a text; some databases and languages take them for «anything». */
const NO_TEXTS: readonly (readonly [string, unknown])[] = [
  ['an object', {}],
  ['an operator', { $ne: null }],
  ['a list', []],
  ['a list with the text in it', ['granite-otter-lantern-58']],
  ['null', null],
  ['true', true],
  ['false', false],
  ['zero', 0],
  ['a number', 12_345_678_901_234],
];

const base64 = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const jwt = (header: object, payload: object, signature = ''): string =>
  `${base64(header)}.${base64(payload)}.${signature}`;
const CLAIMS = { sub: 'admin', isSuperuser: true, aud: 'elsewhere', exp: 9_999_999_999 };

/** What stands behind `Authorization:`, and is no key. */
const NO_KEYS: readonly (readonly [string, string])[] = [
  ['a JWT that nobody has signed', `Bearer ${jwt({ alg: 'none', typ: 'JWT' }, CLAIMS)}`],
  ['a JWT signed with nothing', `Bearer ${jwt({ alg: 'HS256', typ: 'JWT' }, CLAIMS, 'AAAA')}`],
  ['a JWT for another audience', `Bearer ${jwt({ alg: 'RS256', kid: '../../dev/null' }, CLAIMS, 'AAAA')}`],
  ['nothing', 'Bearer'],
  ['a space', 'Bearer  '],
  ['null', 'Bearer null'],
  ['undefined', 'Bearer undefined'],
  ['true', 'Bearer true'],
  ['an object', 'Bearer {}'],
  ['a list', 'Bearer []'],
  ['an object of JavaScript', 'Bearer [object Object]'],
  ['the prototype', 'Bearer __proto__'],
  ['SQL', `Bearer ' OR '1'='1`],
  ['a pattern', 'Bearer dyn_%'],
  ['a key that nobody has', `Bearer dyn_AAAAAAAA_${'A'.repeat(43)}`],
  ['eight kilobytes', `Bearer ${'A'.repeat(8_000)}`],
  ['a key without its scheme', ADMIN_KEY],
  ['a key with more behind it', `Bearer ${ADMIN_KEY}x`],
  ['a key with less of it', `Bearer ${ADMIN_KEY.slice(0, -1)}`],
  ['a key in capitals', `Bearer ${ADMIN_KEY.toUpperCase()}`],
  ['two keys', `Bearer ${ADMIN_KEY}, Bearer ${ADMIN_KEY}`],
  ['two words', `Bearer ${ADMIN_KEY} ${ADMIN_KEY}`],
  ['another scheme with a right key', `Token ${ADMIN_KEY}`],
  ['a user and a right key', `Basic ${Buffer.from(`admin:${ADMIN_KEY}`).toString('base64')}`],
  ['a digest', 'Digest username="admin"'],
];

describe('83 something else in the place of a token', () => {
  let server: AccountsServer;
  let user: UserBody;
  let browser: Browser;

  beforeAll(async () => {
    server = await startAccountsServer();
    ({ user, browser } = await createSignedIn(server));
  });
  afterAll(() => server?.close());

  it.each(NO_KEYS)('is refused as authorization, and not taken for nobody: %s', async (_title, authorization) => {
    const http = wireClient(server.url, { authorization });

    const answers = [await http.get('/api/auth/me'), await http.get('/api/meta/models'), await http.get('/api/shop/x')];

    expect(answers).toMatchObject([invalidToken, invalidToken, invalidToken]);
    expect(answers.map(({ text }) => text).join()).not.toContain(ADMIN_KEY);
  });

  it.each(NO_TEXTS)('is a wrong password like any other: %s', async (_title, password) => {
    const answers = [
      await logIn(server.url, { email: user.email, password }),
      await logIn(server.url, { email: password, password: PASSWORD }),
      await logIn(server.url, { email: password, password }),
    ];

    expect(answers).toMatchObject(answers.map(() => problem(401, 'invalid_credentials', /\S/)));
    expect(answers.flatMap(cookiesOf)).toEqual([]);
  });

  it.each([
    '',
    '{}',
    '[]',
    'null',
    'true',
    '""',
    '{"email":"a@b.c"}',
    '{"password":"x"}',
    '{"__proto__":{"a":1}}',
    '{',
  ])('is a login that is none: %s', async (text) => {
    const answer = await server.anonymous.send('POST', '/api/auth/login', text);

    expect(answer).toMatchObject(refusal);
    expect(cookiesOf(answer)).toEqual([]);
  });

  it.each(NO_TEXTS)('is a wrong current password: %s', async (_title, currentPassword) => {
    const answer = await browser.post('/api/auth/password', {
      currentPassword,
      newPassword: 'quiet-harbour-mosaic-71',
    });

    expect(answer).toMatchObject(problem(401, 'invalid_credentials', /\S/));
    expect(await whoIs(browser)).toBe(user.email);
  });

  it.each(NO_TEXTS)('is a new password that nobody may have: %s', async (_title, newPassword) => {
    const answer = await browser.post('/api/auth/password', { currentPassword: PASSWORD, newPassword });

    expect(answer).toMatchObject({ ...refusal, status: 400 });
    expect(await whoIs(browser)).toBe(user.email);
  });

  it.each(NO_TEXTS)('is no set-up token: %s', async (_title, token) => {
    const answer = await server.anonymous.post('/api/auth/setup', {
      token,
      email: 'thief@example.com',
      password: PASSWORD,
    });

    expect(answer).toMatchObject({ ...refusal, status: expect.any(Number) });
    expect([401, 409]).toContain(answer.status);
    expect(await server.admin.get('/api/meta/users/thief@example.com')).toMatchObject({ status: 404 });
  });

  it('is the token of another user’s session', async () => {
    const other = await createSignedIn(server, { isSuperuser: true });
    const http = wireClient(server.url, { cookie: other.browser.cookie, 'x-csrf-token': browser.csrfToken });

    expect(await http.post('/api/meta/groups', { name: 'Forged' })).toMatchObject(forged);
  });

  it('is a key in the place of a session, and a session in the place of a key', async () => {
    const { key } = await createKey(server.admin, user.id);
    const value = browser.cookie.split('=')[1] ?? '';

    expect(await whoIs(wireClient(server.url, { cookie: `dynamo_session=${key}` }))).toBeNull();
    expect(await server.bearer(value).get('/api/auth/me')).toMatchObject(invalidToken);
    expect(await server.bearer(browser.csrfToken).get('/api/auth/me')).toMatchObject(invalidToken);
  });

  it('is a key with the secret of another', async () => {
    const other = await createUser(server.admin, { isSuperuser: true });
    const mine = (await createKey(server.admin, user.id)).key;
    const theirs = (await createKey(server.admin, other.id)).key;

    const crossed = [`${theirs.slice(0, 13)}${mine.slice(13)}`, `${mine.slice(0, 13)}${theirs.slice(13)}`];
    const answers = await Promise.all(crossed.map((key) => server.bearer(key).get('/api/auth/me')));

    expect(answers).toMatchObject([invalidToken, invalidToken]);
  });
});
