import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Registry } from 'prom-client';
import { Client } from 'pg';
import { createRecord, defineModel, fieldOf } from '../fixtures/arrange.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { listenTo } from '../support/event-client.js';
import { eventually } from '../support/eventually.js';
import { type MetricFamily, parseScrape, type Scrape } from '../support/prometheus-text.js';
import { startApp, type StartOptions, type TestServer } from '../support/server.js';

interface Measured extends TestServer {
  readonly registry: Registry;
  scrape(): Promise<Scrape>;
  /** One value at once: a scrape asks the database as well. */
  gauge(name: string): Promise<number | undefined>;
}

const servers: TestServer[] = [];

const startMeasured = async ({ options, ...start }: StartOptions = {}): Promise<Measured> => {
  const registry = new Registry();
  const server = await startApp({ ...start, options: { ...options, metrics: registry } });
  servers.push(server);
  return {
    ...server,
    registry,
    scrape: async () => parseScrape(await registry.metrics()),
    gauge: async (name) => (await registry.getSingleMetric(name)?.get())?.values[0]?.value,
  };
};

const requests = (scrape: Scrape, method: string, route: string, status: string) =>
  scrape.value('dynamo_http_request_duration_seconds_count', { method, route, status }) ?? 0;
const records = (scrape: Scrape, action: string) => scrape.value('dynamo_record_operations_total', { action });
const changes = (scrape: Scrape, outcome: string) =>
  scrape.value('dynamo_schema_change_duration_seconds_count', { outcome }) ?? 0;

const THING = { app: 'metrics', name: 'Thing', fields: [{ name: 'name', type: 'char' }] };

