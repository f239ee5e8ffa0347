import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Stops the embedded server of the test run, if there is one, and removes its data. */
export default async () => {
  if (!globalThis.dynamoTestServer) return;
  const { server, directory } = globalThis.dynamoTestServer;
  await server.stop();
  removeTestServer(directory);
};

/**
 * Ends the server at once, also when a test has left connections open, and removes its data. All of it in one go:
 * the connections' errors must not end this process before.
 */
export const removeTestServer = (directory) => {
  const pidFile = join(directory, 'data', 'postmaster.pid');
  if (existsSync(pidFile)) {
    process.kill(Number.parseInt(readFileSync(pidFile, 'utf8'), 10), 'SIGQUIT');
  }
  rmSync(directory, { recursive: true, force: true, maxRetries: 10 });
};
