import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { request } from 'node:http';
import { Controller, Get, Res, StreamableFile } from '@nestjs/common';
import { EventStream } from '../../src/http/events/event-stream.js';
import { as, type Rules, startShop } from '../fixtures/access/policy.js';
import { createRecord, defineModel } from '../fixtures/arrange.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { type EventClient, listenTo } from '../support/event-client.js';
import { eventually } from '../support/eventually.js';
import { startApp, type TestServer } from '../support/server.js';

/** Tells more than anybody who does not read can be sent. */
@Controller('flood')
class FloodController {
  readonly streams: EventStream[] = [];

  @Get()
  flood(@Res({ passthrough: true }) _response: unknown): StreamableFile {
    const stream = new EventStream();
    this.streams.push(stream);
    const pour = setInterval(() => stream.send('flood', { words: 'x'.repeat(200_000) }), 1);
    stream.once('close', () => clearInterval(pour));
    return new StreamableFile(stream, { type: 'text/event-stream' }).setErrorLogger(() => undefined);
  }
}

const opened: EventClient[] = [];

const listen = async (server: TestServer, query = '', user?: string): Promise<EventClient> => {
  const client = await listenTo(server.url, query, user === undefined ? {} : { 'x-user': user });
  opened.push(client);
  return client;
};

afterEach(() => {
  for (const client of opened.splice(0)) client.close();
});

