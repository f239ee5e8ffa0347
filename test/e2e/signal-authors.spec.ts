import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';
import { ControllerOf, type ModelController, type RecordActions, type Signal } from '../../src/index.js';
import { as, withUsers } from '../fixtures/access/policy.js';
import { StaffAccess } from '../fixtures/access/staff.js';
import { createRecord, defineModels } from '../fixtures/arrange.js';
import { csv, importFile } from '../fixtures/exchange.js';
import { startApp, type TestServer } from '../support/server.js';

const MODELS = [
  { app: 'shop', name: 'Tag', fields: [{ name: 'name', type: 'char' }] },
  {
    app: 'shop',
    name: 'Product',
    fields: [
      { name: 'title', type: 'char', unique: true },
      { name: 'tags', type: 'many_to_many', relatedModel: 'shop.Tag' },
    ],
  },
];
const SIGNALS = ['pre_save', 'post_save', 'pre_delete', 'post_delete', 'm2m_changed', 'record_written'] as const;

const ANNA = { email: 'anna@example.org' };
const BERT = { email: 'bert@example.org' };

/** The application's own way to create a tag, which leaves the work to Dynamo. */
@Injectable()
@ControllerOf('shop.Tag')
class TagController implements ModelController {
  async create(generated: RecordActions, body: unknown): Promise<string> {
    return generated.create(body);
  }
}

/** Who was said to write, in the order of the signals. */
interface Said {
  readonly signal: Signal;
  readonly user: unknown;
  readonly origin: unknown;
}

const listen = (server: TestServer) => {
  const said: Said[] = [];
  const disconnects = SIGNALS.map((signal) =>
    server.signals.connect(signal, ({ user, origin }) => void said.push({ signal, user, origin })),
  );
  return { said, stop: () => disconnects.forEach((disconnect) => disconnect()) };
};

describe.each(['fastify', 'express'] as const)('signals of records, on %s, know', (adapter) => {
  let server: TestServer;
  let said: Said[];
  let stop: () => void;

  const users = async () => {
    await server.signals.settled();
    return said.splice(0).map(({ user }) => user);
  };

  beforeAll(async () => {
    server = await startApp({ adapter, options: { access: StaffAccess }, providers: [TagController] });
    await defineModels(server.http, MODELS);
    await createRecord(server.http, '/api/shop/tag', { name: 'red' });
    ({ said, stop } = listen(server));
  });
  afterEach(() => {
    said.length = 0;
  });
  afterAll(async () => {
    stop();
    await server?.close();
  });

  it('who sends a request, before and after the write', async () => {
    await as(server, 'anna').post('/api/shop/product', { title: 'Chair', tags: [1] });
    await as(server, 'anna').delete('/api/shop/product?filter.title=Chair');
    await server.signals.settled();

    expect(said.map(({ signal }) => signal)).toEqual([
      'pre_save',
      'm2m_changed',
      'record_written',
      'm2m_changed',
      'post_save',
      'pre_delete',
      'record_written',
      'post_delete',
    ]);
    expect(await users()).toEqual(Array.from({ length: 8 }, () => ANNA));
  });

  it('each of those who have the same rights', async () => {
    await as(server, 'anna').post('/api/shop/product', { title: 'Anna’s' });
    await as(server, 'bert').patch('/api/shop/product?filter.title=Anna’s', { title: 'Bert’s' });

    expect(await users()).toEqual([ANNA, ANNA, ANNA, BERT, BERT, BERT]);
  });

  it('nobody where nobody is known', async () => {
    await server.http.post('/api/shop/tag', { name: 'blue' });

    expect(await users()).toEqual([null, null, null]);
  });

  it.each<[string, (server: TestServer) => Promise<unknown>]>([
    ['a controller of the application', (shop) => as(shop, 'anna').post('/api/shop/tag', { name: 'green' })],
    ['a list of new records', (shop) => as(shop, 'anna').post('/api/shop/product', [{ title: 'Listed' }])],
    ['an upsert', (shop) => as(shop, 'anna').put('/api/shop/product?on=title', { title: 'Upserted' })],
    ['an import', (shop) => importFile(as(shop, 'anna'), '/api/shop/product/import', csv('title', 'Imported'))],
    ['a program that says so', (shop) => shop.models.records('shop.Product', { as: ANNA }).create({ title: 'Made' })],
  ])('who is behind %s', async (_title, write) => {
    await write(server);

    expect(await users()).toEqual([ANNA, ANNA, ANNA]);
  });

  it('from where a request comes', async () => {
    const { headers } = await as(server, 'anna').post('/api/shop/product', { title: 'Sent' });
    await server.signals.settled();

    // Express gives requests no id.
    const origin = { address: '127.0.0.1', requestId: headers.get('x-request-id') };
    expect(said.map((heard) => heard.origin)).toEqual([origin, origin, origin]);
  });

  it('that a program is no request, and works for nobody unless it says so', async () => {
    await server.models.records('shop.Product').create({ title: 'Programmed' });
    await server.models.transaction(({ records }) => records('shop.Product').create({ title: 'Together' }));
    await server.models.records('shop.Product', { as: undefined }).create({ title: 'Unsaid' });
    await server.signals.settled();

    expect(said).toHaveLength(9);
    expect(said).toEqual(said.map(({ signal }) => ({ signal, user: null, origin: null })));
  });
});

describe('signals of records where everything is open', () => {
  it('know whom a guard of the application has found', async () => {
    const server = await startApp(withUsers);
    await defineModels(server.http, MODELS);
    const { said } = listen(server);

    await as(server, 'anna').post('/api/shop/tag', { name: 'red' });
    await server.http.post('/api/shop/tag', { name: 'blue' });
    await server.signals.settled();

    const anna = { name: 'anna' };
    expect(said.map(({ user }) => user)).toEqual([anna, anna, anna, null, null, null]);
    await server.close();
  });
});
