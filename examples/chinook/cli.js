import { Client } from './client.js';
import { ExampleError } from './errors.js';

/**
 * Runs a job against the address from the command line, DYNAMO_URL or the default, and sets the exit code.
 * @param {(client: Client) => Promise<boolean>} job answers whether all is well
 */
export const main = async (job) => {
  try {
    const client = new Client(process.argv[2] ?? process.env['DYNAMO_URL'] ?? 'http://127.0.0.1:3000');
    process.exitCode = (await job(client)) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof ExampleError)) throw error;
    // A progress bar may have been left half way.
    if (process.stdout.isTTY) console.log();
    console.error(error.message);
    process.exitCode = 1;
  }
};
