import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import stopTestServer from './global-teardown.js';
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
  const directory = join(tmpdir(), `dynamo-test-${randomUUID()}`);
  const server = await startEmbeddedPostgres({ directory, settings });
  globalThis.dynamoTestServer = { server, directory };
  process.env.DYNAMO_TEST_DATABASE = server.connection.url;

  // Jest skips the teardown when it is interrupted, and the server survives everybody.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, () => stopTestServer().finally(() => process.exit(1)));
  }
};
