import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  createKey,
  createPerson,
  createSignedIn,
  createUser,
  type KeyBody,
  type ListBody,
  type Person,
  whoIs,
} from '../../fixtures/accounts/people.js';
import { forbidden, invalidToken, problem, refusal, unknown } from '../../fixtures/accounts/problems.js';
import { openShop } from '../../fixtures/access/shop.js';
import { ADMIN_KEY } from '../../support/process.js';
import { type AccountsServer, startAccountsServer } from '../../support/accounts-server.js';
import { expireKey } from '../../support/accounts-tables.js';
import { eventually } from '../../support/eventually.js';
import { wireClient } from '../../support/wire.js';

const MOMENT = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
const DAY = 86_400_000;

describe('an API key', () => {
  let server: AccountsServer;
  let ann: Person;

  beforeAll(async () => {
    server = await startAccountsServer();
    await openShop(server.admin);
    ann = await createPerson(server, [{ model: 'shop.Product', action: 'view' }]);
  });
  afterAll(() => server?.close());

  const make = (body: object, http = ann.http) => http.post<KeyBody>('/api/auth/keys', body);

  it('is shown once, to whoever makes it', async () => {
    const made = await make({ name: 'export' });

    expect(made).toMatchObject({ status: 201 });
    expect(made.body).toEqual({
      id: expect.anything(),
      name: 'export',
      prefix: expect.stringMatching(/^(dyn_)?\w{8}$/),
      key: expect.stringMatching(/^dyn_[A-Za-z0-9]{8}_[A-Za-z0-9_-]{43}$/),
      user: expect.anything(),
      permissions: null,
      createdAt: MOMENT,
      expiresAt: MOMENT,
      lastUsedAt: null,
    });
    expect(made.body.key).toContain(made.body.prefix);
    const lists = [await ann.http.get('/api/auth/keys'), await server.admin.get('/api/meta/keys')];
    expect(lists.map(({ text }) => text.includes(made.body.id))).toEqual([true, true]);
    expect(lists.map(({ text }) => text).join()).not.toContain(made.body.key.slice(13));
  });

  it('is another each time', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => make({ name: 'many' })));

    expect(new Set(answers.map(({ body }) => body.key.slice(-43))).size).toBe(20);
    expect(new Set(answers.map(({ body }) => body.prefix)).size).toBe(20);
  });

  it('lasts a year unless told, as long as told, or for ever', async () => {
    const [year, day, ever] = [
      await make({ name: 'year' }),
      await make({ name: 'day', expiresAt: new Date(Date.now() + DAY).toISOString() }),
      await make({ name: 'ever', expiresAt: null }),
    ];

    const days = [year, day].map(({ body }) => (Date.parse(body.expiresAt ?? '') - Date.now()) / DAY);
    expect(days[0]).toBeGreaterThan(364);
    expect(days[0]).toBeLessThan(367);
    expect(days[1]).toBeCloseTo(1, 2);
    expect(ever.body.expiresAt).toBeNull();
  });

  it('lets in as its user, and says which key it is', async () => {
    const { body } = await make({ name: 'mine' });

    const answer = await server.bearer(body.key).get('/api/auth/me');

    expect(answer).toMatchObject({
      status: 200,
      body: { user: { id: ann.id, email: ann.email }, key: { id: body.id, name: 'mine' }, csrfToken: null },
    });
    expect(await server.bearer(body.key).get('/api/shop/product')).toMatchObject({ status: 200 });
    expect(await server.bearer(body.key).delete('/api/shop/product/1')).toMatchObject(forbidden);
  });

  it('shows when it was last used', async () => {
    const { body } = await make({ name: 'used' });
    await server.bearer(body.key).get('/api/shop/product');

    const used = await eventually(
      async () => (await ann.http.get<ListBody<KeyBody>>('/api/auth/keys')).body.data.find(({ id }) => id === body.id),
      (key) => key?.lastUsedAt !== null,
    );

    expect(used).toMatchObject({ lastUsedAt: MOMENT });
  });

  it('is over when it has expired', async () => {
    const { body } = await make({ name: 'brief' });
    const before = await whoIs(server.bearer(body.key));

    // By hand in the database, of which the server hears a moment later.
    await expireKey(server.database, body.id);
    const after = await eventually(
      () => server.bearer(body.key).get('/api/auth/me'),
      ({ status }) => status !== 200,
    );

    expect(before).toBe(ann.email);
    expect(after).toMatchObject(invalidToken);
  });

  it('is over when its user deletes it', async () => {
    const { body } = await make({ name: 'deleted' });
    await whoIs(server.bearer(body.key));

    const answer = await ann.http.delete(`/api/auth/keys/${body.id}`);

    expect(answer).toMatchObject({ status: 204, text: '' });
    expect(await server.bearer(body.key).get('/api/auth/me')).toMatchObject(invalidToken);
    expect(await ann.http.delete(`/api/auth/keys/${body.id}`)).toMatchObject(problem(404, 'key_not_found', /\S/));
  });

  it('is over when an administrator deletes it', async () => {
    const { body } = await make({ name: 'revoked' });

    expect(await server.admin.delete(`/api/meta/keys/${body.id}`)).toMatchObject({ status: 204 });
    expect(await server.bearer(body.key).get('/api/auth/me')).toMatchObject(invalidToken);
  });

  it('of somebody else is as if there were none', async () => {
    const stranger = await createPerson(server);

    const theirs = await ann.http.delete(`/api/auth/keys/${stranger.key.id}`);
    const none = await ann.http.delete('/api/auth/keys/00000000-0000-4000-8000-000000000000');

    expect([theirs, none]).toMatchObject([problem(404, 'key_not_found', /\S/), problem(404, 'key_not_found', /\S/)]);
    expect(await whoIs(stranger.http)).toBe(stranger.email);
    expect((await ann.http.get('/api/auth/keys')).text).not.toContain(stranger.key.id);
  });

  it('of no kind is made for somebody else by somebody who is no superuser', async () => {
    const victim = await createUser(server.admin, { isSuperuser: true });

    const own = await make({ name: 'x', user: victim.id });
    const meta = await ann.http.post('/api/meta/keys', { user: victim.id, name: 'x' });

    expect(own).toMatchObject({ family: '4xx' });
    expect(meta).toMatchObject(forbidden);
  });

  it.each([
    ['no name', {}],
    ['an empty name', { name: '' }],
    ['an object as name', { name: {} }],
    ['an expiry that is past', { name: 'x', expiresAt: '2001-01-01T00:00:00Z' }],
    ['an expiry that is no date', { name: 'x', expiresAt: 'tomorrow' }],
    ['an expiry that is a number', { name: 'x', expiresAt: 4_102_444_800_000 }],
    ['an expiry beyond all years', { name: 'x', expiresAt: '+275760-09-13T00:00:00.001Z' }],
    ['a property that nobody knows', { name: 'x', isSuperuser: true }],
    ['a key of its own choice', { name: 'x', key: ADMIN_KEY }],
    ['rights that are no list', { name: 'x', permissions: 'all' }],
    ['rights to an unknown model', { name: 'x', permissions: [{ model: 'shop.None', action: 'view' }] }],
    ['rights to do what nobody can', { name: 'x', permissions: [{ model: 'shop.Product', action: 'own' }] }],
  ])('is not made with %s', async (_title, body) => {
    const before = (await ann.http.get('/api/auth/keys')).text;

    const answer = await make(body);

    expect(answer).toMatchObject({ ...refusal, status: 400 });
    expect((await ann.http.get('/api/auth/keys')).text).toBe(before);
  });

  it.each(['key', 'api_key', 'apiKey', 'access_token', 'token', 'authorization', 'Authorization'])(
    'is never read from the address: %s',
    async (name) => {
      const value = encodeURIComponent(name.toLowerCase() === 'authorization' ? `Bearer ${ADMIN_KEY}` : ADMIN_KEY);

      expect(await server.anonymous.get(`/api/meta/models?${name}=${value}`)).toMatchObject(unknown);
      expect(await server.anonymous.get(`/api/auth/me?${name}=${value}`)).toMatchObject({ body: { user: null } });
    },
  );

  it.each(['x-api-key', 'api-key', 'x-dynamo-key', 'proxy-authorization', 'cookie'])(
    'is never read from the header %s',
    async (name) => {
      const http = wireClient(server.url, { [name]: name === 'cookie' ? `dynamo_session=${ADMIN_KEY}` : ADMIN_KEY });

      expect(await http.get('/api/meta/models')).toMatchObject(unknown);
    },
  );

  it('made by the environment belongs to nobody, and makes keys only for others', async () => {
    const me = await server.admin.get('/api/auth/me');
    const own = await server.admin.post('/api/auth/keys', { name: 'mine' });
    const theirs = await server.admin.post('/api/meta/keys', { user: ann.email, name: 'theirs' });

    expect(me).toMatchObject({
      status: 200,
      body: { user: null, isSuperuser: true, maySchema: true, csrfToken: null },
    });
    expect(own).toMatchObject(problem(409, 'no_user', /user/i));
    expect(theirs).toMatchObject({ status: 201, body: { key: expect.stringMatching(/^dyn_/) } });
  });

  it('changes no password and logs nobody out', async () => {
    const { user, browser } = await createSignedIn(server);
    const key = await createKey(server.admin, user.id);
    const http = server.bearer(key.key);

    const answer = await http.post('/api/auth/password', {
      currentPassword: 'granite-otter-lantern-58',
      newPassword: 'quiet-harbour-mosaic-71',
    });

    expect(answer).toMatchObject(forbidden);
    expect(await whoIs(browser)).toBe(user.email);
  });
});
