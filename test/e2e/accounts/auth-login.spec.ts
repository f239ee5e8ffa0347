import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  createUser,
  newEmail,
  OTHER_PASSWORD,
  PASSWORD,
  type UserBody,
  whoIs,
} from '../../fixtures/accounts/people.js';
import { problem, refusal } from '../../fixtures/accounts/problems.js';
import { type AccountsServer, startAccountsServer } from '../../support/accounts-server.js';
import { browserOf, cookiesOf, logIn, signIn, withCookie } from '../../support/signed-in.js';
import { newAddress, wireClient } from '../../support/wire.js';

const MOMENT = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
const HOURS = 3_600_000;

describe('a login', () => {
  let server: AccountsServer;
  let ann: UserBody;

  beforeAll(async () => {
    server = await startAccountsServer();
    ann = await createUser(server.admin, { email: 'Ann@Example.com', name: 'Ann' });
  });
  afterAll(() => server?.close());

  it('answers who has signed in, what they may do, and the token against forgery', async () => {
    const answer = await logIn(server.url, { email: 'Ann@Example.com', password: PASSWORD });

    expect(answer).toMatchObject({ status: 200, contentType: expect.stringContaining('application/json') });
    expect(answer.body).toMatchObject({
      user: { id: ann.id, email: ann.email, name: 'Ann' },
      isSuperuser: false,
      maySchema: false,
      permissions: [],
      csrfToken: expect.stringMatching(/^\S{16,}$/),
      expiresAt: MOMENT,
    });
    const lifetime = Date.parse(answer.body.expiresAt) - Date.now();
    expect(lifetime).toBeGreaterThan(7 * HOURS);
    expect(lifetime).toBeLessThanOrEqual(7 * 24 * HOURS);
  });

  it('sets one cookie that scripts cannot read and other sites do not send', async () => {
    const { headers } = await logIn(server.url, { email: ann.email, password: PASSWORD });

    const lines = headers.getSetCookie();
    expect(lines).toHaveLength(1);
    const [pair, ...attributes] = (lines[0] ?? '').split(/; */);
    expect(pair).toMatch(/^dynamo_session=[A-Za-z0-9_-]{43,}$/);
    const names = attributes.map((attribute) => attribute.toLowerCase());
    expect(names).toEqual(expect.arrayContaining(['httponly', 'samesite=strict', 'path=/']));
    expect(names).not.toContain('secure');
    expect(names.filter((name) => name.startsWith('domain'))).toEqual([]);
  });

  it('takes the address in any case', async () => {
    const answer = await logIn(server.url, { email: 'aNN@eXAMPLE.COM', password: PASSWORD });

    expect(answer).toMatchObject({ status: 200, body: { user: { id: ann.id } } });
  });

  it('shows on the user when it was', async () => {
    const user = await createUser(server.admin);
    await signIn(server.url, { email: user.email, password: PASSWORD });

    const { body } = await server.admin.get(`/api/meta/users/${user.id}`);

    expect(user.lastLoginAt).toBeNull();
    expect(body).toMatchObject({ lastLoginAt: MOMENT });
  });

  describe('that is refused', () => {
    it('says the same to whoever has the wrong password, no account, none any more, or none to log in with', async () => {
      const disabled = await createUser(server.admin, { isActive: false });
      const keysOnly = await createUser(server.admin, { password: undefined });

      const answers = await Promise.all([
        logIn(server.url, { email: ann.email, password: OTHER_PASSWORD }),
        logIn(server.url, { email: newEmail('nobody'), password: PASSWORD }),
        logIn(server.url, { email: disabled.email, password: PASSWORD }),
        logIn(server.url, { email: keysOnly.email, password: PASSWORD }),
        logIn(server.url, { email: keysOnly.email, password: '' }),
        logIn(server.url, { email: 'no address', password: PASSWORD }),
        logIn(server.url, { email: '', password: '' }),
      ]);

      expect(answers).toMatchObject(answers.map(() => problem(401, 'invalid_credentials', /password/i)));
      const said = answers.map(({ body }) => ({ ...body, requestId: '' }));
      expect(new Set(said.map((each) => JSON.stringify(each))).size).toBe(1);
      const kinds = answers.map(({ headers }) => [...headers.keys()].sort().join());
      expect(new Set(kinds).size).toBe(1);
      expect(answers.flatMap(cookiesOf)).toEqual([]);
    });

    it.each([
      ['a space behind it', `${PASSWORD} `],
      ['a space before it', ` ${PASSWORD}`],
      ['capital letters', PASSWORD.toUpperCase()],
      ['more behind it', `${PASSWORD}x`],
      ['less of it', PASSWORD.slice(0, -1)],
      ['NUL behind it', `${PASSWORD}\u0000`],
      ['NUL and more behind it', `${PASSWORD}\u0000x`],
      ['SQL', `' OR '1'='1`],
      ['a pattern', '%'],
      ['a megabyte', 'x'.repeat(1_000_000)],
    ])('has the password with %s', async (_title, password) => {
      const user = await createUser(server.admin);

      const answer = await logIn(server.url, { email: user.email, password });

      expect(answer).toMatchObject(problem(401, 'invalid_credentials', /\S/));
      expect(cookiesOf(answer)).toEqual([]);
    });

    it('differs from a long password in its last letter only', async () => {
      const password = `${'granite-otter-lantern-'.repeat(5)}1`;
      const { email } = await createUser(server.admin, { password });

      const wrong = await logIn(server.url, { email, password: `${password.slice(0, -1)}2` });
      const right = await logIn(server.url, { email, password });

      expect([wrong.status, right.status]).toEqual([401, 200]);
    });

    it.each([
      ['text/plain', JSON.stringify({ email: 'ann@example.com', password: PASSWORD })],
      ['application/x-www-form-urlencoded', `email=ann%40example.com&password=${PASSWORD}`],
      ['multipart/form-data; boundary=x', `--x\r\ncontent-disposition: form-data; name="email"\r\n\r\na\r\n--x--`],
    ])('comes as %s, as forms of other sites send it', async (type, text) => {
      const http = wireClient(server.url, {}, newAddress());

      const answer = await http.send('POST', '/api/auth/login', text, { 'content-type': type });

      expect(answer).toMatchObject(refusal);
      expect(cookiesOf(answer)).toEqual([]);
    });

    it.each(['?email=ann@example.com&password=granite-otter-lantern-58', '?_method=POST'])(
      'comes in the address: %s',
      async (query) => {
        const answer = await server.anonymous.get(`/api/auth/login${query}`);

        expect(answer).toMatchObject({ family: '4xx' });
        expect(cookiesOf(answer)).toEqual([]);
      },
    );
  });

  it.each([
    ['of a foreign origin', { origin: 'https://evil.example' }],
    ['of an origin that hides', { origin: 'null' }],
    ['that the browser calls cross-site', { 'sec-fetch-site': 'cross-site' }],
    ['that the browser calls same-site', { 'sec-fetch-site': 'same-site' }],
  ])('%s is forged', async (_title, headers) => {
    const answer = await logIn(server.url, { email: ann.email, password: PASSWORD }, headers);

    expect(answer).toMatchObject(problem(403, 'csrf_failed', /\S/));
    expect(cookiesOf(answer)).toEqual([]);
  });

  it('of the page of the server itself is none that is forged', async () => {
    const headers = { origin: server.url, 'sec-fetch-site': 'same-origin' };

    expect(await logIn(server.url, { email: ann.email, password: PASSWORD }, headers)).toMatchObject({ status: 200 });
  });

  it('ends the session that the browser had, and begins another', async () => {
    const bob = await createUser(server.admin);
    const first = await signIn(server.url, { email: ann.email, password: PASSWORD });

    const answer = await logIn(
      server.url,
      { email: bob.email, password: PASSWORD },
      { cookie: first.cookie, 'x-csrf-token': first.csrfToken },
    );

    const second = browserOf(server.url, answer);
    expect(second.cookie).not.toBe(first.cookie);
    expect(second.csrfToken).not.toBe(first.csrfToken);
    expect([await whoIs(first), await whoIs(second)]).toEqual([null, bob.email]);
  });

  it('never takes a session over that somebody has chosen', async () => {
    const chosen = `dynamo_session=${'A'.repeat(43)}`;

    const answer = await logIn(server.url, { email: ann.email, password: PASSWORD }, { cookie: chosen });

    expect(browserOf(server.url, answer).cookie).not.toBe(chosen);
    expect(await whoIs(withCookie({ ...browserOf(server.url, answer), cookie: chosen }))).toBeNull();
  });
});

