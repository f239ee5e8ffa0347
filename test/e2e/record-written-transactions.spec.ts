import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ForbiddenException } from '@nestjs/common';
import type { ReceiverOptions, SignalPayloads } from '../../src/index.js';
import { createRecords, defineModels } from '../fixtures/arrange.js';
import { csv, importFile } from '../fixtures/exchange.js';
import { problem } from '../fixtures/problem.js';
import type { Http, PageBody } from '../support/http.js';
import { startApp, type TestServer } from '../support/server.js';

const fields = [{ name: 'title', type: 'char', required: true, unique: true }];
const MODELS = ['Product', 'Order', 'Note'].map((name) => ({ app: 'shop', name, fields }));
const PATH = '/api/shop/product';
const VETOED = problem(409, 'vetoed', /A receiver of record_written refused the change: Nothing is written\./);

const refuse = (): never => {
  throw new Error('Nothing is written.');
};

/** A file of new products, which says when each of its lines is read. */
async function* linesOf(count: number, read: () => void): AsyncGenerator<Uint8Array> {
  for (let line = 0; line < count; line += 1) {
    read();
    yield Buffer.from(`${JSON.stringify({ title: `Chair ${line}` })}\n`);
  }
}

describe('a receiver of record_written', () => {
  let server: TestServer;
  let http: Http;
  let disconnects: (() => void)[] = [];

  const connect = (
    receiver: (written: SignalPayloads['record_written']) => void | Promise<void>,
    options: ReceiverOptions = { model: 'shop.Product' },
  ): (() => void) => {
    const disconnect = server.signals.connect('record_written', receiver, options);
    disconnects.push(disconnect);
    return disconnect;
  };
  /** Keeps a book of what was written, in the transaction that writes it. */
  const keepBook = () =>
    connect(async ({ manager, action, id }) => {
      await manager.query('INSERT INTO book (entry) VALUES ($1)', [`${action} ${id}`]);
    });
  const book = async () =>
    (await server.database.query('SELECT entry FROM book ORDER BY id')).map(({ entry }) => entry);
  const titles = async () => (await http.get<PageBody>(`${PATH}?sortBy=id:ASC`)).body.data.map(({ title }) => title);

  beforeAll(async () => {
    server = await startApp();
    http = server.http;
    await defineModels(http, MODELS);
    await server.database.query('CREATE TABLE book (id serial PRIMARY KEY, entry text)');
  });
  beforeEach(async () => {
    await http.delete(`${PATH}?filter.id=$gt:0`);
    await server.database.query('ALTER SEQUENCE shop_product_id_seq RESTART');
    await server.database.query('TRUNCATE book');
    await createRecords(http, PATH, [{ title: 'Chair' }, { title: 'Table' }]);
  });
  afterEach(() => {
    disconnects.forEach((disconnect) => disconnect());
    disconnects = [];
  });
  afterAll(() => server?.close());

  it('writes in the transaction of the record', async () => {
    keepBook();

    await http.post(PATH, [{ title: 'Bed' }, { title: 'Sofa' }]);
    await http.patch(`${PATH}/1`, { title: 'Stool' });
    await http.delete(`${PATH}/2`);

    expect(await book()).toEqual(['add 3', 'add 4', 'change 1', 'delete 2']);
  });

  it('leaves nothing of what is rolled back', async () => {
    keepBook();

    const transaction = server.models.transaction(async ({ records }) => {
      await records('shop.Product').create({ title: 'Bed' });
      await records('shop.Product').update(1, { title: 'Stool' });
      throw new Error('changed my mind');
    });
    await expect(transaction).rejects.toThrow('changed my mind');
    await importFile(http, `${PATH}/import?dryRun=true`, csv('title', 'Lamp'));
    await importFile(http, `${PATH}/import`, csv('title', 'Lamp', 'Chair'));

    expect(await book()).toEqual([]);
    expect(await titles()).toEqual(['Chair', 'Table']);
  });

  it('is told within a larger transaction', async () => {
    keepBook();

    await server.models.transaction(async ({ manager, records }) => {
      await records('shop.Product').create({ title: 'Bed' });
      await manager.query(`INSERT INTO book (entry) VALUES ('after')`);
    });

    expect(await book()).toEqual(['add 3', 'after']);
  });

  it('is told of each record before the next that a filter finds is written', async () => {
    const heard: string[] = [];
    connect(({ id }) => void heard.push(`written ${id}`));
    disconnects.push(server.signals.connect('pre_save', ({ id }) => void heard.push(`saving ${id}`)));

    await http.patch(`${PATH}?filter.id=$gt:0`, {});

    expect(heard).toEqual(['saving 1', 'written 1', 'saving 2', 'written 2']);
  });

  it('is told of the beginning of a file before the end is read', async () => {
    const heard: unknown[] = [];
    const heardAtLine: number[] = [];
    connect(({ id }) => void heard.push(id));
    const content = linesOf(1200, () => void heardAtLine.push(heard.length));

    await server.models.records('shop.Product').import({ format: 'ndjson', content });

    expect([heardAtLine[100], heard.length]).toEqual([0, 1200]);
    expect(heardAtLine[1100]).toBeGreaterThan(0);
  });

  it('refuses every kind of write by a throw', async () => {
    connect(refuse);

    expect(await http.post(PATH, { title: 'Bed' })).toMatchObject(VETOED);
    expect(await http.post(PATH, [{ title: 'Bed' }])).toMatchObject(VETOED);
    expect(await http.patch(`${PATH}/1`, { title: 'Bed' })).toMatchObject(VETOED);
    expect(await http.put(`${PATH}/1`, { title: 'Bed' })).toMatchObject(VETOED);
    expect(await http.put(`${PATH}?on=title`, { title: 'Bed' })).toMatchObject(VETOED);
    expect(await http.patch(`${PATH}?filter.title=Chair`, { title: 'Bed' })).toMatchObject(VETOED);
    expect(await http.delete(`${PATH}/1`)).toMatchObject(VETOED);
    expect(await http.delete(`${PATH}?filter.title=Chair`)).toMatchObject(VETOED);
    expect(await titles()).toEqual(['Chair', 'Table']);
  });

  it('refuses a whole file, because what it throws is not about a record', async () => {
    connect(({ after }) => (after?.['title'] === 'Sofa' ? refuse() : undefined));

    const answer = await importFile(http, `${PATH}/import?onError=skip`, csv('title', 'Bed', 'Sofa', 'Lamp'));

    expect(answer).toMatchObject(VETOED);
    expect(await titles()).toEqual(['Chair', 'Table']);
  });

  it('may refuse with an answer of its own', async () => {
    connect(() => {
      throw new ForbiddenException('The books are closed.');
    });

    expect(await http.post(PATH, { title: 'Bed' })).toMatchObject(problem(403, 'forbidden', /The books are closed/));
    expect(await titles()).toEqual(['Chair', 'Table']);
  });

  it('comes and goes while the application runs', async () => {
    await http.patch(`${PATH}/1`, { title: 'Before' });
    const disconnect = keepBook();
    await http.patch(`${PATH}/1`, { title: 'Meanwhile' });
    disconnect();
    await http.patch(`${PATH}/1`, { title: 'After' });

    expect(await book()).toEqual(['change 1']);
  });

  it('may decide from write to write about which models it wants to know', async () => {
    const audited = new Set<string>();
    const heard: string[] = [];
    connect(({ model, id }) => void heard.push(`${model} ${id}`), { model: (name) => audited.has(name) });

    await http.post('/api/shop/order', { title: 'first' });
    audited.add('shop.Order');
    await http.post('/api/shop/order', { title: 'second' });
    await http.post('/api/shop/note', { title: 'third' });
    audited.delete('shop.Order');
    await http.post('/api/shop/order', { title: 'fourth' });

    expect(heard).toEqual(['shop.Order 2']);
  });
});
