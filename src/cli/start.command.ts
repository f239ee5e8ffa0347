import type { Command } from './command.js';
import { UsageError } from './command.error.js';

/** `dynamo start` */
export const start: Command = {
  name: 'start',
  summary: 'Start the standalone server',
  help: `Usage: dynamo start

Starts the standalone server, and stops it with Ctrl-C. It reads from the environment:
  PORT                   Default 3000
  HOST                   Default 127.0.0.1
  DATABASE_URL           PostgreSQL to use. Default: an embedded one
  DYNAMO_LISTEN_URL      The same database without a pooler in between. Default: as DATABASE_URL
  DYNAMO_POOL_TIMEOUT    Longest wait for a connection to it, in milliseconds. Default 5000
  DYNAMO_READ_TIMEOUT    Longest time to find records, in milliseconds; 0 for any. Default 30000
  DYNAMO_DATA            Where the embedded one keeps its data. Default .dynamo
  DYNAMO_ADMIN_EMAIL     First superuser, who is made if there is none. Default: a set-up link is printed
  DYNAMO_ADMIN_PASSWORD  Password of the first superuser
  DYNAMO_ADMIN_KEY       API key that may do everything, for automation. Default none
  DYNAMO_LOG_FORMAT      text or json. Default text
  DYNAMO_LOG_LEVEL       Default warn, or log where the format is json
  DYNAMO_NODE_NAME       What the log and the database call this process. Default its host and number
  DYNAMO_METRICS_PORT    Where Prometheus finds metrics, with prom-client installed. Default nowhere
  DYNAMO_METRICS_HOST    Default 127.0.0.1
  TRUST_PROXY            Addresses of proxies whose X-Forwarded headers count. Default none

It needs what only servers need: npm install argon2 cookie @nestjs/platform-fastify
`,
  run: async ([surplus]) => {
    if (surplus !== undefined) throw new UsageError(`"start" takes no options, but there is "${surplus}".`);
    await import('../main.js');
  },
};