describe('the metrics of an application', () => {
  let server: Measured;

  beforeAll(async () => {
    server = await startMeasured({
      // Nobody looks for changes meanwhile, who would need a connection.
      options: { readTimeout: 100, schemaPollInterval: 60_000 },
      typeorm: { extra: { max: 3, connectionTimeoutMillis: 150 } },
    });
    await defineModel(server.http, THING);
  });
  afterAll(async () => {
    await Promise.all(servers.splice(0).map((each) => each.close()));
  });

  it('are those that docs/operations.md describes', async () => {
    const { http, scrape } = await startMeasured({
      options: { readFromReplicas: ['postgres://nobody@127.0.0.1:1/none'] },
    });
    await defineModel(http, THING);
    await http.get('/api/metrics/thing');
    const { families } = await scrape();

    const isLabel = (name: string) => name !== 'le';
    const labelsOf = ({ samples }: MetricFamily) => [...new Set(samples.flatMap(({ labels }) => Object.keys(labels)))];
    const measured = [...families].map(([name, family]) => [
      name,
      family.type,
      labelsOf(family).filter(isLabel).join(', '),
    ]);
    const page = await readFile(join(import.meta.dirname, '../../docs/operations.md'), 'utf8');
    const described = [...page.matchAll(/^\| `(dynamo_\w+)` +\| (\w+) +\| ([\w, ]*?) +\|/gm)].map(([, ...row]) => row);
    expect(measured.toSorted()).toEqual(described.toSorted());
  });

  it('count what is done with records, by exactly what was done', async () => {
    const path = '/api/metrics/thing';
    const before = await server.scrape();

    const { id } = await createRecord(server.http, path, { name: 'chair' });
    await createRecord(server.http, path, { name: 'table' });
    await server.http.patch(`${path}/${id}`, { name: 'stool' });
    await server.http.get(path);
    await server.http.post(`${path}/query`, {});
    await server.http.get(`${path}/${id}`);
    await server.http.put(`${path}?on=id`, { id, name: 'bench' });
    await server.http.patch(`${path}?filter.name=bench`, { name: 'seat' });
    await server.http.get(`${path}/export`);
    await server.http.delete(`${path}?filter.name=seat`);
    await server.http.delete(`${path}/2`);
    // Refused, so nothing is done.
    await server.http.post(path, { colour: 'red' });
    await server.http.get(`${path}/77`);
    const after = await server.scrape();

    const added = after
      .series('dynamo_record_operations_total')
      .map(({ labels, value }) => [labels['action'], value - (records(before, labels['action'] ?? '') ?? 0)]);
    expect(Object.fromEntries(added)).toEqual({
      list: 2,
      retrieve: 1,
      create: 2,
      update: 1,
      upsert: 1,
      delete: 1,
      update_where: 1,
      delete_where: 1,
      export: 1,
      import: 0,
    });
    expect(
      requests(after, 'POST', '/api/:app/:model', '201') - requests(before, 'POST', '/api/:app/:model', '201'),
    ).toBe(2);
    expect(requests(after, 'POST', '/api/:app/:model', '422')).toBe(1);
    expect(requests(after, 'GET', '/api/:app/:model/:id', '404')).toBe(1);
  });

  it('count changes of models by what became of them, and plans not at all', async () => {
    const before = await server.scrape();
    const model = await defineModel(server.http, { ...THING, name: 'Brief' });
    await createRecord(server.http, '/api/metrics/brief', { name: 'chair' });

    await server.http.patch(`/api/meta/fields/${fieldOf(model, 'name').id}`, { name: 'label' });
    await server.http.post('/api/meta/models/metrics.Brief/fields', { name: 'size', type: 'integer', required: true });
    await server.http.patch('/api/meta/models/metrics.Brief', { fields: [] });
    await server.http.post('/api/meta/plan', { action: 'delete_model', model: 'metrics.Brief' });
    await server.http.delete('/api/meta/models/metrics.Brief');
    const after = await server.scrape();

    expect(
      ['applied', 'refused', 'busy', 'failed'].map((outcome) => changes(after, outcome) - changes(before, outcome)),
    ).toEqual([3, 2, 0, 0]);
    expect(after.value('dynamo_schema_version')).toBe((before.value('dynamo_schema_version') ?? 0) + 3);
    expect(after.value('dynamo_schema_newest_version')).toBe(after.value('dynamo_schema_version'));
    expect(after.value('dynamo_models')).toBe(1);
    expect(after.value('dynamo_schema_listener_connected')).toBe(1);
  });

  it('count attempts that give way to traffic, and changes that fail', async () => {
    const before = await server.scrape();
    const other = new Client({ connectionString: server.database.url });
    await other.connect();
    await other.query('BEGIN; LOCK TABLE public.metrics_thing IN ROW EXCLUSIVE MODE');

    const changing = server.models.addField('metrics.Thing', { name: 'size', type: 'integer' });
    const busy = await eventually(
      () => server.scrape(),
      (scrape) => changes(scrape, 'busy') > changes(before, 'busy'),
    );
    await other.query('ROLLBACK');
    await changing;
    await other.query('ALTER TABLE dynamo.schema_change RENAME TO elsewhere');
    const { status } = await server.http.delete('/api/meta/fields/metrics.Thing.size');
    await other.query('ALTER TABLE dynamo.elsewhere RENAME TO schema_change');
    await other.end();
    const after = await server.scrape();

    expect(status).toBe(500);
    expect(changes(busy, 'applied')).toBe(changes(before, 'applied'));
    expect(changes(after, 'applied') - changes(before, 'applied')).toBe(1);
    expect(changes(after, 'busy')).toBeGreaterThan(changes(before, 'busy'));
    expect(changes(after, 'failed') - changes(before, 'failed')).toBe(1);
  });

  it('tell what is still to be done for a change of a large table', async () => {
    const before = await server.scrape();
    await server.database.query(`
      WITH change AS (
        INSERT INTO dynamo.background_change (state, model_ids, models, description, edit, prepared, undo, owner, leased_until)
          VALUES ('building', '{}', '{}', '', '{}', '{}', '[]', gen_random_uuid(), 'infinity') RETURNING id)
      INSERT INTO dynamo.background_step (change_id, position, description, work, state)
        SELECT id, position, '', '{}', state FROM change, unnest(ARRAY['valid', 'building', 'pending', 'pending'])
          WITH ORDINALITY AS s(state, position)`);
    const during = await server.scrape();
    await server.database.query(`UPDATE dynamo.background_change SET state = 'valid'`);
    const after = await server.scrape();

    const steps = (scrape: Scrape) =>
      Object.fromEntries(scrape.series('dynamo_background_steps').map(({ labels, value }) => [labels['state'], value]));
    expect(steps(before)).toEqual({ pending: 0, building: 0, valid: 0, failed: 0 });
    expect(steps(during)).toEqual({ pending: 2, building: 1, valid: 1, failed: 0 });
    expect(steps(after)).toEqual(steps(before));
  });

  it('have no more labels after a thousand random paths', async () => {
    const word = () => randomBytes(6).toString('hex');
    const paths = Array.from(
      { length: 1000 },
      (_, index) =>
        [
          `/api/${word()}/${word()}`,
          `/api/metrics/thing/${word()}`,
          `/${word()}/${word()}?${word()}=${word()}`,
          `/api/meta/models/${word()}`,
          `/%zz${word()}`,
        ][index % 5] ?? '/',
    );
    for (let start = 0; start < paths.length; start += 50) {
      await Promise.all(
        paths
          .slice(start, start + 50)
          .map((path) => server.http.send('GET', path, undefined as never, {}).catch(() => undefined)),
      );
    }
    const scrape = await server.scrape();

    const series = scrape.series('dynamo_http_request_duration_seconds_count');
    const routes = new Set(series.map(({ labels }) => labels['route']));
    expect([...routes].filter((route) => /[0-9a-f]{12}/.test(route ?? ''))).toEqual([]);
    expect(series.length).toBeLessThan(30);
    expect(requests(scrape, 'GET', 'unmatched', '404')).toBe(200);
    expect(requests(scrape, 'GET', '/api/:app/:model', '404')).toBe(200);
    expect(scrape.value('dynamo_http_requests_in_flight')).toBe(0);
  });

  it('tell how the pool is, how long it made wait, and who got nothing', async () => {
    const pool = { pool: 'primary' };
    const runners = [1, 2, 3].map(() => server.dataSource.createQueryRunner());
    for (const runner of runners) await runner.connect();
    const before = await server.scrape();

    const asked = server.http.get('/api/metrics/thing');
    const seen = await eventually(
      async () => [
        await server.gauge('dynamo_pool_waiting_requests'),
        await server.gauge('dynamo_http_requests_in_flight'),
      ],
      ([waiting = 0, underWay]) => waiting > 0 && underWay === 1,
    );
    const { status } = await asked;
    const after = await server.scrape();
    for (const runner of runners) await runner.release();
    const idle = await eventually(
      () => server.gauge('dynamo_pool_idle_connections'),
      (count) => count === 3,
    );

    expect(status).toBe(503);
    expect(seen[0]).toBeGreaterThan(0);
    expect(seen[1]).toBe(1);
    expect(before.value('dynamo_pool_connections', pool)).toBe(3);
    expect(before.value('dynamo_pool_max_connections', pool)).toBe(3);
    expect(before.value('dynamo_pool_idle_connections', pool)).toBe(0);
    expect(idle).toBe(3);
    // Whoever cannot be asked is left out, and the rest is told.
    expect(before.series('dynamo_background_steps')).toEqual([]);
    const more = (name: string, labels = {}) =>
      (after.value(name, { ...pool, ...labels }) ?? 0) - (before.value(name, { ...pool, ...labels }) ?? 0);
    expect(more('dynamo_pool_timeouts_total')).toBeGreaterThan(0);
    // All of them have waited until time was up.
    expect(more('dynamo_pool_wait_seconds_bucket', { le: '0.1' })).toBe(0);
    expect(more('dynamo_pool_wait_seconds_count')).toBe(more('dynamo_pool_timeouts_total'));
  });

  it('count what took too long to read', async () => {
    const other = new Client({ connectionString: server.database.url });
    await other.connect();
    await other.query('BEGIN; LOCK TABLE public.metrics_thing IN ACCESS EXCLUSIVE MODE');

    const { status } = await server.http.get('/api/metrics/thing');
    await other.query('ROLLBACK');
    await other.end();

    expect(status).toBe(400);
    expect((await server.scrape()).value('dynamo_record_read_timeouts_total')).toBe(1);
  });

  it('tell how many listen to events', async () => {
    const client = await listenTo(server.url, '?models=metrics/thing');
    const open = await server.scrape();
    client.close();
    const closed = await eventually(
      () => server.scrape(),
      (scrape) => scrape.value('dynamo_event_streams') === 0,
    );

    expect(open.value('dynamo_event_streams')).toBe(1);
    expect(open.value('dynamo_http_requests_in_flight')).toBe(1);
    expect(closed.value('dynamo_event_streams')).toBe(0);
    // It left before the end.
    await expect(
      eventually(
        async () => requests(await server.scrape(), 'GET', '/api/events', '499'),
        (count) => count === 1,
      ),
    ).resolves.toBe(1);
  });
});

