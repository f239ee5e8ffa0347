import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { BackgroundChanges } from '../../src/index.js';
import type { BackgroundChange } from '../../src/index.js';
import { createRecord, defineModel } from '../fixtures/arrange.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { eventually } from '../support/eventually.js';
import type { Http, PageBody } from '../support/http.js';
import { startApp, type TestServer } from '../support/server.js';

const options = { backgroundFrom: 100 };
const HELD = 4711;
const ASYNC = { 'content-type': 'application/json', prefer: 'respond-async' };
const NOTHING_LEFT = `
  SELECT relname AS name FROM pg_class WHERE relname LIKE 'dynamo$%' UNION ALL
  SELECT conname FROM pg_constraint WHERE conname LIKE 'dynamo$%' UNION ALL
  SELECT tgname FROM pg_trigger WHERE tgname LIKE 'dynamo$%' UNION ALL
  SELECT proname FROM pg_proc WHERE proname LIKE 'dynamo$%' UNION ALL
  SELECT attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    WHERE c.relkind = 'r' AND attname LIKE 'dynamo$%' AND NOT attisdropped`;

const PRODUCT = {
  app: 'shop',
  name: 'Product',
  fields: [
    { name: 'title', type: 'char' },
    { name: 'price', type: 'text' },
    { name: 'code', type: 'integer' },
  ],
};

/** Asks how far a change is until it is over, or as far as a test wants it to be. */
const reach = (http: Http, path: string, ...states: readonly string[]): Promise<BackgroundChange> =>
  eventually(
    async () => (await http.get<BackgroundChange>(path)).body,
    ({ state }) => states.includes(state),
  );
const changeLater = (http: Http, field: string, values: object) =>
  http.send<BackgroundChange>('PATCH', `/api/meta/fields/shop.Product.${field}`, JSON.stringify(values), ASYNC);
const typeOf = async (http: Http, field: string) =>
  (await http.get<{ type: string }>(`/api/meta/fields/shop.Product.${field}`)).body.type;

