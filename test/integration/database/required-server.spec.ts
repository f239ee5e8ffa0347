import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { defineModel } from '../../fixtures/arrange.js';
import { problem } from '../../fixtures/problem.js';
import { createDatabase, type TestDatabase } from '../../support/database.js';
import { startApp } from '../../support/server.js';

const COCKROACH = 'CockroachDB CCL v25.4.0 (x86_64-pc-linux-gnu, built 2025/11/03, go1.25.0)';
const YUGABYTE = 'PostgreSQL 15.12-YB-2025.1.0.0-b0 on x86_64-pc-linux-gnu, compiled by clang version 17.0.6, 64-bit';

const ITEM = { app: 'shop', name: 'Item', fields: [{ name: 'title', type: 'char' }] };

/** Other systems are played by a PostgreSQL whose search path has functions and tables of theirs before its own. */
describe('a server that is no plain PostgreSQL', () => {
  let database: TestDatabase;

  const play = async (...statements: readonly string[]) => {
    await database.query('CREATE SCHEMA played');
    for (const statement of statements) await database.query(statement);
    await database.query(`ALTER DATABASE ${database.name} SET search_path = public, played, pg_catalog`);
  };
  const says = (version: string) =>
    `CREATE FUNCTION played.version() RETURNS text LANGUAGE sql AS $$ SELECT '${version}' $$`;
  const refusal = (message: RegExp) => ({ code: 'unsupported_database', message: expect.stringMatching(message) });
  const schemas = async () =>
    (
      await database.query<{ name: string }>(`SELECT nspname AS name FROM pg_namespace WHERE nspname LIKE 'dynamo%'`)
    ).map(({ name }) => name);

  beforeEach(async () => {
    database = await createDatabase();
  });
  afterEach(() => database.drop());

  it('is refused as CockroachDB before anything is made', async () => {
    await play(says(COCKROACH));

    await expect(startApp({ database })).rejects.toMatchObject(refusal(/CockroachDB.*Use PostgreSQL 14/s));
    expect(await schemas()).toEqual([]);
  });

  it('is refused as YugabyteDB when changes of tables outlive their transaction', async () => {
    await play(
      says(YUGABYTE),
      `CREATE FUNCTION played.to_regnamespace(text) RETURNS regnamespace LANGUAGE sql AS $$ SELECT 'public'::regnamespace $$`,
    );

    await expect(startApp({ database })).rejects.toMatchObject(refusal(/ysql_yb_ddl_transaction_block_enabled/));
    expect(await schemas()).toEqual([]);
  });

  it('is refused as YugabyteDB when advisory locks keep nobody out', async () => {
    await play(
      says(YUGABYTE),
      'CREATE FUNCTION played.pg_try_advisory_xact_lock(bigint) RETURNS boolean LANGUAGE sql AS $$ SELECT true $$',
    );

    await expect(startApp({ database })).rejects.toMatchObject(refusal(/advisory locks keep nobody out/));
    expect(await schemas()).toEqual([]);
  });

  it('is refused as YugabyteDB when there are no advisory locks', async () => {
    const missing = `RAISE EXCEPTION 'not supported' USING ERRCODE = '0A000'`;
    await play(
      says(YUGABYTE),
      `CREATE FUNCTION played.pg_try_advisory_xact_lock(bigint) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN ${missing}; END $$`,
    );

    await expect(startApp({ database })).rejects.toMatchObject(refusal(/advisory locks keep nobody out/));
  });

  it('is taken as YugabyteDB where it does what is needed', async () => {
    await play(says(YUGABYTE));

    const server = await startApp({ database });

    expect(await server.http.post('/api/meta/models', ITEM)).toMatchObject({ status: 201 });
    expect(await schemas()).toEqual(['dynamo']);
    await server.close();
  });

  it('is taken as Citus, and keeps tables that are distributed as they are', async () => {
    await play(
      `CREATE TABLE played.pg_extension AS SELECT 'citus'::name AS extname`,
      'CREATE TABLE played.pg_dist_partition (logicalrelid regclass)',
    );
    const server = await startApp({ database });
    await defineModel(server.http, ITEM);
    await defineModel(server.http, { ...ITEM, name: 'Other' });
    await database.query(`INSERT INTO played.pg_dist_partition VALUES ('public.shop_item')`);

    const add = (model: string) =>
      server.http.post(`/api/meta/models/shop.${model}/fields`, { name: 'size', type: 'integer' });
    const [distributed, other] = [await add('Item'), await add('Other')];
    const dropped = await server.http.delete('/api/meta/models/shop.Item');
    const written = await server.http.post('/api/shop/item', { title: 'Chair' });
    await server.close();

    expect(distributed).toMatchObject(problem(409, 'distributed_table', /undistribute_table\('shop_item'\)/));
    expect(other).toMatchObject({ status: 201 });
    expect(dropped).toMatchObject({ status: 409, body: { code: 'distributed_table' } });
    expect(written).toMatchObject({ status: 201, body: { title: 'Chair' } });
  });

  it('is refused as PostgreSQL that is too old', async () => {
    await play(
      `CREATE FUNCTION played.current_setting(text) RETURNS text LANGUAGE sql AS $$
        SELECT CASE $1 WHEN 'server_version_num' THEN '130014' ELSE pg_catalog.current_setting($1) END $$`,
    );

    await expect(startApp({ database })).rejects.toMatchObject(refusal(/PostgreSQL 14 or newer, but the server is 13/));
  });
});
