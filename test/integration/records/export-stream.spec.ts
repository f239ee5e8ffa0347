import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { ReadCursor } from '../../../src/database/read-cursor.js';
import { primaryPool } from '../../../src/database/read-source.js';
import { EXPORT_FORMATS } from '../../../src/records/exchange/export-format.js';
import { EXPORT_PATIENCE, ExportStream } from '../../../src/records/exchange/export-stream.js';
import { dynamoError } from '../../fixtures/problem.js';
import { createDatabase, type TestDatabase } from '../../support/database.js';

const ROWS = `SELECT json_build_object('id', n, 'note', repeat('x', 1000))::text AS json FROM generate_series(1, 5000) n`;

describe('a file that nobody takes', () => {
  let database: TestDatabase;
  let dataSource: DataSource;

  beforeAll(async () => {
    database = await createDatabase();
    dataSource = await new DataSource({ ...database.options, extra: { max: 1 } }).initialize();
  });
  afterAll(async () => {
    await dataSource?.destroy();
    await database?.drop();
  });

  const open = async (patience: number): Promise<ExportStream> => {
    const format = EXPORT_FORMATS.get('ndjson');
    if (format === undefined) throw new Error('There is no such format.');
    const cursor = await ReadCursor.open(primaryPool(dataSource), ROWS, []);
    const first = await cursor.next();
    return new ExportStream({ cursor, format, columns: [], first, translate: (error) => error, patience });
  };

  it('gives its connection back after a while', async () => {
    const stream = await open(30);
    stream.once('readable', () => stream.read(1));

    const [error] = await once(stream, 'error', { signal: AbortSignal.timeout(5000) }).catch((thrown) => [thrown]);

    expect(EXPORT_PATIENCE).toBe(300_000);
    expect(error).toEqual(dynamoError('export_timed_out', /^Nobody took more of the file for 0\.03 seconds/));
    expect(await dataSource.query('SELECT 1 AS free')).toEqual([{ free: 1 }]);
  });

  it('goes on for whoever takes it slowly', async () => {
    const stream = await open(200);

    let lines = 0;
    for await (const part of stream) {
      await new Promise((resolve) => setTimeout(resolve, 60));
      lines += String(part).split('\n').length - 1;
    }

    expect(lines).toBe(5000);
  });
});
