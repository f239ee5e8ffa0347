import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  createGroup,
  createKey,
  createPerson,
  createSignedIn,
  createUser,
  type ListBody,
  newEmail,
  OTHER_PASSWORD,
  PASSWORD,
} from '../../fixtures/accounts/people.js';
import { refusal } from '../../fixtures/accounts/problems.js';
import { createRecord, defineModel, fieldOf } from '../../fixtures/arrange.js';
import { type AccountsServer, startAccountsServer } from '../../support/accounts-server.js';
import { logIn, logOut, signIn } from '../../support/signed-in.js';

const MOMENT = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);

interface Entry {
  readonly id: unknown;
  readonly at: string;
  readonly action: string;
  readonly by: { readonly id: string | null; readonly email: string } | null;
  readonly address: string | null;
  readonly requestId: string | null;
  readonly model: string | null;
  readonly modelId: string | null;
  readonly recordId: unknown;
  readonly details: unknown;
}

describe('the audit', () => {
  let server: AccountsServer;

  const audit = async (query = ''): Promise<readonly Entry[]> => {
    const { status, text, body } = await server.admin.get<ListBody<Entry>>(`/api/meta/audit${query}`);
    if (status !== 200) throw new Error(text);
    return body.data;
  };
  /** The entries that an act leaves, the newest first. */
  const leaves = async (act: () => Promise<unknown>): Promise<readonly Entry[]> => {
    const [last] = await audit('?limit=1');
    await act();
    const entries = await audit('?limit=50');
    return entries.slice(
      0,
      entries.findIndex(({ id }) => id === last?.id),
    );
  };

  beforeAll(async () => {
    server = await startAccountsServer();
    await createUser(server.admin);
  });
  afterAll(() => server?.close());

  it('tells who has done what, when, from where and by which request', async () => {
    const root = await createPerson(server, [], { isSuperuser: true });
    const made = await root.http.post<{ id: string }>('/api/meta/groups', { name: 'audited' });

    const [entry] = await audit('?limit=1');

    expect(entry).toEqual({
      id: expect.anything(),
      at: MOMENT,
      action: expect.stringMatching(/group/),
      by: { id: root.id, email: root.email },
      address: '127.0.0.1',
      requestId: made.headers.get('x-request-id'),
      model: null,
      modelId: null,
      recordId: null,
      details: expect.anything(),
    });
    expect(JSON.stringify(entry?.details)).toContain('audited');
  });

  it('tells of logins, of those that failed, and of logouts', async () => {
    const user = await createUser(server.admin);

    const entries = await leaves(async () => {
      await logIn(server.url, { email: user.email, password: OTHER_PASSWORD });
      await logIn(server.url, { email: newEmail('nobody'), password: PASSWORD });
      const browser = await signIn(server.url, { email: user.email, password: PASSWORD });
      await logOut(browser);
    });

    const [logout, login, unknown, wrong] = entries;
    const byUser = { id: user.id, email: user.email };
    expect(entries).toHaveLength(4);
    expect([logout?.action, login?.action].join()).toMatch(/logout.*,.*login/);
    expect([logout?.by, login?.by]).toEqual([byUser, byUser]);
    expect([unknown?.action, wrong?.action]).toEqual([wrong?.action, unknown?.action]);
    expect(wrong?.action).not.toBe(login?.action);
    // Of an account that there is not nothing is kept: what was typed may have been the password.
    expect(JSON.stringify(unknown)).not.toContain('nobody');
    expect(JSON.stringify(wrong)).toMatch(new RegExp(`${user.email}|${user.id}`));
    expect(wrong?.address).toMatch(/^127\./);
  });

  it.each<[string, RegExp, (server: AccountsServer) => Promise<unknown>]>([
    ['a user that is made', /user/, ({ admin }) => createUser(admin)],
    [
      'a user that changes',
      /user/,
      async ({ admin }) => admin.patch(`/api/meta/users/${(await createUser(admin)).id}`, { isActive: false }),
    ],
    ['a user that goes', /user/, async ({ admin }) => admin.delete(`/api/meta/users/${(await createUser(admin)).id}`)],
    [
      'rights that are given',
      /grant|permission|user/,
      async ({ admin }) =>
        admin.patch(`/api/meta/users/${(await createUser(admin)).id}`, { permissions: [{ action: 'schema' }] }),
    ],
    ['a group that is made', /group/, ({ admin }) => createGroup(admin, { name: newEmail('group') })],
    ['the switch of everybody', /group/, ({ admin }) => admin.patch('/api/meta/groups/anonymous', { isActive: true })],
    ['a key that is made', /key/, async ({ admin }) => createKey(admin, (await createUser(admin)).id)],
    [
      'a key that goes',
      /key/,
      async ({ admin }) => admin.delete(`/api/meta/keys/${(await createKey(admin, (await createUser(admin)).id)).id}`),
    ],
    [
      'a password that changes',
      /password/,
      async (running) =>
        (await createSignedIn(running)).browser.post('/api/auth/password', {
          currentPassword: PASSWORD,
          newPassword: OTHER_PASSWORD,
        }),
    ],
    [
      'all sessions that end',
      /logout/,
      async (running) => (await createSignedIn(running)).browser.post('/api/auth/logout-everywhere', {}),
    ],
  ])('tells of %s', async (_title, action, act) => {
    const entries = await leaves(() => act(server));

    expect(entries.map((entry) => entry.action).join()).toMatch(action);
  });

  it('tells each change of the schema once, as the journal does, and who made it', async () => {
    const editor = await createPerson(server, [{ action: 'schema' }]);
    const song = { app: 'music', name: 'Song', fields: [{ name: 'title', type: 'char' }] };

    const entries = await leaves(async () => {
      const model = await defineModel(editor.http, song);
      await editor.http.patch(`/api/meta/models/${model.id}`, { verboseName: 'Tune' });
      await editor.http.delete(`/api/meta/fields/${fieldOf(model, 'title').id}`);
      await editor.http.delete(`/api/meta/models/${model.id}`);
    });
    const journal = await server.database.query('SELECT kind FROM dynamo.schema_change');

    expect(entries).toHaveLength(journal.length);
    expect(entries.map(({ by }) => by?.email)).toEqual(entries.map(() => editor.email));
    expect(entries.map(({ model }) => model)).toEqual(entries.map(() => 'music.Song'));
  });

  it('tells nothing of what was refused', async () => {
    const entries = await leaves(async () => {
      await server.admin.post('/api/meta/users', { email: 'no address' });
      await server.admin.post('/api/meta/models', { app: 'music', name: 'no good', fields: [] });
      await server.anonymous.post('/api/meta/users', { email: newEmail() });
      await server.admin.patch('/api/meta/groups/anonymous', { name: 'public' });
    });

    expect(entries).toEqual([]);
  });

  it('is searched by action, user, model and time, and read page by page', async () => {
    const root = await createPerson(server, [], { isSuperuser: true });
    await defineModel(root.http, { app: 'search', name: 'Thing', fields: [] });
    const model = await audit('?model=search.Thing');
    const between = new Date().toISOString();
    await root.http.post('/api/meta/groups', { name: 'searched' });
    const [group] = await audit('?limit=1');

    const byUser = await audit(`?user=${root.id}`);
    const byAction = await audit(`?action=${group?.action}`);

    expect(model).toMatchObject([{ model: 'search.Thing', by: { id: root.id } }]);
    expect(await audit(`?user=${root.email}`)).toEqual(byUser);
    expect(byUser.map(({ id }) => id)).toEqual([group?.id, model[0]?.id]);
    expect(new Set(byAction.map(({ action }) => action))).toEqual(new Set([group?.action]));
    expect(await audit(`?from=${between}`)).toEqual([group]);
    expect((await audit(`?to=${between}&limit=1`))[0]).toEqual(model[0]);
    expect((await audit('?limit=1&page=2'))[0]?.id).toEqual(model[0]?.id);
  });

  it.each(['?page=0', '?limit=1001', '?from=yesterday', '?to=infinity', '?order=1', '?action[$ne]=x'])(
    'refuses the query %s',
    async (query) => {
      expect(await server.admin.get(`/api/meta/audit${query}`)).toMatchObject({ ...refusal, status: 400 });
    },
  );

  it('of a user who is gone still tells who it was', async () => {
    const root = await createPerson(server, [], { isSuperuser: true });
    await createGroup(root.http, { name: 'left behind' });
    await server.admin.delete(`/api/meta/users/${root.id}`);

    const entries = await audit('?limit=10');

    expect(entries.map(({ by }) => by?.email)).toContain(root.email);
  });

  it('is not kept of records unless it is asked for', async () => {
    await defineModel(server.admin, { app: 'plain', name: 'Thing', fields: [{ name: 'name', type: 'char' }] });

    expect(await leaves(() => createRecord(server.admin, '/api/plain/thing', { name: 'x' }))).toEqual([]);
  });
});
