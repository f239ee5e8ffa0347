import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { ThrottlerStorage } from '@nestjs/throttler';
import { DataSource } from 'typeorm';
import { PostgresThrottlerStorage } from '../../../src/accounts/throttling/postgres-throttler.storage.js';
import { rateLimitTable } from '../../../src/accounts/throttling/rate-limit.table.js';
import { createDatabase, type TestDatabase } from '../../support/database.js';

const MINUTE = 60_000;

describe('the storage of rate limits', () => {
  let database: TestDatabase;
  let pools: DataSource[] = [];

  /** As a node has it that has just started; @nestjs/throttler would take it. */
  const storage = (pool = pools[0]) =>
    new PostgresThrottlerStorage(pool, { schema: 'limits' }) satisfies ThrottlerStorage;
  const rows = () => database.query<{ hits: number }>('SELECT hits FROM limits.rate_limit');

  beforeAll(async () => {
    database = await createDatabase();
    await database.query('CREATE SCHEMA limits');
    await database.query(rateLimitTable('limits'));
    const open = () => new DataSource({ ...database.options, extra: { max: 5 } }).initialize();
    pools = await Promise.all([open(), open()]);
  });
  afterEach(() => database.query('TRUNCATE limits.rate_limit'));
  afterAll(async () => {
    await Promise.all(pools.map((pool) => pool.destroy()));
    await database?.drop();
  });

  it('counts up to the limit, and blocks what is beyond', async () => {
    const counts = storage();

    const first = await counts.increment('key', MINUTE, 2, 2 * MINUTE);
    const second = await counts.increment('key', MINUTE, 2, 2 * MINUTE);
    const third = await counts.increment('key', MINUTE, 2, 2 * MINUTE);

    expect(first).toEqual({ totalHits: 1, timeToExpire: 60, isBlocked: false, timeToBlockExpire: 0 });
    expect(second).toEqual({ totalHits: 2, timeToExpire: 60, isBlocked: false, timeToBlockExpire: 0 });
    expect(third).toEqual({ totalHits: 3, timeToExpire: 120, isBlocked: true, timeToBlockExpire: 120 });
  });

  it('counts each key by itself', async () => {
    const counts = storage();
    await counts.increment('one', MINUTE, 1, MINUTE);

    const other = await counts.increment('other', MINUTE, 1, MINUTE);

    expect(other).toMatchObject({ totalHits: 1, isBlocked: false });
  });

  it('counts every one of many hits that come at once on two nodes', async () => {
    const nodes = pools.map((pool) => storage(pool));
    const hits = Array.from({ length: 200 }, (_, index) => index);

    const records = await Promise.all(hits.map((hit) => nodes[hit % 2].increment('key', MINUTE, 1000, MINUTE)));

    expect(records.map(({ totalHits }) => totalHits).sort((one, other) => one - other)).toEqual(
      hits.map((hit) => hit + 1),
    );
    expect(await rows()).toEqual([{ hits: 200 }]);
  });

  it('lets exactly as many pass as the limit says, of many that come at once on two nodes', async () => {
    const nodes = pools.map((pool) => storage(pool));
    const hits = Array.from({ length: 100 }, (_, index) => index);

    const records = await Promise.all(hits.map((hit) => nodes[hit % 2].increment('key', MINUTE, 10, MINUTE)));

    expect(records.filter(({ isBlocked }) => !isBlocked)).toHaveLength(10);
    expect(records.filter(({ isBlocked }) => isBlocked)).toHaveLength(90);
  });

  it('begins anew when the time is over', async () => {
    const counts = storage();
    await counts.increment('key', 200, 2, 200);
    await counts.increment('key', 200, 2, 200);
    await delay(250);

    const record = await counts.increment('key', MINUTE, 2, MINUTE);

    expect(record).toEqual({ totalHits: 1, timeToExpire: 60, isBlocked: false, timeToBlockExpire: 0 });
  });

  it('blocks for longer than it counts where it is asked to, and then begins anew', async () => {
    const counts = storage();
    await counts.increment('key', 100, 1, 1500);
    await counts.increment('key', 100, 1, 1500);

    await delay(300);
    const blocked = await counts.increment('key', 100, 1, 1500);
    await delay(1300);
    const free = await counts.increment('key', 100, 1, 1500);

    expect(blocked).toMatchObject({ isBlocked: true, timeToBlockExpire: 2 });
    expect(free).toMatchObject({ totalHits: 1, isBlocked: false });
  });

  it('prolongs no block by what comes meanwhile, and counts it no further', async () => {
    const counts = storage();
    await counts.increment('key', MINUTE, 1, MINUTE);
    await counts.increment('key', MINUTE, 1, MINUTE);
    const until = await database.query('SELECT expires_at FROM limits.rate_limit');

    await counts.increment('key', MINUTE, 1, MINUTE);

    expect(await database.query('SELECT expires_at FROM limits.rate_limit')).toEqual(until);
    expect(await rows()).toEqual([{ hits: 2 }]);
  });

  it('blocks until the time is over when it is to block for less', async () => {
    const counts = storage();
    await counts.increment('key', MINUTE, 1, 0);

    const second = await counts.increment('key', MINUTE, 1, 0);
    const third = await counts.increment('key', MINUTE, 1, 0);

    expect(second).toMatchObject({ isBlocked: true, timeToBlockExpire: 60 });
    expect(third).toMatchObject({ isBlocked: true, timeToBlockExpire: 60 });
  });

  it('blocks at once when the limit has been lowered', async () => {
    const counts = storage();
    await counts.increment('key', MINUTE, 5, MINUTE);
    await counts.increment('key', MINUTE, 5, MINUTE);

    const record = await counts.increment('key', MINUTE, 1, MINUTE);

    expect(record).toMatchObject({ totalHits: 2, isBlocked: true });
  });

  it('begins anew with a key that is to be forgotten, and with no other', async () => {
    const counts = storage();
    await counts.increment('key', MINUTE, 1, MINUTE);
    await counts.increment('key', MINUTE, 1, MINUTE);
    await counts.increment('other', MINUTE, 1, MINUTE);

    await counts.forget('key');

    expect(await counts.increment('key', MINUTE, 1, MINUTE)).toMatchObject({ totalHits: 1, isBlocked: false });
    expect(await counts.increment('other', MINUTE, 1, MINUTE)).toMatchObject({ totalHits: 2, isBlocked: true });
  });

  it('keeps nothing of a key that could be read', async () => {
    await storage().increment('login-account ada@example.org', MINUTE, 1, MINUTE);

    const [{ row }] = await database.query<{ row: string }>('SELECT kept::text AS row FROM limits.rate_limit kept');

    expect(row).toMatch(/^\("\\\\x[\da-f]{64}",1,/);
    expect(row).not.toContain(Buffer.from('ada').toString('hex'));
  });

  it('deletes what is over, and nothing else', async () => {
    const former = storage();
    await former.increment('over', 1, 1, 1);
    await former.increment('counting', MINUTE, 1, MINUTE);
    await delay(20);

    await storage().increment('new', MINUTE, 1, MINUTE);

    expect(await rows()).toHaveLength(2);
  });

  it('deletes without waiting for what somebody else counts', async () => {
    await storage().increment('over', 1, 1, 1);
    await delay(20);
    const other = pools[1].createQueryRunner();
    await other.startTransaction();
    await other.query('SELECT FROM limits.rate_limit FOR UPDATE');

    const record = await storage().increment('new', MINUTE, 1, MINUTE);
    await other.rollbackTransaction();
    await other.release();

    expect(record).toMatchObject({ totalHits: 1 });
    expect(await rows()).toHaveLength(2);
  });
});
