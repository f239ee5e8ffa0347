import { Client } from './client.js';
import { ExampleError } from './errors.js';

/**
 * Runs a job against the address from the command line, DYNAMO_URL or the default, with the key in DYNAMO_KEY or
 * DYNAMO_ADMIN_KEY, and sets the exit code.
 * @param {(client: Client) => Promise<boolean>} job answers whether all is well
 */
export const main = async (job) => {
  try {
    const url = process.argv[2] ?? process.env['DYNAMO_URL'] ?? 'http://127.0.0.1:3000';
    const client = new Client(url, process.env['DYNAMO_KEY'] ?? process.env['DYNAMO_ADMIN_KEY']);
    process.exitCode = (await job(client)) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof ExampleError)) throw error;
    // A progress bar may have been left half way.
    if (process.stdout.isTTY) console.log();
    console.error(error.message);
    process.exitCode = 1;
  }
};