describe('the metrics of two nodes', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createDatabase();
  });
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((each) => each.close()));
  });
  afterAll(async () => {
    await database.drop();
  });

  it('tell how late each adopts what the other has changed, and nothing of its own changes', async () => {
    const one = await startMeasured({ database });
    const other = await startMeasured({ database });
    const lag = (scrape: Scrape, le = '+Inf') => scrape.value('dynamo_schema_adoption_lag_seconds_bucket', { le });

    await defineModel(one.http, THING);
    await eventually(
      () => other.scrape(),
      (scrape) => lag(scrape) === 1,
    );
    await one.models.addField('metrics.Thing', { name: 'size', type: 'integer' });
    const adopted = await eventually(
      () => other.scrape(),
      (scrape) => lag(scrape) === 2,
    );
    const own = await one.scrape();

    expect([lag(adopted), lag(own)]).toEqual([2, 0]);
    // Both were announced.
    expect(lag(adopted, '2.5')).toBe(2);
    expect(adopted.value('dynamo_schema_version')).toBe(own.value('dynamo_schema_version'));
    expect([changes(own, 'applied'), changes(adopted, 'applied')]).toEqual([2, 0]);
  });

  it('tell that announcements do not arrive, and how late a change is that is only looked for', async () => {
    const one = await startMeasured({ database });
    const other = await startMeasured({
      database,
      // Nobody is there.
      options: { listenUrl: 'postgres://nobody@127.0.0.1:1/none', schemaPollInterval: 1500 },
    });

    await one.models.addField('metrics.Thing', { name: 'depth', type: 'integer' });
    const scrape = await eventually(
      () => other.scrape(),
      (each) => each.value('dynamo_schema_adoption_lag_seconds_count') === 1,
    );

    expect(scrape.value('dynamo_schema_listener_connected')).toBe(0);
    expect(scrape.value('dynamo_schema_adoption_lag_seconds_count')).toBe(1);
    expect(scrape.value('dynamo_schema_adoption_lag_seconds_sum')).toBeLessThan(5);
  });
});