describe('a change of a table with many records', () => {
  let database: TestDatabase;
  let server: TestServer;
  let other: Client;

  /** Holds up whoever writes record 150 again, until the lock is released. */
  const hold = async () => {
    await other.query('SELECT pg_advisory_lock($1)', [HELD]);
    await other.query(`
      CREATE FUNCTION held() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN PERFORM pg_advisory_xact_lock_shared(${HELD}); RETURN NEW; END $$;
      CREATE TRIGGER held BEFORE UPDATE ON shop_product FOR EACH ROW WHEN (OLD.id = 150) EXECUTE FUNCTION held()`);
  };
  const release = () => other.query('SELECT pg_advisory_unlock_all()');

  beforeAll(async () => {
    database = await createDatabase();
    server = await startApp({ database, options });
    other = new Client({ connectionString: database.url });
    await other.connect();
  });
  beforeEach(async () => {
    await defineModel(server.http, PRODUCT);
    await database.query(
      `INSERT INTO shop_product (title, price, code) SELECT 'p' || n, n::text, n FROM generate_series(1, 300) n`,
    );
  });
  afterEach(async () => {
    await release();
    await other.query('DROP FUNCTION IF EXISTS held() CASCADE');
    const { body } = await server.http.get<PageBody<BackgroundChange>>('/api/meta/background-changes?state=building');
    for (const { id } of body.data) await reach(server.http, `/api/meta/background-changes/${id}`, 'valid');
    await server.models.delete('shop.Product');
    expect(await database.query(NOTHING_LEFT)).toEqual([]);
  });
  afterAll(async () => {
    await server.close();
    await other.end();
    await database.drop();
  });

  it('is answered as any other when it is done soon, and the plan says how it is made', async () => {
    const change = { action: 'update_field', field: 'shop.Product.price', values: { type: 'integer' } };
    const plan = await server.http.post('/api/meta/plan', { changes: [change] });
    const changed = await server.http.patch('/api/meta/fields/shop.Product.price', { type: 'integer' });

    expect(plan.body).toMatchObject({
      preparation: [
        'Begin a new column for "price" of shop.Product',
        'Convert "price" of the existing records of shop.Product',
      ],
    });
    expect(changed).toMatchObject({ status: 200, body: { type: 'integer' } });
    expect((await server.http.get('/api/shop/product/300')).body).toMatchObject({ price: 300 });
  });

  it('is made at once where there are few', async () => {
    await database.query('DELETE FROM shop_product WHERE id > 99');
    const change = { action: 'update_field', field: 'shop.Product.price', values: { type: 'integer' } };

    const plan = await server.http.post('/api/meta/plan', { changes: [change] });

    expect(plan.body).toMatchObject({ preparation: [], operations: [{ kind: 'alter_column_type' }] });
  });

  it('is made at once where it cannot be got ready, and its plan says that the table is held meanwhile', async () => {
    await database.query(`UPDATE shop_product SET title = 'p1' WHERE title = 'p2'`);
    const change = { action: 'update_field', field: 'shop.Product.title', values: { unique: true } };
    const remedies = { title: { action: 'keepOldest' } };

    const plan = await server.http.post('/api/meta/plan', { changes: [change], remedies });

    expect(plan.body).toMatchObject({
      preparation: [],
      warnings: [
        expect.stringMatching(/^Nobody can use shop\.Product while .*: Delete .* repeat title/),
        expect.stringMatching(/^Nobody can use shop\.Product while .*: Make "title" .* unique/),
      ],
    });
  });

  it('numbers the records that there are and those that come meanwhile, and goes on counting', async () => {
    await hold();
    const field = JSON.stringify({ name: 'number', type: 'auto' });
    const accepted = await server.http.send('POST', '/api/meta/models/shop.Product/fields', field, ASYNC);
    const path = accepted.headers.get('location') ?? '';
    await server.http.post('/api/shop/product', { title: 'meanwhile' });
    await release();
    await reach(server.http, path, 'valid');
    const { body } = await server.http.post('/api/shop/product', { title: 'afterwards' });
    const rows = await database.query<{ number: number }>('SELECT number FROM shop_product ORDER BY number');

    expect(accepted.status).toBe(202);
    expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: 302 }, (_, position) => position + 1));
    expect(body).toMatchObject({ number: 302 });
  });

  it('goes on counting after the greatest value of what was an ordinary number', async () => {
    const accepted = await changeLater(server.http, 'code', { type: 'auto' });
    await reach(server.http, accepted.headers.get('location') ?? '', 'valid');
    const { body } = await server.http.post('/api/shop/product', { title: 'next' });

    expect(accepted.status).toBe(202);
    expect(body).toMatchObject({ code: 301 });
  });

  it('takes its time while records are read and written, and then is there whole', async () => {
    await hold();
    const accepted = await changeLater(server.http, 'price', { type: 'integer' });
    const path = accepted.headers.get('location') ?? '';
    const building = await eventually(
      async () => (await server.http.get<BackgroundChange>(path)).body,
      ({ steps }) => steps[1]?.state === 'building',
    );
    const written = await server.http.post('/api/shop/product', { title: 'new', price: '17' });
    const rewritten = await server.http.patch('/api/shop/product/3', { price: '33' });
    const before = await typeOf(server.http, 'price');
    await release();
    const done = await reach(server.http, path, 'valid');

    expect(accepted).toMatchObject({ status: 202, body: { models: ['shop.Product'], finishedAt: null } });
    expect(accepted.headers.get('retry-after')).toBe('1');
    expect(building).toMatchObject({
      state: 'building',
      steps: [{ state: 'valid' }, { state: 'building' }],
    });
    expect([written.status, rewritten.status, before]).toEqual([201, 200, 'text']);
    expect(done.steps.map(({ state, done: rows, total }) => [state, rows, total])).toEqual([
      ['valid', 0, null],
      ['valid', 301, 301],
    ]);
    expect(await typeOf(server.http, 'price')).toBe('integer');
    const [first, third, last] = await Promise.all(
      [1, 3, 301].map(async (id) => (await server.http.get(`/api/shop/product/${id}`)).body),
    );
    expect([first, third, last]).toMatchObject([{ price: 1 }, { price: 33 }, { price: 17 }]);
  });

  it('refuses values meanwhile that it could not take, and other changes of the model', async () => {
    await hold();
    const accepted = await changeLater(server.http, 'price', { type: 'integer' });
    const path = accepted.headers.get('location') ?? '';
    await eventually(
      async () => (await server.http.get<BackgroundChange>(path)).body,
      ({ steps }) => steps[1]?.state === 'building',
    );

    const refused = await server.http.post('/api/shop/product', { price: 'much' });
    const renamed = await server.http.patch('/api/meta/fields/shop.Product.title', { name: 'name' });
    const deleted = await server.http.delete('/api/meta/models/shop.Product');
    const elsewhere = await server.http.post('/api/meta/models', { app: 'shop', name: 'Other', fields: [] });
    await release();
    await reach(server.http, path, 'valid');

    expect(refused).toMatchObject({ status: 409, body: { code: 'refused_by_change' } });
    expect(renamed).toMatchObject({ status: 409, body: { code: 'change_under_way', changeId: accepted.body.id } });
    expect(deleted).toMatchObject({ status: 409, body: { code: 'change_under_way' } });
    expect(elsewhere.status).toBe(201);
    await server.models.delete('shop.Other');
  });

  it('can be cancelled, and then nothing has happened', async () => {
    await hold();
    const accepted = await changeLater(server.http, 'price', { type: 'integer' });
    const path = accepted.headers.get('location') ?? '';
    await eventually(
      async () => (await server.http.get<BackgroundChange>(path)).body,
      ({ steps }) => steps[1]?.state === 'building',
    );

    const cancelled = await server.http.delete<BackgroundChange>(path);
    await release();
    const over = await reach(server.http, path, 'cancelled', 'valid');
    const again = await server.http.delete(path);

    expect(cancelled).toMatchObject({ status: 202, body: { isCancelled: true } });
    expect(over).toMatchObject({ state: 'cancelled', error: null });
    expect(again).toMatchObject({ status: 409, body: { code: 'change_is_over' } });
    expect(await typeOf(server.http, 'price')).toBe('text');
    expect(await createRecord(server.http, '/api/shop/product', { price: 'much' })).toMatchObject({ price: 'much' });
  });

  it('fails with the reason when records come in between that it cannot take', async () => {
    await other.query(`BEGIN; INSERT INTO shop_product (code) VALUES (7)`);
    const accepted = await changeLater(server.http, 'code', { unique: true });
    const path = accepted.headers.get('location') ?? '';
    await reach(server.http, path, 'building');
    await other.query('COMMIT');
    const failed = await reach(server.http, path, 'failed', 'valid');

    expect(accepted.status).toBe(202);
    expect(failed).toMatchObject({
      state: 'failed',
      steps: [{ state: 'failed', description: 'Build an index of shop.Product' }],
      error: { code: 'rows_changed', status: 409 },
    });
    expect(await server.models.getField('shop.Product.code')).toMatchObject({ unique: false });
  });

  it('says at once what is in its way, as any other', async () => {
    await database.query(`UPDATE shop_product SET price = 'much' WHERE id = 20`);

    const answer = await changeLater(server.http, 'price', { type: 'integer' });

    expect(answer).toMatchObject({
      status: 409,
      body: { code: 'unconvertible_values', blockers: [{ path: 'price', count: 1, samples: [{ price: 'much' }] }] },
    });
  });

  it('is waited for by programs, with all that was asked for', async () => {
    await database.query('UPDATE shop_product SET title = NULL WHERE id = 20');

    const field = await server.models.updateField(
      'shop.Product.title',
      { required: true, name: 'name', options: { index: true } },
      { remedies: { name: { action: 'backfill', value: 'Untitled' } }, by: 'anna' },
    );
    const { changes } = await server.app.get(BackgroundChanges).list({ model: 'shop.product' });

    expect(field).toMatchObject({ name: 'name', required: true });
    expect((await server.http.get('/api/shop/product/20')).body).toMatchObject({ name: 'Untitled' });
    expect(changes[0]).toMatchObject({ state: 'valid', by: 'anna' });
    expect(await server.models.history('shop.Product')).toMatchObject({ entries: [{ by: 'anna' }, {}] });
  });

  it('goes on elsewhere when the process ends that works on it', async () => {
    await hold();
    const first = await startApp({ database, options });
    const accepted = await changeLater(first.http, 'price', { type: 'integer' });
    const path = accepted.headers.get('location') ?? '';
    await eventually(
      async () => (await first.http.get<BackgroundChange>(path)).body,
      ({ steps }) => steps[1]?.state === 'building',
    );

    await first.close();
    await release();
    const second = await startApp({ database, options });
    const done = await reach(second.http, path, 'valid');
    await second.close();

    expect(done).toMatchObject({ state: 'valid', steps: [{ state: 'valid' }, { state: 'valid' }] });
    expect(await typeOf(server.http, 'price')).toBe('integer');
  });

  it.each([
    ['/api/meta/background-changes/none', 404, 'background_change_not_found'],
    ['/api/meta/background-changes/6a9f62b5-1f43-4b3c-9bd0-3a3a6a0d7d1c', 404, 'background_change_not_found'],
    ['/api/meta/background-changes?state=done', 400, 'invalid_value'],
    ['/api/meta/background-changes?colour=red', 400, 'unknown_parameter'],
  ])('is asked for with care: %s', async (path, status, code) => {
    expect(await server.http.get(path)).toMatchObject({ status, body: { code } });
  });
});