describe('a login behind a proxy that speaks TLS', () => {
  const TLS = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'shop.example' };

  it('sets a cookie that goes over TLS and to this host only, and takes no other', async () => {
    const server = await startAccountsServer({ trustedProxies: 1 });
    const user = await createUser(server.admin);
    const answer = await logIn(server.url, { email: user.email, password: PASSWORD }, TLS);
    const [line = ''] = answer.headers.getSetCookie();
    const [cookie = ''] = cookiesOf(answer);

    const over = await whoIs(wireClient(server.url, { ...TLS, cookie }));
    const plainName = await whoIs(wireClient(server.url, { ...TLS, cookie: cookie.replace('__Host-', '') }));
    await server.close();

    expect(line).toMatch(/^__Host-dynamo_session=[A-Za-z0-9_-]{43,};/);
    expect(line).toMatch(/; *Secure/i);
    expect(line).toMatch(/; *Path=\/(;|$)/i);
    expect(line).not.toMatch(/Domain/i);
    expect([over, plainName]).toEqual([user.email, null]);
  });

  it('is believed to be one only where the proxy is trusted', async () => {
    const server = await startAccountsServer();
    const user = await createUser(server.admin);

    const answer = await logIn(server.url, { email: user.email, password: PASSWORD }, TLS);
    await server.close();

    expect(cookiesOf(answer)).toEqual([expect.stringMatching(/^dynamo_session=/)]);
  });
});
