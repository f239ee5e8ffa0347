import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createKey, createUser, type KeyBody, OTHER_PASSWORD, PASSWORD } from '../../fixtures/accounts/people.js';
import { dump, leaks, recorded, type Secrets } from '../../fixtures/accounts/secrets.js';
import { createRecord, defineModel } from '../../fixtures/arrange.js';
import { browserOf, logIn, logOut, signIn, withCookie } from '../../support/signed-in.js';
import { createDatabase, type TestDatabase } from '../../support/database.js';
import { httpClient } from '../../support/http.js';
import { buildServer, startServer, type ServerProcess } from '../../support/process.js';
import { wireClient } from '../../support/wire.js';

const KEY = 'canary-of-the-environment-key-77120';
const FIRST_PASSWORD = 'canary-first-superuser-98';
const TYPED_BY_MISTAKE = 'canary-typed-by-mistake-31';
const GUESSED_KEY = `dyn_AAAAAAAA_${'canary'.repeat(7)}a`;

describe('a secret', () => {
  let database: TestDatabase;
  let server: ServerProcess;
  let secrets: Secrets;
  /** Answers to requests that no secret is asked of. */
  const answers: string[] = [];

  beforeAll(async () => {
    database = await createDatabase();
    server = await startServer(await buildServer(), {
      DATABASE_URL: database.url,
      PORT: '0',
      LOG_LEVEL: 'verbose',
      DYNAMO_ADMIN_KEY: KEY,
      DYNAMO_ADMIN_EMAIL: 'first@example.com',
      DYNAMO_ADMIN_PASSWORD: FIRST_PASSWORD,
    });
    const admin = recorded(httpClient(server.url, { authorization: `Bearer ${KEY}` }), answers);
    const unrecorded = httpClient(server.url, { authorization: `Bearer ${KEY}` });
    const anonymous = recorded(wireClient(server.url), answers);

    const ann = await createUser(admin, { email: 'ann@example.com', password: PASSWORD });
    const ofAnn = await createKey(unrecorded, ann.id);
    const first = await signIn(server.url, { email: ann.email, password: PASSWORD });
    const second = await signIn(server.url, { email: 'first@example.com', password: FIRST_PASSWORD });
    const own = await second.post<KeyBody>('/api/auth/keys', { name: 'own' });
    const changed = browserOf(
      server.url,
      await first.post('/api/auth/password', { currentPassword: PASSWORD, newPassword: OTHER_PASSWORD }),
    );

    await defineModel(admin, {
      app: 'vault',
      name: 'Login',
      fields: [
        { name: 'title', type: 'char' },
        { name: 'password', type: 'char', unique: true },
      ],
    });
    await admin.put('/api/meta/audited-models/vault.Login');
    await createRecord(admin, '/api/vault/login', { title: 'mail' });
    // Everything that can go wrong with a secret in hand.
    await logIn(server.url, { email: ann.email, password: TYPED_BY_MISTAKE }).then(({ text }) => answers.push(text));
    await anonymous.post('/api/auth/login', { email: TYPED_BY_MISTAKE, password: TYPED_BY_MISTAKE });
    await anonymous.send('POST', '/api/auth/login', `{"email":"ann@example.com","password":"${TYPED_BY_MISTAKE}`);
    await anonymous.send('POST', '/api/auth/login', `password=${TYPED_BY_MISTAKE}`, { 'content-type': 'text/plain' });
    await anonymous.post('/api/auth/setup', { token: TYPED_BY_MISTAKE, email: 'x@example.com', password: PASSWORD });
    await recorded(wireClient(server.url, { authorization: `Bearer ${GUESSED_KEY}` }), answers).get('/api/auth/me');
    await recorded(wireClient(server.url, { authorization: `Basic ${KEY}` }), answers).get('/api/meta/users');
    const asAnn = recorded(withCookie(changed, { 'x-csrf-token': changed.csrfToken }), answers);
    await asAnn.post('/api/auth/password', { currentPassword: TYPED_BY_MISTAKE, newPassword: 'password1234' });
    await asAnn.post('/api/auth/keys', { name: 'x', key: GUESSED_KEY, permissions: 'all' });
    await admin.patch(`/api/meta/users/${ann.id}`, { password: TYPED_BY_MISTAKE, role: 'x' });
    await admin.post('/api/meta/users', { email: TYPED_BY_MISTAKE, password: TYPED_BY_MISTAKE });
    for (const path of ['users', 'groups', 'keys', 'permissions', 'audit?limit=1000', 'models', 'audited-models'])
      await admin.get(`/api/meta/${path}`);
    for (const path of ['/health', '/docs-json', '/docs', '/setup', '/api/auth/keys', '/api/shop/none'])
      await anonymous.get(path);
    await admin.get('/docs-json');
    await admin.get(`/api/meta/users/${ann.id}`);
    await admin.delete(`/api/meta/keys/${ofAnn.id}`);
    await logOut(second);

    secrets = {
      environmentKey: KEY,
      firstPassword: FIRST_PASSWORD,
      password: PASSWORD,
      newPassword: OTHER_PASSWORD,
      wrongPassword: TYPED_BY_MISTAKE,
      guessedKey: GUESSED_KEY,
      keyOfAnn: ofAnn.key.slice(13),
      ownKey: own.body.key.slice(13),
      session: first.cookie.split('=')[1] ?? '',
      secondSession: second.cookie.split('=')[1] ?? '',
      changedSession: changed.cookie.split('=')[1] ?? '',
      token: first.csrfToken,
      changedToken: changed.csrfToken,
    };
  }, 120_000);
  afterAll(async () => {
    await server?.stop();
    await database?.drop();
  });

  it('is looked for', () => {
    expect(Object.values(secrets).filter((secret) => secret.length < 20)).toEqual([]);
    expect(leaks(`x${Buffer.from(KEY).toString('base64')}x`, secrets)).toEqual(['environmentKey']);
    expect(answers.length).toBeGreaterThan(25);
  });

  it('is nowhere in the database', async () => {
    const text = await dump(database);

    expect(text).toContain('ann@example.com');
    expect(leaks(text, secrets)).toEqual([]);
  });

  it('is in no answer to a request that does not ask for it', () => {
    expect(answers.filter((text) => leaks(text, secrets).length > 0)).toEqual([]);
  });

  it('is nowhere in the log', () => {
    expect(server.printed()).toContain('Dynamo is running');
    expect(leaks(server.printed(), secrets)).toEqual([]);
  });

  it('is stored in no way that the hash itself would open the door', async () => {
    const rows = await database.query<{ hash: string }>(`SELECT encode(token_hash, 'hex') AS hash FROM dynamo.session`);

    const who = await Promise.all(
      rows.flatMap(({ hash }) =>
        [hash, Buffer.from(hash, 'hex').toString('base64url')].map((value) =>
          wireClient(server.url, { cookie: `dynamo_session=${value}` }).get('/api/auth/me'),
        ),
      ),
    );

    expect(rows.length).toBeGreaterThan(0);
    expect(who.map(({ body }) => body)).toEqual(who.map(() => expect.objectContaining({ user: null })));
  });
});
