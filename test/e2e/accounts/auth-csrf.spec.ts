import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createSignedIn, createUser, PASSWORD, type UserBody, whoIs } from '../../fixtures/accounts/people.js';
import { concrete } from '../../fixtures/accounts/routes.js';
import { forged, invalidToken, refusal, unknown } from '../../fixtures/accounts/problems.js';
import { openShop } from '../../fixtures/access/shop.js';
import { type AccountsServer, startAccountsServer } from '../../support/accounts-server.js';
import { everyRow } from '../../support/accounts-tables.js';
import { type Browser, logOut, signIn, withCookie } from '../../support/signed-in.js';
import { ADMIN_KEY } from '../../support/process.js';
import { routesOf } from '../../support/routes.js';
import { sendOver, wireClient } from '../../support/wire.js';

const SAFE = ['GET', 'HEAD', 'OPTIONS'];
/** What nobody needs to be signed in for has nothing that a session could be misused for. */
const WITHOUT_SESSION = ['/api/auth/login', '/api/auth/setup'];

/** Headers beside the cookie of a superuser, as other pages could make a browser send them; TOKEN is the right one. */
const FORGERIES: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ['no token', {}],
  ['an empty token', { 'x-csrf-token': '' }],
  ['a wrong token', { 'x-csrf-token': 'x'.repeat(43) }],
  ['the beginning of the token', { 'x-csrf-token': 'PART' }],
  ['the token of another session', { 'x-csrf-token': 'OTHER' }],
  ['the session as token', { 'x-csrf-token': 'COOKIE' }],
  ['the token in other headers', { 'x-xsrf-token': 'TOKEN', 'csrf-token': 'TOKEN' }],
  ['a foreign origin', { 'x-csrf-token': 'TOKEN', origin: 'https://evil.example' }],
  ['an origin that hides', { 'x-csrf-token': 'TOKEN', origin: 'null' }],
  ['another port', { 'x-csrf-token': 'TOKEN', origin: 'http://127.0.0.1:1' }],
  ['a host that begins like this one', { 'x-csrf-token': 'TOKEN', origin: 'http://HOST.evil.example' }],
  ['a host that ends like this one', { 'x-csrf-token': 'TOKEN', origin: 'http://evil.example#HOST' }],
  ['a user at a foreign host', { 'x-csrf-token': 'TOKEN', origin: 'http://HOST@evil.example' }],
  ['an empty origin', { 'x-csrf-token': 'TOKEN', origin: '' }],
  ['a request of another site', { 'x-csrf-token': 'TOKEN', 'sec-fetch-site': 'cross-site' }],
  ['a request of a neighbour', { 'x-csrf-token': 'TOKEN', 'sec-fetch-site': 'same-site' }],
  ['a request of who knows where', { 'x-csrf-token': 'TOKEN', 'sec-fetch-site': 'elsewhere' }],
];

describe('a request that another page makes a browser send', () => {
  let server: AccountsServer;
  let root: UserBody;
  let browser: Browser;
  let other: Browser;

  const filled = (headers: Readonly<Record<string, string>>): Record<string, string> =>
    Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [
        name,
        value
          .replace('TOKEN', browser.csrfToken)
          .replace('PART', browser.csrfToken.slice(0, -1))
          .replace('OTHER', other.csrfToken)
          .replace('COOKIE', browser.cookie.split('=')[1] ?? '')
          .replace('HOST', new URL(server.url).host),
      ]),
    );

  beforeAll(async () => {
    server = await startAccountsServer();
    await openShop(server.admin);
  });
  afterAll(() => server?.close());
  beforeEach(async () => {
    root = await createUser(server.admin, { isSuperuser: true });
    browser = await signIn(server.url, { email: root.email, password: PASSWORD });
    other = await signIn(server.url, { email: root.email, password: PASSWORD });
  });

  it.each(FORGERIES)('does nothing on any route: %s', async (_title, headers) => {
    const before = await everyRow(server.database);
    const http = withCookie(browser, filled(headers));
    const unsafe = routesOf(server.app).filter(
      ({ method, path }) => path.startsWith('/api/') && !SAFE.includes(method) && !WITHOUT_SESSION.includes(path),
    );
    const passed: string[] = [];

    for (const { method, path } of unsafe)
      for (const address of concrete(path)) {
        const answer = await http.send(method, address, '{}');
        if (answer.status !== 403 || !answer.text.includes('csrf_failed'))
          passed.push(`${method} ${address} ${answer.status}`);
      }

    expect(unsafe.length).toBeGreaterThan(25);
    expect(passed).toEqual([]);
    expect(await everyRow(server.database)).toEqual(before);
  });

  it('is refused in the shape of a problem', async () => {
    expect(await withCookie(browser).post('/api/meta/groups', { name: 'Forged' })).toMatchObject(forged);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded'])('is refused as %s', async (type) => {
    const before = await everyRow(server.database);

    const answer = await withCookie(browser).send('POST', '/api/meta/groups', '{"name":"Forged"}', {
      'content-type': type,
    });

    expect(answer).toMatchObject(refusal);
    expect(await everyRow(server.database)).toEqual(before);
  });

  it.each([
    ['in the address', '?csrfToken=TOKEN&_csrf=TOKEN&X-CSRF-Token=TOKEN', '', '{"name":"Forged"}'],
    ['in the body', '', '', '{"name":"Forged","csrfToken":"TOKEN","_csrf":"TOKEN"}'],
    ['in another cookie', '', '; csrfToken=TOKEN; X-CSRF-Token=TOKEN', '{"name":"Forged"}'],
  ])('has the token %s, where it does not count', async (_title, query, cookies, text) => {
    const [own, added, body] = [query, cookies, text].map((part) => part.replaceAll('TOKEN', browser.csrfToken));
    const http = wireClient(server.url, { cookie: `${browser.cookie}${added}` });

    const answer = await http.send('POST', `/api/meta/groups${own}`, body ?? '');

    expect(answer).toMatchObject(forged);
  });

  it('is an unsafe one that looks like a safe one', async () => {
    const before = await everyRow(server.database);
    const headers = { 'x-http-method-override': 'DELETE', 'x-method-override': 'DELETE', 'x-http-method': 'DELETE' };

    await withCookie(browser, headers).get(`/api/meta/users/${root.id}?_method=DELETE`);
    await withCookie(browser, headers).get('/api/shop/product/1?_method=DELETE');

    expect(await everyRow(server.database)).toEqual(before);
  });
});

