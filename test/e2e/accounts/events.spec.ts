import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createPerson, createSignedIn } from '../../fixtures/accounts/people.js';
import { openShop } from '../../fixtures/access/shop.js';
import { createRecord } from '../../fixtures/arrange.js';
import { type AccountsServer, startAccountsServer } from '../../support/accounts-server.js';
import { type EventClient, listenTo } from '../../support/event-client.js';
import { eventually } from '../../support/eventually.js';
import { logOut } from '../../support/signed-in.js';

const VIEW = { model: 'shop.Product', action: 'view' };
const FOLLOW = '?models=shop/product';

describe('the events of people with accounts', () => {
  let server: AccountsServer;
  const opened: EventClient[] = [];
  const listen = async (headers: Readonly<Record<string, string>>, query = FOLLOW): Promise<EventClient> => {
    const client = await listenTo(server.url, query, headers);
    opened.push(client);
    return client;
  };
  const add = async () => (await createRecord(server.admin, '/api/shop/product', { title: 'New' })).id;
  const isClosed = (client: EventClient) => eventually(async () => client.isClosed, Boolean);

  beforeAll(async () => {
    server = await startAccountsServer();
    await openShop(server.admin);
  });
  afterEach(() => {
    for (const client of opened.splice(0)) client.close();
  });
  afterAll(() => server?.close());

  it('come with a session until it ends', async () => {
    const { browser } = await createSignedIn(server, { permissions: [VIEW] });
    const client = await listen({ cookie: browser.cookie });
    const id = await add();
    await client.heard('records');
    await logOut(browser);

    expect(await isClosed(client)).toBe(true);
    expect(client.of('records')).toEqual([{ app: 'shop', model: 'Product', change: 'created', ids: [id] }]);
  });

  it('come with a key until its user is disabled', async () => {
    const { key, id } = await createPerson(server, [VIEW]);
    const client = await listen({ authorization: `Bearer ${key.key}` });
    await add();
    await client.heard('records');
    await server.admin.patch(`/api/meta/users/${id}`, { isActive: false });

    expect(await isClosed(client)).toBe(true);
    expect(await server.bearer(key.key).get('/api/events')).toMatchObject({ status: 401 });
  });

  it('follow what somebody may do', async () => {
    const { key, id } = await createPerson(server, [VIEW]);
    const client = await listen({ authorization: `Bearer ${key.key}` });
    await server.admin.patch(`/api/meta/users/${id}`, { permissions: [] });
    const [removed] = await client.heard('schema');
    await add();
    await server.admin.patch(`/api/meta/users/${id}`, { permissions: [{ ...VIEW, where: { hidden: false } }] });
    const [, created] = await client.heard('schema', 2);
    const seen = await add();

    expect([removed, created]).toMatchObject([
      { change: 'removed', app: 'shop', name: 'Product' },
      { change: 'created', app: 'shop', name: 'Product' },
    ]);
    expect(await client.heard('records')).toMatchObject([{ change: 'created', ids: [seen] }]);
  });

  it('tell of a model that goes with all rights to it', async () => {
    const { body: model } = await server.admin.post<{ id: string }>('/api/meta/models', { app: 'brief', name: 'Note' });
    const { key } = await createPerson(server, [{ model: 'brief.Note', action: 'view' }]);
    const client = await listen({ authorization: `Bearer ${key.key}` }, '');
    await server.admin.delete(`/api/meta/models/${model.id}`);

    expect(await client.heard('schema')).toMatchObject([
      { change: 'removed', id: model.id, app: 'brief', name: 'Note' },
    ]);
  });

  it('come to everybody where everybody may see something', async () => {
    const refused = await server.anonymous.get('/api/events');
    await server.admin.patch('/api/meta/groups/anonymous', { isActive: true, permissions: [VIEW] });
    const client = await listen({});
    const id = await add();

    expect(refused).toMatchObject({ status: 401, body: { code: 'authentication_required' } });
    expect(await client.heard('records')).toMatchObject([{ ids: [id] }]);
  });
});