describe.each(['fastify', 'express'] as const)('the events of a server on %s', (adapter) => {
  let server: TestServer;
  let id: string;

  beforeAll(async () => {
    server = await startApp({ adapter, controllers: [FloodController] });
    ({ id } = await defineModel(server.http, {
      app: 'shop',
      name: 'Shelf',
      fields: [{ name: 'name', type: 'char', required: true }],
    }));
    await defineModel(server.http, {
      app: 'shop',
      name: 'Thing',
      fields: [
        { name: 'name', type: 'char' },
        { name: 'shelf', type: 'foreign_key', relatedModel: 'shop.Shelf', options: { onDelete: 'cascade' } },
      ],
    });
  });
  afterAll(() => server?.close());

  it('are a stream that nothing in between collects or keeps', async () => {
    const { status, headers, text } = await listen(server);

    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    });
    expect(text).toMatch(/^retry: \d{4}\n\nevent: ready\ndata: \{"version":\d+,"models":\[\]\}\n\n/);
  });

  it('tell of models that come, change and go', async () => {
    const client = await listen(server);
    const model = await defineModel(server.http, { app: 'notes', name: 'Note', fields: [] });
    await client.heard('schema');
    await server.http.patch(`/api/meta/models/${model.id}`, { name: 'Memo' });
    await client.heard('schema', 2);
    await server.http.delete(`/api/meta/models/${model.id}`);
    const events = await client.heard('schema', 3);

    const about = (change: string, name: string) => ({
      change,
      id: model.id,
      app: 'notes',
      name,
      version: expect.any(Number),
    });
    expect(events).toEqual([about('created', 'Note'), about('changed', 'Memo'), about('removed', 'Memo')]);
  });

  it('tell of records of the models that are followed, whichever way they are written', async () => {
    const client = await listen(server, '?models=shop/shelf,shop/thing');
    const told: object[] = [];
    const hear = async (event: object) => {
      told.push(event);
      await client.heard('records', told.length);
    };

    const { id: shelf } = await createRecord(server.http, '/api/shop/shelf', { name: 'One' });
    await hear({ model: 'Shelf', change: 'created', ids: [shelf] });
    await server.http.patch(`/api/shop/shelf/${shelf}`, { name: 'Two' });
    await hear({ model: 'Shelf', change: 'updated', ids: [shelf] });
    await server.http.patch('/api/shop/shelf?filter.name=Two', { name: 'Three' });
    await hear({ model: 'Shelf', change: 'updated', ids: null });
    await server.models.records('shop.Thing').create([{ name: 'a', shelf }, { name: 'b' }]);
    await hear({ model: 'Thing', change: 'created', ids: [expect.any(Number), expect.any(Number)] });
    const saved = await server.models.repository('shop.Thing').save({ name: 'c' });
    await hear({ model: 'Thing', change: 'created', ids: [Reflect.get(saved, 'id')] });
    await server.http.put('/api/shop/thing?on=id', { id: 50, name: 'd' });
    await server.http.delete(`/api/shop/shelf/${shelf}`);
    await eventually(
      async () => client.of('records'),
      (events) => events.some(({ change, model }) => change === 'deleted' && model === 'Thing'),
    );

    const events = client.of('records');
    expect(events.slice(0, told.length)).toEqual(told.map((event) => ({ app: 'shop', ...event })));
    expect(events).toEqual(
      expect.arrayContaining([
        { app: 'shop', model: 'Shelf', change: 'deleted', ids: [shelf] },
        { app: 'shop', model: 'Thing', change: 'deleted', ids: null },
      ]),
    );
  });

  it('never tell of what is rolled back', async () => {
    const client = await listen(server, '?models=shop/shelf');
    const shelves = () => server.models.records('shop.Shelf');
    await server.models
      .transaction(async ({ records }) => {
        await records('shop.Shelf').create({ name: 'never' });
        throw new Error('Rolled back.');
      })
      .catch(() => undefined);
    await server.dataSource
      .transaction(async (manager) => {
        await manager.getRepository('shop.Shelf').save({ name: 'never' });
        throw new Error('Rolled back.');
      })
      .catch(() => undefined);
    await server.http.post('/api/shop/shelf', [{ name: 'fine' }, { name: null }]);
    const { id: last } = await shelves().create({ name: 'last' });

    expect(await client.heard('records')).toEqual([{ app: 'shop', model: 'Shelf', change: 'created', ids: [last] }]);
  });

  it.each([
    ['?models=shop/nothing', 'models', 'unknown_model', 'shop/nothing'],
    ['?models=shop/shelf,shelf', 'models', 'unknown_model', '"shelf"'],
    ['?models=shop/shelf&models=shop/thing', 'models', 'invalid_value', 'one text'],
    [`?models=${'x/y,'.repeat(101).replaceAll('x', () => `x${Math.random()}`)}`, 'models', 'invalid_value', '100'],
    ['?model=shop/shelf', 'model', 'unknown_parameter', 'Use models'],
  ])('refuse %.40s', async (query, path, code, words) => {
    const { status, body } = await server.http.get(`/api/events${query}`);

    expect(status).toBe(400);
    expect(body).toMatchObject({ code, errors: [{ path, code, message: expect.stringContaining(words) }] });
  });

  it('end with the server, which does not wait for them', async () => {
    const other = await startApp({ adapter });
    const client = await listen(other);
    const start = Date.now();
    await other.close();

    expect(Date.now() - start).toBeLessThan(5000);
    expect(await eventually(async () => client.isClosed, Boolean)).toBe(true);
  });

  it('are kept for no client that does not read them', async () => {
    const { streams } = server.app.get(FloodController);
    const sent = request(`${server.url}/flood`).on('error', () => undefined);
    const isClosed = new Promise<boolean>((resolve) => {
      sent.on('response', (response) => {
        response.socket.pause();
        response.socket.once('close', () => resolve(true));
      });
    });
    sent.end();
    await eventually(async () => streams[0]?.destroyed, Boolean);

    expect(streams[0]?.readableLength).toBeLessThan(1_000_000);
    sent.destroy();
    expect(await isClosed).toBe(true);
  });

  it('are for so many of one caller only', async () => {
    const clients = await Promise.all(Array.from({ length: 20 }, () => listen(server)));
    const refused = await server.http.get('/api/events');
    for (const client of clients) client.close();
    const again = await eventually(
      () => listen(server),
      ({ status }) => status === 200,
    );

    expect(refused).toMatchObject({ status: 429, body: { code: 'too_many_requests' } });
    expect(again.status).toBe(200);
  });

  it('are not for those who only want their headers', async () => {
    const answer = await fetch(`${server.url}/api/events`, { method: 'HEAD' });

    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe('');
    expect(id).toEqual(expect.any(String));
  });
});

