import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { defineModel } from '../fixtures/arrange.js';
import { NOTE, REPLAYED, withKey } from '../fixtures/idempotency.js';
import { problem } from '../fixtures/problem.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { eventually } from '../support/eventually.js';
import type { Answer, RecordBody } from '../support/http.js';
import { startApp, type TestServer } from '../support/server.js';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.js';

const NOTES = '/api/desk/note';

/** In the soak run many. */
const ROUNDS = Number(process.env.SOAK_ROUNDS ?? 5);
/** Requests at the same time with the same key. */
const MANY = 20;

describe('a write with an idempotency key', () => {
  let database: TestDatabase;
  let proxy: TcpProxy;
  let one: TestServer;
  let other: TestServer;
  let disconnects: (() => void)[] = [];
  let told: string[] = [];

  const notes = async () =>
    (await database.query<{ text: string }>('SELECT text FROM desk_note ORDER BY id')).map(({ text }) => text);
  const write = (server: TestServer, key: string, text: string): Promise<Answer<RecordBody>> =>
    withKey(server, key).post<RecordBody>(NOTES, { text });

  beforeAll(async () => {
    database = await createDatabase();
    proxy = await startTcpProxy(database.url);
    one = await startApp({ database: { ...database, options: { type: 'postgres', url: proxy.url } } });
    other = await startApp({ database });
    await defineModel(other.http, NOTE);
    for (const server of [one, other]) {
      server.signals.connect('post_save', ({ record }) => void told.push(String(record['text'])));
    }
  });
  beforeEach(async () => {
    await database.query('TRUNCATE desk_note RESTART IDENTITY');
    told = [];
  });
  afterEach(() => {
    proxy.heal();
    disconnects.forEach((disconnect) => disconnect());
    disconnects = [];
  });
  afterAll(async () => {
    await one?.close();
    await other?.close();
    await proxy?.close();
    await database?.drop();
  });

  it('is answered as done when only the answer to its COMMIT was lost, by every node, and announced once', async () => {
    const texts = Array.from({ length: ROUNDS }, (_, round) => `kept ${round}`);
    const before = proxy.lost;

    for (const text of texts) {
      const key = randomUUID();
      proxy.loseAnswers('COMMIT', 1);
      const first = await write(one, key, text);
      const again = [await write(one, key, text), await write(other, key, text)];

      expect(first).toMatchObject({ status: 201, body: { text } });
      expect(first.headers.get(REPLAYED)).toBeNull();
      expect(again.map((answer) => [answer.text, answer.headers.get(REPLAYED)])).toEqual(
        again.map(() => [first.text, 'true']),
      );
    }

    expect(proxy.lost - before).toBe(ROUNDS);
    expect(await notes()).toEqual(texts);
    expect(told).toEqual(texts);
  });

  it('is answered as not done when the database never heard of its COMMIT, and is done when it is sent again', async () => {
    const texts = Array.from({ length: ROUNDS }, (_, round) => `again ${round}`);

    for (const text of texts) {
      const key = randomUUID();
      proxy.loseQuestions('COMMIT', 1);
      const first = await write(one, key, text);
      const again = await write(one, key, text);

      expect(first).toMatchObject(problem(503, 'change_not_applied', /nothing was changed/));
      expect(first.headers.get('retry-after')).toBe('1');
      expect(again).toMatchObject({ status: 201, body: { text } });
      expect(again.headers.get(REPLAYED)).toBeNull();
    }

    expect(await notes()).toEqual(texts);
    expect(told).toEqual(texts);
  });

  it('is done once when its connection is lost on the way there', async () => {
    for (const statement of ['pg_try_advisory_xact_lock', 'SAVEPOINT', 'INSERT INTO "dynamo"']) {
      const [key, text] = [randomUUID(), statement];
      proxy.loseQuestions(statement, 1);
      const first = await write(one, key, text);
      const again = await write(one, key, text);

      expect(first).toMatchObject({ status: 503 });
      expect(again).toMatchObject({ status: 201, body: { text } });
    }

    expect(await notes()).toHaveLength(3);
  });

  it('is done once by twenty equal requests at the same time on two nodes', async () => {
    const key = randomUUID();
    const send = (index: number) => write(index % 2 === 0 ? one : other, key, 'same');

    const first = await Promise.all(Array.from({ length: MANY }, (_, index) => send(index)));
    const refused = first.filter(({ status }) => status !== 201);
    const again = await Promise.all(Array.from({ length: MANY }, (_, index) => send(index)));

    expect(first.filter((answer) => answer.status === 201 && !answer.headers.has(REPLAYED))).toHaveLength(1);
    expect(refused.map(({ body }) => body)).toEqual(
      refused.map(() => expect.objectContaining({ code: 'idempotency_in_progress' })),
    );
    expect(again.map(({ status, text }) => `${status} ${text}`)).toEqual(
      again.map(() => '201 {"id":1,"text":"same","code":null}'),
    );
    expect(await notes()).toEqual(['same']);
    expect(told).toEqual(['same']);
  });

  it('is done once when its client has gone before the answer', async () => {
    const key = randomUUID();
    disconnects.push(one.signals.connect('pre_save', () => delay(100)));

    const gone = fetch(new URL(NOTES, one.url), {
      method: 'POST',
      body: '{"text":"late"}',
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
      signal: AbortSignal.timeout(30),
    });
    await expect(gone).rejects.toThrow();
    const early = await write(other, key, 'late');
    await eventually(notes, (texts) => texts.length > 0);
    const late = await write(other, key, 'late');

    expect(early).toMatchObject({ status: 409, body: { code: 'idempotency_in_progress' } });
    expect(late).toMatchObject({ status: 201, body: { id: 1, text: 'late' } });
    expect(late.headers.get(REPLAYED)).toBe('true');
    expect(told).toEqual(['late']);
  });

  it('is answered again after a restart, and by a node that has not heard of its model', async () => {
    const key = randomUUID();
    const first = await write(one, key, 'kept');

    const next = await startApp({ database });
    const again = await write(next, key, 'kept').finally(() => next.close());

    expect(again).toMatchObject({ status: 201, text: first.text });
    expect(again.headers.get(REPLAYED)).toBe('true');
  });

  it('is done again when its answer is too old, and old answers are removed', async () => {
    const key = randomUUID();
    await write(one, key, 'old');
    await database.query(`UPDATE dynamo.idempotent_answer SET at = now() - interval '1 day 1 second'`);
    const again = await write(one, key, 'old');
    await database.query(`UPDATE dynamo.idempotent_answer SET at = now() - interval '20 seconds'`);

    const brief = await startApp({ database, options: { idempotencyKeyLifetime: 10_000 } });
    const kept = () => database.query('SELECT 1 FROM dynamo.idempotent_answer');
    const left = await eventually(kept, (rows) => rows.length === 0).finally(() => brief.close());

    expect(left).toEqual([]);
    expect(again).toMatchObject({ status: 201, body: { id: 2 } });
    expect(again.headers.get(REPLAYED)).toBeNull();
  });

  it('is refused where keys are switched off', async () => {
    const off = await startApp({ database, options: { idempotencyKeyLifetime: 0 } });

    const answer = await write(off, randomUUID(), 'off').finally(() => off.close());

    expect(answer).toMatchObject(problem(400, 'idempotency_keys_off', /Nothing was done/));
    expect(await notes()).toEqual([]);
  });
});
