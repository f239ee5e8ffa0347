import type { Command } from './command.js';
import { UsageError } from './command.error.js';

/** `dynamo start` */
export const start: Command = {
  name: 'start',
  summary: 'Start the standalone server',
  help: `Usage: dynamo start

Starts the standalone server, and stops it with Ctrl-C. It reads from the environment:
  PORT          Default 3000
  HOST          Default 127.0.0.1
  DATABASE_URL  PostgreSQL to use. Default: an embedded one
  DYNAMO_DATA   Where the embedded one keeps its data. Default .dynamo
  LOG_LEVEL     Default warn
`,
  run: async ([surplus]) => {
    if (surplus !== undefined) throw new UsageError(`"start" takes no options, but there is "${surplus}".`);
    await import('../main.js');
  },
};