describe('the events of two nodes on one database', () => {
  let database: TestDatabase;
  let one: TestServer;
  let other: TestServer;

  beforeAll(async () => {
    database = await createDatabase();
    one = await startApp({ database });
    other = await startApp({ database });
  });
  afterAll(async () => {
    await one?.close();
    await other?.close();
    await database?.drop();
  });

  it('are the same on both, also after the connections that they listen on were cut', async () => {
    const here = await listen(one);
    await defineModel(other.http, { app: 'nodes', name: 'Thing', fields: [{ name: 'name', type: 'char' }] });
    await here.heard('schema');
    const client = await listen(one, '?models=nodes/thing');
    const first = await createRecord(other.http, '/api/nodes/thing', { name: 'far' });
    await client.heard('records');
    await database.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'`);
    await client.heard('ready', 2);
    await eventually(
      async () => {
        await other.http.patch(`/api/nodes/thing/${first.id}`, { name: 'farther' });
        return client.of('records');
      },
      ({ length }) => length > 1,
    );

    expect(here.of('schema')).toMatchObject([{ change: 'created', app: 'nodes', name: 'Thing' }]);
    expect(client.of('records').slice(0, 2)).toEqual([
      { app: 'nodes', model: 'Thing', change: 'created', ids: [first.id] },
      { app: 'nodes', model: 'Thing', change: 'updated', ids: [first.id] },
    ]);
  });
});

describe('the events of somebody with few rights', () => {
  const rules: Record<string, Rules[string]> = {
    all: { 'shop.Product': { view: true } },
    some: { 'shop.Product': { view: { where: { hidden: { $eq: false } } } } },
    writer: { 'shop.Product': { add: true } },
  };
  let server: TestServer;

  beforeAll(async () => {
    server = await startShop(rules);
  });
  afterAll(() => server?.close());

  it('are about the records that the rules show', async () => {
    const [all, some] = [
      await listen(server, '?models=shop/product', 'all'),
      await listen(server, '?models=shop/product', 'some'),
    ];
    const admin = as(server, 'admin');
    const create = async (values: object) => (await createRecord(admin, '/api/shop/product', values)).id;

    const hidden = await create({ title: 'Hidden', hidden: true });
    await all.heard('records');
    const open = await create({ title: 'Open' });
    await all.heard('records', 2);
    await some.heard('records');
    await admin.patch(`/api/shop/product/${open}`, { hidden: true });
    await all.heard('records', 3);
    await some.heard('records', 2);
    await admin.delete(`/api/shop/product/${hidden}`);
    const [ofAll, ofSome] = [await all.heard('records', 4), await some.heard('records', 3)];

    const about = (change: string, ids: readonly number[] | null) => ({ app: 'shop', model: 'Product', change, ids });
    expect(ofAll).toEqual([
      about('created', [hidden]),
      about('created', [open]),
      about('updated', [open]),
      about('deleted', [hidden]),
    ]);
    expect(ofSome).toEqual([about('created', [open]), about('updated', null), about('deleted', null)]);
  });

  it('are not about models that they do not see, and refuse to follow those', async () => {
    const client = await listen(server, '', 'all');
    const model = await defineModel(as(server, 'admin'), { app: 'shop', name: 'Secret', fields: [] });
    const visible = await as(server, 'admin').get<{ id: string }>('/api/meta/models/shop.Product');
    await as(server, 'admin').patch(`/api/meta/models/${visible.body.id}`, { verboseName: 'Goods' });
    await client.heard('schema');
    const refusals = [
      await as(server, 'all').get('/api/events?models=shop/secret'),
      await as(server, 'all').get('/api/events?models=shop/nothing'),
      await as(server, 'writer').get('/api/events?models=shop/product'),
    ];

    expect(model.name).toBe('Secret');
    expect(client.of('schema')).toMatchObject([{ change: 'changed', name: 'Product' }]);
    expect(refusals.map(({ status, body }) => [status, (body as { code: string }).code])).toEqual(
      refusals.map(() => [400, 'unknown_model']),
    );
    expect(await server.http.get('/api/events')).toMatchObject({ status: 401 });
  });

  it('follow the rights: what is taken away is heard no more, and told', async () => {
    const client = await listen(server, '?models=shop/product', 'all');
    const witness = await listen(server, '?models=shop/product', 'admin');
    rules['all'] = { 'shop.Tag': { view: true } };
    const events = await client.heard('schema', 2);
    await createRecord(as(server, 'admin'), '/api/shop/product', { title: 'Unheard' });
    await witness.heard('records');
    rules['all'] = { 'shop.Product': { view: true } };
    await client.heard('schema', 4);
    const { id } = await createRecord(as(server, 'admin'), '/api/shop/product', { title: 'Heard' });

    expect(events).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ change: 'removed', name: 'Product' }),
        expect.objectContaining({ change: 'created', name: 'Tag' }),
      ]),
    );
    expect(await client.heard('records')).toMatchObject([{ ids: [id] }]);
  });
});
