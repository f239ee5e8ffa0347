import { randomUUID } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeTestServer } from './global-teardown.js';
import './typescript.js';

/** No test survives a power failure, so nothing waits for the disk. */
const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' };

/** Gives the workers a PostgreSQL: the one in DATABASE_URL, or an embedded one that lives as long as the run. */
export default async () => {
  if (process.env.DATABASE_URL) {
    process.env.DYNAMO_TEST_DATABASE = process.env.DATABASE_URL;
    return;
  }
  const { startEmbeddedPostgres } = await import('../../src/database/embedded-postgres.ts');
  await removeOrphans(startEmbeddedPostgres);
  const directory = join(tmpdir(), `dynamo-test-${process.pid}-${randomUUID()}`);
  const server = await startEmbeddedPostgres({ directory, settings });
  globalThis.dynamoTestServer = { server, directory };
  process.env.DYNAMO_TEST_DATABASE = server.connection.url;
  // Copying files takes a third of the time; it is there from version 15 on, so not in each server that somebody brings.
  process.env.DYNAMO_TEST_STRATEGY = 'STRATEGY file_copy';

  // Jest skips the teardown when it is interrupted, and the server survives everybody.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, () => {
      removeTestServer(directory);
      process.exit(1);
    });
  }
};

/** The servers of runs that were killed. A directory's name tells which process it belonged to. */
const removeOrphans = async (startEmbeddedPostgres) => {
  for (const name of await readdir(tmpdir())) {
    const pid = /^dynamo-test-(\d+)-.{36}$/.exec(name)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    const directory = join(tmpdir(), name);
    try {
      const server = await startEmbeddedPostgres({ directory, settings });
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    } catch (error) {
      // Another run may be removing it at this moment. In any case it does not stand in the way of this one.
      console.warn(`An old test database remains in ${directory}: ${error.message}`);
    }
  }
};

const isAlive = (pid) => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code !== 'ESRCH';
  }
};
