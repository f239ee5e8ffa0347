import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ForbiddenException, Injectable } from '@nestjs/common';
import { OnEvent } from '@nestjs/event-emitter';
import { createRecord, createRecords, defineModels } from '../fixtures/arrange.js';
import { problem, refusedAt } from '../fixtures/problem.js';
import type { Http, PageBody } from '../support/http.js';
import type { Receiver, Signal, SignalPayloads } from '../../src/index.js';
import { startApp, type TestServer } from '../support/server.js';

@Injectable()
class Listener {
  readonly heard: unknown[] = [];

  @OnEvent('dynamo.post_save')
  hear(payload: unknown): void {
    this.heard.push(payload);
  }
}

const VETOED = problem(409, 'vetoed', /Not on a Friday\./);
/** Of requests here, whose sender nobody knows. */
const AUTHOR = { user: null, origin: { address: '127.0.0.1', requestId: expect.any(String) } };
const veto = (): never => {
  throw new Error('Not on a Friday.');
};

describe.each([
  ['with a listener of events', [Listener]],
  ['without one', []],
] as const)('signals of records, %s', (_title, providers) => {
  let server: TestServer;
  let http: Http;
  let app = '';
  let url = '';
  let count = 0;
  let disconnects: (() => void)[] = [];

  /** Connects a receiver for the length of one test. */
  const connect = <S extends Signal>(name: S, receiver: Receiver<S>): void => {
    disconnects.push(server.signals.connect(name, receiver));
  };
  /** What a signal brings, without the manager of the transaction. */
  const record = <S extends Signal>(name: S): SignalPayloads[S][] => {
    const payloads: SignalPayloads[S][] = [];
    connect(name, (payload) => void payloads.push({ ...payload }));
    return payloads;
  };
  const stored = async () => (await http.get<PageBody>(`${url}?sortBy=id:ASC`)).body.data;

  beforeAll(async () => {
    server = await startApp({ providers: [...providers] });
    http = server.http;
  });
  afterEach(() => {
    disconnects.forEach((disconnect) => disconnect());
    disconnects = [];
  });
  afterAll(() => server?.close());

  beforeEach(async () => {
    count += 1;
    app = `said${count}`;
    url = `/api/${app}/post`;
    await defineModels(http, [
      { app, name: 'Tag', fields: [{ name: 'name', type: 'char' }] },
      {
        app,
        name: 'Post',
        fields: [
          { name: 'title', type: 'char', required: true, unique: true },
          { name: 'stars', type: 'integer', default: 3 },
          { name: 'updated', type: 'date_time', options: { autoNow: true } },
          { name: 'tags', type: 'many_to_many', relatedModel: `${app}.Tag`, options: { relatedName: 'posts' } },
        ],
      },
    ]);
    await createRecords(http, `/api/${app}/tag`, [{ name: 'one' }, { name: 'two' }, { name: 'three' }]);
  });

  describe('pre_save', () => {
    it('brings the values of a new record, with their defaults', async () => {
      const said = record('pre_save');

      await http.post(url, { title: 'Wave' });

      const values = { title: 'Wave', stars: 3 };
      expect(said).toMatchObject([{ model: `${app}.Post`, id: null, created: true, record: null, values }]);
      expect(said[0].values).not.toHaveProperty('updated');
    });

    it('brings the values of a change, and the record as it was', async () => {
      const before = await createRecord(http, url, { title: 'Wave', tags: [1] });
      const said = record('pre_save');

      await http.patch(`${url}/1`, { stars: 5 });

      expect(said).toMatchObject([{ id: 1, created: false, values: { stars: 5 } }]);
      expect(said[0].record).toEqual(before);
      expect(said[0].values).toEqual({ stars: 5 });
    });

    it('may change values, of every kind of write', async () => {
      connect('pre_save', ({ values }) => {
        values['title'] = `${String(values['title'])}!`;
        values['tags'] = [2];
      });

      const created = await http.post(url, { title: 'Wave' });
      const many = await http.post(url, [{ title: 'Tide' }]);
      const patched = await http.patch(`${url}/1`, { title: 'Stone' });
      const replaced = await http.put(`${url}/2`, { title: 'Brick' });

      expect(created).toMatchObject({ status: 201, body: { title: 'Wave!', tags: [2] } });
      expect(many.body).toMatchObject([{ title: 'Tide!', tags: [2] }]);
      expect(patched.body).toMatchObject({ title: 'Stone!', tags: [2] });
      expect(replaced.body).toMatchObject({ title: 'Brick!', tags: [2] });
    });

    it('is told what an upsert does, and may change that', async () => {
      await createRecord(http, url, { title: 'Wave' });
      const said = record('pre_save');
      connect('pre_save', ({ values }) => void (values['stars'] = 1));

      const answer = await http.put(`${url}?on=title`, [{ title: 'Wave' }, { title: 'Tide' }]);

      expect(answer.body).toMatchObject([
        { id: 1, title: 'Wave', stars: 1 },
        { id: 2, title: 'Tide', stars: 1 },
      ]);
      expect(said).toMatchObject([
        { id: 1, created: false },
        { id: null, created: true },
      ]);
    });

    it('is told of every record that a change by filter finds', async () => {
      await createRecords(http, url, [{ title: 'Wave' }, { title: 'Tide' }, { title: 'Stone', stars: 1 }]);
      const said = record('pre_save');
      connect('pre_save', ({ id, values }) => void (values['stars'] = Number(id) * 10));

      const answer = await http.patch(`${url}?filter.stars=3`, { stars: 5 });

      expect(answer.body).toEqual({ count: 2 });
      expect(said.map(({ id }) => id)).toEqual([1, 2]);
      expect(await stored()).toMatchObject([{ stars: 10 }, { stars: 20 }, { stars: 1 }]);
    });

    it('cannot write what a request could not', async () => {
      connect('pre_save', ({ values }) => void (values['stars'] = 'many'));

      const answer = await http.post(url, { title: 'Wave' });

      expect(answer).toMatchObject(refusedAt('stars', 'invalid_type'));
      expect(await stored()).toEqual([]);
    });

    it('is not told of values that are refused anyway', async () => {
      const said = record('pre_save');

      const answer = await http.post(url, { title: '' });

      expect(answer).toMatchObject(refusedAt('title', 'required'));
      expect(said).toEqual([]);
    });

    it('may veto, and nothing is written', async () => {
      await createRecord(http, url, { title: 'Wave' });
      connect('pre_save', veto);

      expect(await http.post(url, { title: 'Tide' })).toMatchObject(VETOED);
      expect(await http.post(url, [{ title: 'Tide' }])).toMatchObject(VETOED);
      expect(await http.patch(`${url}/1`, { title: 'Tide' })).toMatchObject(VETOED);
      expect(await http.put(`${url}?on=title`, { title: 'Wave', stars: 1 })).toMatchObject(VETOED);
      expect(await http.patch(`${url}?filter.id=1`, { stars: 1 })).toMatchObject(VETOED);
      expect(await stored()).toMatchObject([{ title: 'Wave', stars: 3 }]);
    });

    it('may veto with an answer of its own', async () => {
      connect('pre_save', () => {
        throw new ForbiddenException('Only on Mondays.');
      });

      expect(await http.post(url, { title: 'Tide' })).toMatchObject(problem(403, 'forbidden', /Only on Mondays/));
    });

    it('writes in the same transaction', async () => {
      connect('pre_save', async ({ manager, values }) => {
        await manager.getRepository(`${app}.Tag`).save({ name: `for ${String(values['title'])}` });
      });
      const tags = async () => (await http.get<PageBody>(`/api/${app}/tag`)).body.data.map(({ name }) => name);

      await http.post(url, { title: 'Wave' });
      const refused = await http.post(url, { title: 'Wave' });

      expect(refused).toMatchObject(problem(409, 'unique_violation', /title/));
      expect(await tags()).toEqual(['one', 'two', 'three', 'for Wave']);
    });

    it('runs after the tag was checked', async () => {
      await createRecord(http, url, { title: 'Wave' });
      const said = record('pre_save');

      const answer = await http.send('PATCH', `${url}/1`, '{"stars":1}', {
        'content-type': 'application/json',
        'if-match': '"old"',
      });

      expect(answer).toMatchObject(problem(412, 'precondition_failed', /Somebody else/));
      expect(said).toEqual([]);
    });
  });

  describe('post_save', () => {
    it('brings the record as it is stored, once it is', async () => {
      const seen: unknown[] = [];
      connect('post_save', async ({ id }) => void seen.push((await http.get(`${url}/${id}`)).body));
      const said = record('post_save');

      const created = await createRecord(http, url, { title: 'Wave', tags: [1] });
      await server.signals.settled();
      const patched = await http.patch(`${url}/1`, { stars: 5 });
      await server.signals.settled();

      expect(said).toEqual([
        { model: `${app}.Post`, id: 1, created: true, record: created, ...AUTHOR },
        { model: `${app}.Post`, id: 1, created: false, record: patched.body, ...AUTHOR },
      ]);
      expect(seen).toMatchObject([{ id: 1 }, patched.body]);
    });

    it('is sent for each of many, in their order', async () => {
      const said = record('post_save');

      await http.post(url, [{ title: 'Wave' }, { title: 'Tide', id: 7 }, { title: 'Stone' }]);
      await server.signals.settled();
      await http.put(`${url}?on=title`, [{ title: 'Tide' }, { title: 'Brick' }]);
      await server.signals.settled();

      const titles = said.map((saved) => [saved.id, saved.created, saved.record['title']]);
      expect(titles.slice(0, 3)).toEqual([
        [expect.any(Number), true, 'Wave'],
        [7, true, 'Tide'],
        [expect.any(Number), true, 'Stone'],
      ]);
      expect(titles.slice(3)).toEqual([
        [7, false, 'Tide'],
        [expect.any(Number), true, 'Brick'],
      ]);
    });

    it('is not sent for what is rolled back', async () => {
      const said = record('post_save');
      await createRecord(http, url, { title: 'Wave' });

      await http.post(url, [{ title: 'Tide' }, { title: 'Wave' }]);
      await server.signals.settled();

      expect(said.map((saved) => saved.record['title'])).toEqual(['Wave']);
    });

    it('can break nothing, and keep nobody waiting', async () => {
      const said: unknown[] = [];
      connect('post_save', veto);
      connect('post_save', ({ id }) => void said.push(id));

      const answer = await http.post(url, { title: 'Wave' });
      await server.signals.settled();

      expect(answer).toMatchObject({ status: 201 });
      expect(await stored()).toMatchObject([{ title: 'Wave' }]);
      expect(said).toEqual([1]);
    });
  });

  describe('pre_delete and post_delete', () => {
    beforeEach(() => createRecords(http, url, [{ title: 'Wave', tags: [1] }, { title: 'Tide' }]));

    it('bring the record as it was', async () => {
      const { body } = await http.get(`${url}/1`);
      const [before, after] = [record('pre_delete'), record('post_delete')];

      const answer = await http.delete(`${url}/1`);
      await server.signals.settled();

      expect(answer).toMatchObject({ status: 204 });
      expect(before).toMatchObject([{ model: `${app}.Post`, id: 1, record: body }]);
      expect(after).toEqual([{ model: `${app}.Post`, id: 1, record: body, ...AUTHOR }]);
    });

    it('are sent for every record that a filter finds', async () => {
      const after = record('post_delete');

      const answer = await http.delete(`${url}?filter.stars=3`);
      await server.signals.settled();

      expect(answer.body).toEqual({ count: 2 });
      expect(after.map(({ id }) => id)).toEqual([1, 2]);
    });

    it('may veto before, and change nothing after', async () => {
      connect('pre_delete', ({ id }) => (id === 2 ? veto() : undefined));
      connect('post_delete', veto);

      expect(await http.delete(`${url}/2`)).toMatchObject(VETOED);
      expect(await http.delete(`${url}?filter.stars=3`)).toMatchObject(VETOED);
      expect(await stored()).toHaveLength(2);
      expect(await http.delete(`${url}/1`)).toMatchObject({ status: 204 });
      expect(await stored()).toMatchObject([{ id: 2 }]);
    });

    it('are not sent for a record that is not there', async () => {
      const before = record('pre_delete');

      expect(await http.delete(`${url}/9`)).toMatchObject(problem(404, 'record_not_found', /9/));
      expect(before).toEqual([]);
    });
  });

  describe('m2m_changed', () => {
    const change = (action: string, ids: readonly number[], rest: object = {}) => ({
      model: `${app}.Post`,
      id: 1,
      field: 'tags',
      action,
      ids,
      ...rest,
    });

    it('says which related records really come and go, before and after', async () => {
      await createRecord(http, url, { title: 'Wave', tags: [1, 2] });
      const said = record('m2m_changed');

      await http.patch(`${url}/1`, { tags: { add: [2, 3], remove: [1] } });
      await server.signals.settled();

      expect(said).toMatchObject([
        change('pre_remove', [1]),
        change('pre_add', [3]),
        change('post_remove', [1], { manager: null }),
        change('post_add', [3], { manager: null }),
      ]);
    });

    it('is sent for new records that have some, and from the other side', async () => {
      const said = record('m2m_changed');

      await http.post(url, [{ title: 'Wave', tags: [1, 2] }, { title: 'Tide' }]);
      await server.signals.settled();
      await http.patch(`/api/${app}/tag/3`, { posts: [1] });
      await server.signals.settled();

      const reverse = { model: `${app}.Tag`, id: 3, field: 'posts' };
      expect(said).toMatchObject([
        change('pre_add', [1, 2]),
        change('post_add', [1, 2]),
        change('pre_add', [1], reverse),
        change('post_add', [1], reverse),
      ]);
    });

    it('is not sent when nothing changes', async () => {
      await createRecord(http, url, { title: 'Wave', tags: [1] });
      const said = record('m2m_changed');

      await http.patch(`${url}/1`, { stars: 1, tags: [1] });
      await server.signals.settled();

      expect(said).toEqual([]);
    });

    it('may veto before', async () => {
      await createRecord(http, url, { title: 'Wave', tags: [1] });
      connect('m2m_changed', ({ action }) => (action.startsWith('pre_') ? veto() : undefined));

      expect(await http.patch(`${url}/1`, { stars: 1, tags: [2] })).toMatchObject(VETOED);
      expect(await http.post(url, { title: 'Tide', tags: [2] })).toMatchObject(VETOED);
      expect(await stored()).toMatchObject([{ title: 'Wave', stars: 3, tags: [1] }]);
    });
  });
});

describe('a listener of record events', () => {
  it('hears dynamo.post_save', async () => {
    const server = await startApp({ providers: [Listener] });
    await defineModels(server.http, [{ app: 'heard', name: 'Thing', fields: [{ name: 'name', type: 'char' }] }]);

    await createRecord(server.http, '/api/heard/thing', { name: 'one' });
    await server.signals.settled();

    expect(server.app.get(Listener).heard).toEqual([
      { model: 'heard.Thing', id: 1, created: true, record: { id: 1, name: 'one' }, ...AUTHOR },
    ]);
    await server.close();
  });
});
