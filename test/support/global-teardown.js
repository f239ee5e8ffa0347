import { rm } from 'node:fs/promises';

/** Stops the embedded server of the test run, if there is one, and removes its data. */
export default async () => {
  const { server, directory } = globalThis.dynamoTestServer ?? {};
  await server?.stop();
  if (directory) await rm(directory, { recursive: true, force: true });
};
