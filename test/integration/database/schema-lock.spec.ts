import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource, type QueryRunner } from 'typeorm';
import { queryRows } from '../../../src/database/query-rows.js';
import { acquireSchemaLock } from '../../../src/database/schema-lock.js';
import { SchemaBusyError } from '../../../src/errors/schema-change.error.js';
import { createDatabase, type TestDatabase } from '../../support/database.js';

const PATIENT = 20_000;
const IMPATIENT = 50;

const lockTimeout = async (runner: QueryRunner): Promise<string> => {
  const [{ timeout }] = await queryRows<[{ timeout: string }]>(
    runner,
    `SELECT current_setting('lock_timeout') AS timeout`,
  );
  return timeout;
};

describe('the schema lock', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let first: QueryRunner;
  let second: QueryRunner;

  /** Until somebody stands in the queue for the lock. */
  const somebodyWaits = async (): Promise<void> => {
    const text = `SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
    while ((await database.query(text)).length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  };

  beforeAll(async () => {
    database = await createDatabase();
    dataSource = await new DataSource(database.options).initialize();
  });
  afterAll(async () => {
    await dataSource?.destroy();
    await database?.drop();
  });

  beforeEach(async () => {
    first = dataSource.createQueryRunner();
    second = dataSource.createQueryRunner();
    await first.startTransaction();
    await second.startTransaction();
  });
  afterEach(async () => {
    await Promise.all([first, second].map((runner) => runner.isTransactionActive && runner.rollbackTransaction()));
    await Promise.all([first.release(), second.release()]);
  });

  it('is had by one transaction at a time: the other one waits for its end', async () => {
    const order: string[] = [];
    await acquireSchemaLock(first, PATIENT);

    const waiting = acquireSchemaLock(second, PATIENT).then(() => order.push('second has it'));
    await somebodyWaits();
    order.push('first ends');
    await first.commitTransaction();
    await waiting;

    expect(order).toEqual(['first ends', 'second has it']);
  });

  it('is given up by a transaction that is rolled back', async () => {
    await acquireSchemaLock(first, PATIENT);
    await first.rollbackTransaction();

    await expect(acquireSchemaLock(second, IMPATIENT)).resolves.toBeUndefined();
  });

  it('can be asked for again by the transaction that has it', async () => {
    await acquireSchemaLock(first, PATIENT);

    await expect(acquireSchemaLock(first, IMPATIENT)).resolves.toBeUndefined();
  });

  it('is not waited for longer than the timeout', async () => {
    await acquireSchemaLock(first, PATIENT);

    const refused = acquireSchemaLock(second, IMPATIENT);

    await expect(refused).rejects.toThrow(SchemaBusyError);
    await expect(refused).rejects.toMatchObject({
      code: 'schema_busy',
      status: 409,
      retryAfterSeconds: 1,
      message: 'Another change or a long-running query holds the table. Nothing was changed; try again.',
      cause: { driverError: { code: '55P03' } },
    });
  });

  it('lets the changes of the previous holder be seen', async () => {
    await database.query('CREATE TABLE note (text text)');
    await acquireSchemaLock(first, PATIENT);
    await first.query(`INSERT INTO note VALUES ('from the first')`);

    const waiting = acquireSchemaLock(second, PATIENT);
    await somebodyWaits();
    await first.commitTransaction();
    await waiting;

    expect(await second.query('SELECT text FROM note')).toEqual([{ text: 'from the first' }]);
  });

  it('leaves the lock_timeout of the caller as it was', async () => {
    await first.query(`SET LOCAL lock_timeout = '1234ms'`);

    await acquireSchemaLock(first, PATIENT);

    expect(await lockTimeout(first)).toBe('1234ms');
  });

  it('leaves the lock_timeout of the caller as it was when it is busy and the caller goes on after a savepoint', async () => {
    await acquireSchemaLock(first, PATIENT);
    await second.query(`SET LOCAL lock_timeout = '4321ms'`);
    await second.query('SAVEPOINT before');

    await expect(acquireSchemaLock(second, IMPATIENT)).rejects.toThrow(SchemaBusyError);
    await second.query('ROLLBACK TO SAVEPOINT before');

    expect(await lockTimeout(second)).toBe('4321ms');
  });

  it('leaves the lock_timeout of the session alone', async () => {
    await acquireSchemaLock(first, PATIENT);
    await first.commitTransaction();

    expect(await lockTimeout(first)).toBe('0');
  });
});
