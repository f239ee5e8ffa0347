import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createRecords, defineModel } from '../fixtures/arrange.js';
import { NOTE, REPLAYED, withKey } from '../fixtures/idempotency.js';
import { problem } from '../fixtures/problem.js';
import type { Answer, Http, PageBody } from '../support/http.js';
import { startApp, type TestServer } from '../support/server.js';

const NOTES = '/api/desk/note';
const REUSED = problem(422, 'idempotency_key_reused', /belongs to another request/);

describe.each(['fastify', 'express'] as const)('a write with an idempotency key, on %s', (adapter) => {
  let server: TestServer;
  let disconnects: (() => void)[] = [];
  let key = '';

  const keyed = (own = key): Http => withKey(server, own);
  const notes = async () => (await server.http.get<PageBody>(`${NOTES}?sortBy=id:ASC&limit=1000`)).body.data;
  const texts = async () => (await notes()).map(({ text }) => text);

  beforeAll(async () => {
    server = await startApp({ adapter });
    await defineModel(server.http, NOTE);
  });
  beforeEach(async () => {
    key = randomUUID();
    await server.database.query('TRUNCATE desk_note RESTART IDENTITY');
    await createRecords(server.http, NOTES, [
      { text: 'one', code: 1 },
      { text: 'two', code: 2 },
    ]);
  });
  afterEach(() => {
    disconnects.forEach((disconnect) => disconnect());
    disconnects = [];
  });
  afterAll(() => server?.close());

  const all = `filter=${encodeURIComponent('{"id":{"$gt":0}}')}`;
  const writes: readonly [string, (http: Http) => Promise<Answer>, number, unknown][] = [
    ['creates a record', (http) => http.post(NOTES, { text: 'three' }), 201, { id: 3, text: 'three', code: null }],
    [
      'creates records',
      (http) => http.post(NOTES, [{ text: 'a' }, { text: 'b' }]),
      201,
      [
        { id: 3, text: 'a', code: null },
        { id: 4, text: 'b', code: null },
      ],
    ],
    ['upserts', (http) => http.put(`${NOTES}?on=code`, { text: 'x', code: 9 }), 200, { id: 3, text: 'x', code: 9 }],
    ['changes a record', (http) => http.patch(`${NOTES}/1`, { text: 'x' }), 200, { id: 1, text: 'x', code: 1 }],
    ['replaces a record', (http) => http.put(`${NOTES}/1`, { text: 'y' }), 200, { id: 1, text: 'y', code: null }],
    ['deletes a record', (http) => http.delete(`${NOTES}/1`), 204, ''],
    ['changes what fits', (http) => http.patch(`${NOTES}?${all}`, { text: 'all' }), 200, { count: 2 }],
    ['deletes what fits', (http) => http.delete(`${NOTES}?${all}`), 200, { count: 2 }],
  ];

  it.each(writes)('%s once, and answers the same again', async (_, write, status, body) => {
    const first = await write(keyed());
    // What another has done since is not undone, and changes nothing in the answer.
    await server.http.patch(`${NOTES}?${all}`, { text: 'changed since' });
    const second = await write(keyed());

    expect(first).toMatchObject({ status, body });
    expect(first.headers.get(REPLAYED)).toBeNull();
    expect(second).toMatchObject({ status, text: first.text, contentType: first.contentType });
    expect(second.headers.get(REPLAYED)).toBe('true');
    expect(second.headers.get('etag')).toBe(first.headers.get('etag'));
    expect(second.headers.get('x-schema-version')).toBe(first.headers.get('x-schema-version'));
    expect(new Set(await texts())).not.toContain(first.status === 204 ? 'one' : 'all');
    expect((await notes()).every(({ text }) => text === 'changed since')).toBe(true);
  });

  it('has a tag where the answer is one record, which the next change may name', async () => {
    const created = await keyed().post(NOTES, { text: 'three' });
    const again = await keyed().post(NOTES, { text: 'three' });
    const etag = String(again.headers.get('etag'));

    expect(etag).toBe((await server.http.get(`${NOTES}/3`)).headers.get('etag'));
    expect(created.headers.get('etag')).toBe(etag);
    expect(await withKey(server, `${key}-2`, { 'if-match': etag }).patch(`${NOTES}/3`, { text: 'x' })).toMatchObject({
      status: 200,
    });
  });

  it('answers a change with If-Match again although its tag has moved with it', async () => {
    const etag = String((await server.http.get(`${NOTES}/1`)).headers.get('etag'));
    const http = withKey(server, key, { 'if-match': etag });

    const [first, second] = [
      await http.patch(`${NOTES}/1`, { text: 'x' }),
      await http.patch(`${NOTES}/1`, { text: 'x' }),
    ];

    expect(first).toMatchObject({ status: 200 });
    expect(second).toMatchObject({ status: 200, text: first.text });
    expect(await withKey(server, `${key}-2`, { 'if-match': etag }).patch(`${NOTES}/1`, { text: 'x' })).toMatchObject(
      problem(412, 'precondition_failed', /./),
    );
  });

  it('is refused when its key belongs to another request', async () => {
    await keyed().post(NOTES, { text: 'three' });

    expect(await keyed().post(NOTES, { text: 'other' })).toMatchObject(REUSED);
    expect(await keyed().post(NOTES, [{ text: 'three' }])).toMatchObject(REUSED);
    expect(await keyed().post(`${NOTES}?x=1`, { text: 'three' })).toMatchObject(REUSED);
    expect(await keyed().put(`${NOTES}?on=code`, { text: 'three', code: 3 })).toMatchObject(REUSED);
    expect(await keyed().patch(`${NOTES}/1`, { text: 'three' })).toMatchObject(REUSED);
    expect(await keyed().delete(`${NOTES}/1`)).toMatchObject(REUSED);
    expect(await withKey(server, key, { 'if-match': '*' }).post(NOTES, { text: 'three' })).toMatchObject(REUSED);
    expect(await texts()).toEqual(['one', 'two', 'three']);
  });

  it('may be sent anew with other values when it was refused', async () => {
    const refusals = [
      await keyed().post(NOTES, { text: '' }),
      await keyed().post(NOTES, { text: 'three', code: 1 }),
      await keyed().patch(`${NOTES}/99`, { text: 'x' }),
      await keyed().delete('/api/desk/nothing/1'),
    ];

    expect(refusals.map(({ status }) => status)).toEqual([422, 409, 404, 404]);
    expect(await keyed().post(NOTES, { text: 'three', code: 3 })).toMatchObject({ status: 201, body: { code: 3 } });
  });

  it('keeps nothing when a receiver has rolled it back', async () => {
    let isClosed = true;
    const veto = (): void => {
      if (isClosed) throw new Error('Closed on Sundays.');
    };
    disconnects.push(server.signals.connect('record_written', veto));

    const refused = await keyed().post(NOTES, { text: 'three' });
    isClosed = false;
    const taken = await keyed().post(NOTES, { text: 'three' });

    expect(refused).toMatchObject(problem(409, 'vetoed', /Closed on Sundays/));
    expect(taken).toMatchObject({ status: 201 });
    expect(taken.headers.get(REPLAYED)).toBeNull();
    expect(await texts()).toEqual(['one', 'two', 'three']);
  });

  it('calls its receivers once, within its transaction and after', async () => {
    const heard: string[] = [];
    for (const signal of ['pre_save', 'record_written', 'post_save'] as const) {
      disconnects.push(server.signals.connect(signal, ({ id }) => void heard.push(`${signal} ${String(id)}`)));
    }

    await keyed().post(NOTES, { text: 'three' });
    await keyed().post(NOTES, { text: 'three' });

    expect(heard).toEqual(['pre_save null', 'record_written 3', 'post_save 3']);
  });

  it('is refused while the first is under way, and answered when that is over', async () => {
    let finish = (): void => undefined;
    const arrived = new Promise<void>((arrive) => {
      const wait = () => (arrive(), new Promise<void>((resolve) => (finish = resolve)));
      disconnects.push(server.signals.connect('pre_save', wait));
    });

    const first = keyed().post(NOTES, { text: 'three' });
    await arrived;
    const early = await keyed().post(NOTES, { text: 'three' });
    const another = await server.http.delete(`${NOTES}/1`);
    finish();

    expect(early).toMatchObject(problem(409, 'idempotency_in_progress', /still being carried out/));
    expect(early.headers.get('retry-after')).toBe('1');
    expect(another).toMatchObject({ status: 204 });
    expect(await first).toMatchObject({ status: 201 });
    expect(await keyed().post(NOTES, { text: 'three' })).toMatchObject({ status: 201, text: (await first).text });
  });

  it('is told its ids where its answer is too large to be kept', async () => {
    const filler = { name: 'filler', type: 'text', default: 'x'.repeat(10_000) };
    await defineModel(server.http, { app: 'desk', name: 'Sheet', fields: [filler] });
    const sheets = Array.from({ length: 200 }, () => ({}));

    const first = await keyed().post('/api/desk/sheet', sheets);
    const second = await keyed().post('/api/desk/sheet', sheets);

    expect(first.text.length).toBeGreaterThan(1024 * 1024);
    expect(second).toMatchObject({ status: 201 });
    expect(second.headers.get(REPLAYED)).toBe('true');
    expect(second.body).toEqual(sheets.map((__, index) => ({ id: index + 1 })));
  });

  it.each([
    ['is empty', ''],
    ['is too long', 'k'.repeat(256)],
    ['has a space', 'a b'],
    ['has a character beyond ASCII', 'sch\u00f6n'],
  ])('is refused when its key %s', async (_, wrong) => {
    const answer = await keyed(wrong).post(NOTES, { text: 'three' });

    expect(answer).toMatchObject(problem(400, 'invalid_idempotency_key', /between 1 and 255 visible ASCII/));
    expect(await texts()).toEqual(['one', 'two']);
  });

  it('takes the longest key, and every visible character', async () => {
    const visible = String.fromCharCode(...Array.from({ length: 94 }, (_, index) => index + 33));
    const longest = `${visible}${key}`.padEnd(255, 'k');

    expect(await keyed(longest).post(NOTES, { text: 'three' })).toMatchObject({ status: 201 });
    expect((await keyed(longest).post(NOTES, { text: 'three' })).headers.get(REPLAYED)).toBe('true');
  });

  it.each([
    ['a change of a model', (http: Http) => http.post('/api/meta/models', { app: 'desk', name: 'Other', fields: [] })],
    ['an import', (http: Http) => http.post(`${NOTES}/import`, [{ text: 'three' }])],
    [
      'an import of a stream',
      (http: Http) => http.send('POST', `${NOTES}/import`, 'text\nthree\n', { 'content-type': 'text/csv' }),
    ],
  ])('is refused where it is %s', async (_, send) => {
    expect(await send(keyed())).toMatchObject(problem(400, 'idempotency_key_unsupported', /Nothing was done/));
    expect(await texts()).toEqual(['one', 'two']);
  });

  it('reads as without one', async () => {
    await keyed().post(NOTES, { text: 'three' });

    expect(await keyed().get(`${NOTES}/1`)).toMatchObject({ status: 200 });
    expect(await keyed().post(`${NOTES}/query`, { limit: 1 })).toMatchObject({ status: 200 });
  });
});
