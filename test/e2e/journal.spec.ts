import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { upgradeMetaTables } from '../../src/database/meta-tables.js';
import { as } from '../fixtures/access/policy.js';
import { StaffAccess } from '../fixtures/access/staff.js';
import { defineModel } from '../fixtures/arrange.js';
import { UsersModule } from '../fixtures/host.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { startApp, type TestServer } from '../support/server.js';

const FIELDS = [{ name: 'title', type: 'char' }];
const SOURCES = 'SELECT "by", address, request_id FROM dynamo.schema_change ORDER BY id';
const REFUSALS = [
  ['UPDATE', `UPDATE dynamo.schema_change SET "by" = 'somebody else'`],
  ['UPDATE', `UPDATE dynamo.schema_change SET "by" = 'somebody else' WHERE false`],
  ['DELETE', 'DELETE FROM dynamo.schema_change'],
  ['TRUNCATE', 'TRUNCATE dynamo.schema_change'],
  ['UPDATE', `SET session_replication_role = replica; UPDATE dynamo.schema_change SET "by" = 'somebody else'`],
] as const;
const refusalOf = (command: string) =>
  `Rows of "dynamo.schema_change" are only ever added: ${command} is refused, because they say what has been.`;

describe.each(['fastify', 'express'] as const)('the journal of changes, on %s,', (adapter) => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startApp({ adapter, options: { access: StaffAccess } });
  });
  afterAll(() => server?.close());

  it('knows who made them and from where, as the policy and the server say', async () => {
    // Express gives requests no id.
    const id = adapter === 'fastify' ? expect.stringMatching(/^[0-9a-f-]{36}$/) : null;
    const anna = { by: 'anna@example.org', address: '127.0.0.1', request_id: id };

    await defineModel(as(server, 'anna'), { app: 'shop', name: 'Product', fields: FIELDS });
    await as(server, 'anna').post('/api/meta/models/shop.Product/fields', { name: 'code', type: 'char' });
    await as(server, 'anna').post('/api/meta/apply', {
      changes: [{ action: 'delete_field', field: 'shop.Product.code' }],
    });
    await server.http.patch('/api/meta/models/shop.Product', { name: 'Article' });
    await server.models.delete('shop.Article', { by: 'cleaner' });

    expect(await server.database.query(SOURCES)).toEqual([
      anna,
      anna,
      anna,
      { ...anna, by: null },
      { by: 'cleaner', address: null, request_id: null },
    ]);
  });

  it('shows the request, and keeps its address to itself', async () => {
    const origin = { address: '192.0.2.7', requestId: 'r-1' };
    const { id } = await server.models.create({ app: 'shop', name: 'Order', fields: [] }, { by: 'anna', origin });

    const answer = await as(server, 'bert').get(`/api/meta/models/${id}/history`);

    expect(answer.body).toMatchObject({ data: [{ by: 'anna', requestId: 'r-1' }] });
    expect(answer.text).not.toContain('192.0.2.7');
  });
});

describe('the journal of changes', () => {
  let database: TestDatabase;
  let server: TestServer | undefined;

  const start = async (synchronize = false): Promise<TestServer> => {
    server = await startApp({ database, imports: [UsersModule], typeorm: { synchronize } });
    return server;
  };
  const stored = () => database.query('SELECT * FROM dynamo.schema_change ORDER BY id');

  beforeEach(async () => {
    database = await createDatabase();
  });
  afterEach(async () => {
    await server?.close();
    server = undefined;
    await database.drop();
  });

  it.each(REFUSALS)('refuses %s: %s', async (command, statement) => {
    const { models } = await start();
    await models.create({ app: 'shop', name: 'Product', fields: [] });
    const before = await stored();

    await expect(database.query(statement)).rejects.toThrow(refusalOf(command));

    expect(await stored()).toEqual(before);
    expect(before).toHaveLength(1);
  });

  it('refuses them as ever when the host synchronizes at every start', async () => {
    const first = await start(true);
    await first.models.create({ app: 'shop', name: 'Product', fields: [] });
    await first.close();
    const { models } = await start(true);

    await models.rename('shop.Product', 'Article');

    expect(await stored()).toMatchObject([{ kind: 'create' }, { kind: 'update' }]);
    await expect(database.query('DELETE FROM dynamo.schema_change')).rejects.toThrow(refusalOf('DELETE'));
  });

  it('keeps what an earlier version has written', async () => {
    const dataSource = await new DataSource(database.options).initialize();
    await upgradeMetaTables(dataSource, 'dynamo', 1000);
    await database.query(`
      DROP TABLE dynamo.background_step, dynamo.background_change, dynamo.idempotent_answer;
      DROP TRIGGER append_only ON dynamo.schema_change;
      DROP FUNCTION dynamo.refuse_change;
      ALTER TABLE dynamo.schema_change DROP COLUMN address, DROP COLUMN request_id, DROP COLUMN change_id;
      INSERT INTO dynamo.schema_change (model_id, version, "by", kind, operations, duration_ms)
        VALUES (gen_random_uuid(), 1, 'anna', 'create', '[]', 5);
      DELETE FROM dynamo.upgrade WHERE version > 3`);

    await upgradeMetaTables(dataSource, 'dynamo', 1000);

    expect(await database.query(SOURCES)).toEqual([{ by: 'anna', address: null, request_id: null }]);
    await expect(database.query('DELETE FROM dynamo.schema_change')).rejects.toThrow(refusalOf('DELETE'));
    await dataSource.destroy();
  });
});
