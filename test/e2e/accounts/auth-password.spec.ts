import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  createKey,
  createSignedIn,
  createUser,
  OTHER_PASSWORD,
  PASSWORD,
  type UserBody,
  whoIs,
} from '../../fixtures/accounts/people.js';
import { forged, invalidToken, problem, problemAt, unknown } from '../../fixtures/accounts/problems.js';
import { type AccountsServer, startAccountsServer } from '../../support/accounts-server.js';
import { passwordHashes } from '../../support/accounts-tables.js';
import { type Browser, browserOf, logIn, type SignedIn, signIn, withCookie } from '../../support/signed-in.js';

/** Passwords that nobody may have, by what is wrong with them. */
const WEAK: readonly (readonly [string, string])[] = [
  ['11 characters', 'Kq7-vt2_zR9'],
  ['nothing', ''],
  ['129 characters', 'granite-otter-lantern-58 '.repeat(6).slice(0, 129)],
  ['a megabyte', 'granite-otter-'.repeat(80_000)],
  ['4 different characters', 'abcdabcdabcdabcd'],
  ['one character', 'aaaaaaaaaaaaaaaa'],
  ['spaces', ' '.repeat(16)],
  ['a common password', 'passwordpassword'],
  ['a common password in capitals', 'PASSWORD1234'],
  ['a row of the keyboard', '1q2w3e4r5t6y'],
  ['counting', '123456789012'],
  ['the name of the product', 'dynamodynamo'],
  ['the address', 'weakling-otter@example.com'],
  ['the address in capitals', 'WEAKLING-OTTER@EXAMPLE.COM'],
  ['a part of the address', 'weakling-otter'],
];
const WEAKLING = 'weakling-otter@example.com';

describe('a change of the password', () => {
  let server: AccountsServer;
  let user: UserBody;
  let browser: Browser;

  const change = (currentPassword: unknown, newPassword: unknown, http: Pick<Browser, 'post'> = browser) =>
    http.post<SignedIn>('/api/auth/password', { currentPassword, newPassword });
  const canLogIn = async (password: string) =>
    (await logIn(server.url, { email: user.email, password })).status === 200;

  beforeAll(async () => {
    server = await startAccountsServer();
  });
  afterAll(() => server?.close());
  beforeEach(async () => {
    ({ user, browser } = await createSignedIn(server));
  });

  it('answers like a login, with a session that goes on in the place of the old one', async () => {
    const answer = await change(PASSWORD, OTHER_PASSWORD);

    const fresh = browserOf(server.url, answer);
    expect(answer).toMatchObject({ status: 200, body: { user: { id: user.id }, isSuperuser: false } });
    const names = ['csrfToken', 'expiresAt', 'isSuperuser', 'maySchema', 'permissions', 'user'];
    expect(Object.keys(answer.body)).toEqual(expect.arrayContaining(names));
    expect(fresh.cookie).not.toBe(browser.cookie);
    expect(fresh.csrfToken).not.toBe(browser.csrfToken);
    expect([await whoIs(fresh), await whoIs(browser)]).toEqual([user.email, null]);
  });

  it('lets the new one in and no longer the old one', async () => {
    await change(PASSWORD, OTHER_PASSWORD);

    expect([await canLogIn(PASSWORD), await canLogIn(OTHER_PASSWORD)]).toEqual([false, true]);
  });

  it('82 ends all other sessions and all keys of the user at once, and of nobody else', async () => {
    const other = await signIn(server.url, { email: user.email, password: PASSWORD });
    const key = server.bearer((await createKey(server.admin, user.id)).key);
    const stranger = await createSignedIn(server);
    const strangers = server.bearer((await createKey(server.admin, stranger.user.id)).key);
    const before = await Promise.all([other, key].map(whoIs));

    const answer = await change(PASSWORD, OTHER_PASSWORD);

    expect(before).toEqual([user.email, user.email]);
    expect(answer).toMatchObject({ status: 200 });
    expect(await whoIs(other)).toBeNull();
    expect(await key.get('/api/auth/me')).toMatchObject(invalidToken);
    expect(await Promise.all([stranger.browser, strangers].map(whoIs))).toEqual([
      stranger.user.email,
      stranger.user.email,
    ]);
  });

  it('asks for the current one, and changes nothing without it', async () => {
    const key = server.bearer((await createKey(server.admin, user.id)).key);

    const answers = [
      await change(OTHER_PASSWORD, OTHER_PASSWORD),
      await change(`${PASSWORD} `, OTHER_PASSWORD),
      await change('', OTHER_PASSWORD),
    ];

    expect(answers).toMatchObject(answers.map(() => problem(401, 'invalid_credentials', /password/i)));
    expect([await whoIs(browser), await whoIs(key)]).toEqual([user.email, user.email]);
    expect(await canLogIn(PASSWORD)).toBe(true);
  });

  it('of somebody else is not possible', async () => {
    const victim = await createUser(server.admin);

    await browser.post('/api/auth/password', {
      currentPassword: PASSWORD,
      newPassword: OTHER_PASSWORD,
      user: victim.id,
      email: victim.email,
    });

    expect(await logIn(server.url, { email: victim.email, password: PASSWORD })).toMatchObject({ status: 200 });
  });

  it('is for those who are signed in, and shows it', async () => {
    expect(await change(PASSWORD, OTHER_PASSWORD, server.anonymous)).toMatchObject(unknown);
    expect(await change(PASSWORD, OTHER_PASSWORD, withCookie(browser))).toMatchObject(forged);
    expect(await change(PASSWORD, OTHER_PASSWORD, server.admin)).toMatchObject(problem(403, 'forbidden', /\S/));
    expect(await canLogIn(PASSWORD)).toBe(true);
  });

  it('by an administrator ends all sessions and keys of the user at once', async () => {
    const key = server.bearer((await createKey(server.admin, user.id)).key);

    const answer = await server.admin.patch(`/api/meta/users/${user.id}`, { password: OTHER_PASSWORD });

    expect(answer).toMatchObject({ status: 200, text: expect.not.stringContaining(OTHER_PASSWORD) });
    expect(await whoIs(browser)).toBeNull();
    expect(await key.get('/api/auth/me')).toMatchObject(invalidToken);
    expect([await canLogIn(PASSWORD), await canLogIn(OTHER_PASSWORD)]).toEqual([false, true]);
  });

  it('twice at the same time succeeds once', async () => {
    const answers = await Promise.all([
      change(PASSWORD, `${OTHER_PASSWORD}-a`),
      change(PASSWORD, `${OTHER_PASSWORD}-b`),
    ]);

    const winner = answers.findIndex(({ status }) => status === 200);
    const loser = answers[1 - winner];
    expect(loser).toMatchObject({ family: '4xx' });
    expect([await canLogIn(`${OTHER_PASSWORD}-a`), await canLogIn(`${OTHER_PASSWORD}-b`)]).toEqual([
      winner === 0,
      winner === 1,
    ]);
  });
});