describe('a request of the page itself', () => {
  let server: AccountsServer;

  beforeAll(async () => {
    server = await startAccountsServer();
  });
  afterAll(() => server?.close());

  it.each([
    ['its own origin', { origin: 'ORIGIN' }],
    ['same-origin', { origin: 'ORIGIN', 'sec-fetch-site': 'same-origin' }],
    ['none, as where the user typed the address', { 'sec-fetch-site': 'none' }],
    ['neither, as programs with a cookie', {}],
  ])('is taken with %s', async (title, headers) => {
    const { browser } = await createSignedIn(server, { isSuperuser: true });
    const own = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, value.replace('ORIGIN', server.url)]),
    );
    const http = withCookie(browser, { 'x-csrf-token': browser.csrfToken, ...own });

    expect(await http.post('/api/meta/groups', { name: `Group ${title}` })).toMatchObject({ status: 201 });
  });

  it('needs no token to read, whoever asks', async () => {
    const { user, browser } = await createSignedIn(server, { isSuperuser: true });

    const answer = await withCookie(browser, { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }).get(
      '/api/auth/me',
    );

    expect(answer).toMatchObject({ status: 200, body: { user: { email: user.email } } });
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
  });

  it('is nobody’s once the session is over, so that nothing is forged', async () => {
    const { browser } = await createSignedIn(server, { isSuperuser: true });
    await logOut(browser);

    expect(await withCookie(browser).post('/api/meta/groups', { name: 'Late' })).toMatchObject(unknown);
  });
});

describe('a request over TLS', () => {
  it('does not come from a page that came without it', async () => {
    const server = await startAccountsServer({ trustedProxies: 1 });
    const { browser } = await createSignedIn(server, { isSuperuser: true });
    const tls = { 'x-forwarded-proto': 'https', host: 'shop.example', 'x-csrf-token': browser.csrfToken };
    const cookie = browser.cookie.replace(/^(__Host-)?/, '__Host-');
    const send = (origin: string) =>
      wireClient(server.url, { ...tls, cookie, origin }).post('/api/meta/groups', { name: origin });

    const [plain, secure] = [await send('http://shop.example'), await send('https://shop.example')];
    await server.close();

    expect(plain).toMatchObject(forged);
    expect(secure).toMatchObject({ status: 201 });
  });
});

describe('a request with an API key', () => {
  let server: AccountsServer;

  beforeAll(async () => {
    server = await startAccountsServer();
  });
  afterAll(() => server?.close());

  it('needs no token and no origin, because no browser sends a key by itself', async () => {
    const authorization = `Bearer ${ADMIN_KEY}`;
    const http = wireClient(server.url, {
      authorization,
      origin: 'https://other.example',
      'sec-fetch-site': 'cross-site',
    });

    expect(await http.post('/api/meta/groups', { name: 'By key' })).toMatchObject({ status: 201 });
  });

  it('is the request of the key, also where a cookie comes along', async () => {
    const { browser } = await createSignedIn(server, { isSuperuser: true });
    const ann = await createUser(server.admin);
    const { body } = await server.admin.post<{ key: string }>('/api/meta/keys', { user: ann.id, name: 'k' });

    const who = await whoIs(wireClient(server.url, { cookie: browser.cookie, authorization: `Bearer ${body.key}` }));

    expect(who).toBe(ann.email);
  });

  it.each(['Bearer wrong', 'Bearer ', 'Basic YTpi', 'x'])(
    'is refused for what is no key, also where a session comes along: %j',
    async (authorization) => {
      const { browser } = await createSignedIn(server, { isSuperuser: true });
      const headers = { cookie: browser.cookie, 'x-csrf-token': browser.csrfToken, authorization };

      const read = await sendOver(server.url, { method: 'GET', path: '/api/auth/me', headers });
      const write = await sendOver(server.url, { method: 'DELETE', path: '/api/meta/groups/none', headers });

      expect([read, write]).toMatchObject([invalidToken, invalidToken]);
    },
  );
});
