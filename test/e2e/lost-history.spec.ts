import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { defineModel } from '../fixtures/arrange.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { eventually } from '../support/eventually.js';
import { startApp, type TestServer } from '../support/server.js';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.js';

const field = (name: string) => ({ name, type: 'integer' });
const model = (name: string, ...fields: readonly string[]) => ({ app: 'past', name, fields: fields.map(field) });

/** A copy takes the place of the database, as a promoted replica does that had not received everything. */
describe('a node whose database has lost changes', () => {
  let database: TestDatabase;
  let tool: TestDatabase;
  let proxy: TcpProxy;
  let node: TestServer;

  const at = (name: string) => `${database.name}_${name}`;
  const disconnect = () =>
    tool.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname LIKE $1', [`${database.name}%`]);
  const on = (url: string) => startApp({ database: { ...database, url, options: { type: 'postgres', url } } });
  const record = async (path: string) => {
    const { status, body } = await node.http.get(path);
    return { status, body };
  };

  beforeAll(async () => {
    [database, tool] = await Promise.all([createDatabase(), createDatabase()]);
    const before = await startApp({ database });
    for (const name of ['Kept', 'Changed', 'Deleted']) await defineModel(before.http, model(name, 'a'));
    await before.http.post('/api/past/changed', { a: 1 });
    await before.close();
    await disconnect();
    await tool.query(`CREATE DATABASE ${at('copy')} TEMPLATE ${database.name}`);

    proxy = await startTcpProxy(database.url);
    node = await on(proxy.url);
  });
  afterAll(async () => {
    await node?.close();
    await proxy?.close();
    await tool?.query(`DROP DATABASE IF EXISTS ${at('lost')} WITH (FORCE)`);
    await Promise.all([database?.drop(), tool?.drop()]);
  });

  it('has its models again as they are there, and goes on', async () => {
    await node.models.addField('past.Changed', field('b'));
    await node.models.delete('past.Deleted');
    await defineModel(node.http, model('New', 'a'));

    // Under the numbers of the changes that are lost, and beyond.
    const copy = await on(database.url.replace(database.name, at('copy')));
    await copy.models.addField('past.Changed', field('c'));
    for (const name of ['c', 'd', 'e']) await copy.models.addField('past.Kept', field(name));
    await copy.close();
    proxy.cut();
    await disconnect();
    await tool.query(`ALTER DATABASE ${database.name} RENAME TO ${at('lost')}`);
    await tool.query(`ALTER DATABASE ${at('copy')} RENAME TO ${database.name}`);
    proxy.heal();
    await eventually(
      () => record('/api/past/changed/1'),
      ({ body }) => JSON.stringify(body) === '{"id":1,"a":1,"c":null}',
    );

    expect(await record('/api/past/changed/1')).toEqual({ status: 200, body: { id: 1, a: 1, c: null } });
    expect(await record('/api/past/new')).toMatchObject({ status: 404, body: { code: 'model_not_found' } });
    expect(await record('/api/past/deleted')).toMatchObject({ status: 200 });
    expect(await node.http.post('/api/past/changed', { a: 2, c: 3 })).toMatchObject({ status: 201 });
    expect(await node.http.post('/api/past/kept', { a: 1, c: 2, d: 3, e: 4 })).toMatchObject({ status: 201 });
    await node.models.addField('past.Changed', field('f'));
    expect(await node.http.post('/api/past/changed', { a: 2, f: 3 })).toMatchObject({ status: 201 });
  });
});
