import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { ReadCursor } from '../../../src/database/read-cursor.js';
import { primaryPool } from '../../../src/database/read-source.js';
import { eventually } from '../../support/eventually.js';
import { createDatabase, type TestDatabase } from '../../support/database.js';

const NUMBERS = `SELECT n::text AS json FROM generate_series(1, $1::integer) n`;

describe('a cursor of the database', () => {
  let database: TestDatabase;
  let dataSource: DataSource;

  const open = (text: string, ...values: unknown[]) => ReadCursor.open(primaryPool(dataSource), text, values);
  const busy = () =>
    database.query(
      `SELECT query FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'`,
    );

  beforeAll(async () => {
    database = await createDatabase();
    // One for the cursor, and one to cancel it with.
    dataSource = await new DataSource({ ...database.options, extra: { max: 2 } }).initialize();
  });
  afterAll(async () => {
    await dataSource?.destroy();
    await database?.drop();
  });

  it('gives the rows of a statement a few at a time', async () => {
    const cursor = await open(NUMBERS, 2500);

    const sizes = [];
    for (let rows = await cursor.next(); rows.length > 0; rows = await cursor.next()) sizes.push(rows.length);
    await cursor.close();

    expect(sizes).toEqual([100, 1000, 1000, 400]);
  });

  it('takes fewer rows at once where they are large', async () => {
    const cursor = await open(`SELECT repeat('x', 500000) AS json FROM generate_series(1, $1::integer)`, 200);

    await cursor.next();
    const rows = await cursor.next();
    await cursor.close();

    expect(rows).toHaveLength(8);
  });

  it('sees one moment and writes nothing', async () => {
    await database.query('CREATE TABLE note AS SELECT generate_series(1, 150) AS id');
    const cursor = await open('SELECT id::text AS json FROM note');
    await database.query('DELETE FROM note WHERE id > 100');

    const rows = [...(await cursor.next()), ...(await cursor.next())];
    await cursor.close();

    expect(rows).toHaveLength(150);
    await expect(open(`WITH gone AS (DELETE FROM note RETURNING 1) SELECT '' AS json FROM gone`)).rejects.toThrow();
    expect(await busy()).toEqual([]);
  });

  it('is closed at once, also while the database is at work', async () => {
    const cursor = await open('SELECT pg_sleep(20)::text AS json');
    const rows = cursor.next().catch((error: Error) => error.message);
    await new Promise((resolve) => setTimeout(resolve, 50));

    await cursor.close();

    expect(await rows).toMatch(/canceling statement/);
    // Also what has cancelled it.
    expect(await eventually(busy, (found) => found.length === 0)).toEqual([]);
    await expect(cursor.next()).rejects.toThrow('The cursor is closed.');
  });

  it('leaves no connection busy when it cannot be opened', async () => {
    for (const _attempt of [1, 2, 3]) await expect(open('SELECT nothing FROM nowhere')).rejects.toThrow(/nowhere/);

    expect(await busy()).toEqual([]);
  });
});