describe('a registry', () => {
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((each) => each.close()));
  });

  it('is free again when its application is closed', async () => {
    const first = await startMeasured();
    await first.close();
    servers.splice(0);

    expect(first.registry.getMetricsAsArray()).toEqual([]);
  });

  it.each([
    [
      'of the data source',
      (url: string) => ({ typeorm: { replication: { master: { url }, slaves: [{ url }] } } }),
      true,
    ],
    ['that only Dynamo knows', () => ({}), undefined],
  ])('tells replicas %s from the primary', async (_title, connection, all) => {
    const database = await createDatabase();
    const { url } = database;
    const options = { readFromReplicas: all ?? [url] };
    const { scrape, close } = await startMeasured({ database, ...connection(url), options });
    const seen = await scrape();
    servers.splice(0);
    await close();
    await database.drop();

    const pools = seen.series('dynamo_pool_max_connections').map(({ labels, value }) => [labels['pool'], value]);
    expect(pools).toEqual([
      ['primary', 10],
      ['replica_1', 10],
    ]);
    // It follows nobody.
    const readable = seen.series('dynamo_replica_readable').map(({ labels, value }) => [labels['pool'], value]);
    expect(readable).toEqual([['replica_1', 0]]);
  });

  it('knows the routes of Express, too', async () => {
    const { http, scrape } = await startMeasured({ adapter: 'express' });
    await defineModel(http, THING);

    await http.get('/api/metrics/thing/77');
    await http.get('/nowhere/at/all');
    const seen = await scrape();

    expect(requests(seen, 'GET', '/api/:app/:model/:id', '404')).toBe(1);
    expect(requests(seen, 'GET', 'unmatched', '404')).toBe(1);
    expect(requests(seen, 'POST', '/api/meta/models', '201')).toBe(1);
  });
});

describe('a reader of metrics', () => {
  it.each([
    ['no help', 'a_total 1\n'],
    ['a counter by another name', '# HELP a b\n# TYPE a counter\na 1\n'],
    ['a series that comes twice', '# HELP a b\n# TYPE a gauge\na 1\na 1\n'],
    ['a value that is none', '# HELP a b\n# TYPE a gauge\na one\n'],
    ['a label that does not end', '# HELP a b\n# TYPE a gauge\na{b="c} 1\n'],
    [
      'buckets that shrink',
      '# HELP a b\n# TYPE a histogram\na_bucket{le="1"} 2\na_bucket{le="+Inf"} 1\na_sum 1\na_count 1\n',
    ],
  ])('refuses %s', (_title, text) => {
    expect(() => parseScrape(text)).toThrow();
  });
});