describe('a password', () => {
  let server: AccountsServer;

  beforeAll(async () => {
    server = await startAccountsServer();
  });
  afterAll(() => server?.close());

  afterEach(() => server.admin.delete(`/api/meta/users/${WEAKLING}`));

  it.each(WEAK)('may not be %s: not when it is changed', async (_title, newPassword) => {
    await createUser(server.admin, { email: WEAKLING });
    const browser = await signIn(server.url, { email: WEAKLING, password: PASSWORD });

    const answer = await browser.post('/api/auth/password', { currentPassword: PASSWORD, newPassword });

    expect(answer).toMatchObject(problemAt(400, 'weak_password', 'newPassword', /\S/));
    expect(await whoIs(browser)).toBe(WEAKLING);
  });

  it.each(WEAK.filter(([, password]) => password.length < 100_000))(
    'may not be %s: not when a user is made',
    async (_title, password) => {
      const answer = await server.admin.post('/api/meta/users', { email: WEAKLING, name: 'W', password });

      expect(answer).toMatchObject(problemAt(400, 'weak_password', 'password', /\S/));
      expect(await server.admin.get(`/api/meta/users/${WEAKLING}`)).toMatchObject({ status: 404 });
    },
  );

  it.each([
    ['12 characters', 'Kq7-vt2_zR9x'],
    ['128 characters', 'granite-otter-lantern-58 '.repeat(6).slice(0, 128)],
    ['words', 'correct otters staple lanterns'],
    ['letters of any language', 'лодка-гранит-фонарь-выдра'],
    ['emoji', '🦦🏮🪨🛶🌊🔭🧭🗿🌲🌙⛵🐚'],
    ['small letters only', 'otterlanterngranite'],
    ['quotes and backslashes', `o'tter"lan\\tern;gra--nite/*x*/`],
  ])('may be %s', async (_title, password) => {
    const user = await createUser(server.admin, { password });

    expect(await logIn(server.url, { email: user.email, password })).toMatchObject({ status: 200 });
  });

  it('is stored as a hash that is slow to guess, another one for each user', async () => {
    await createUser(server.admin);
    await createUser(server.admin);

    const stored = await passwordHashes(server.database);

    const found = stored.map((hash) => /^\$argon2id\$v=19\$m=(\d+),p=\d+,t=(\d+)\$/.exec(hash));
    expect(found.every((each) => Number(each?.[1]) >= 19_456 && Number(each?.[2]) >= 2)).toBe(true);
    expect(new Set(stored).size).toBe(stored.length);
  });
});
