// The admin with very many models and records, in a browser, on a desk and on a phone.
import { writeFile } from 'node:fs/promises';
import { availableParallelism, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { measureJourneys, reportJourneys } from './admin/journey.js';
import { adminModels, fillOrders } from './admin/models.js';
import { killChildren, startChild } from './child.js';
import { openClient } from './client.js';
import { startDatabases } from './database.js';

const HELP = `npm run bench:admin -- [options]

  --models N    how many models there are (1000)
  --rows N      how many records the big one has (1000000)
  --repeats N   journeys on each screen, after one that is not counted (3)
  --json FILE   write the figures to FILE

The browser is at CHROMIUM, or at /usr/bin/chromium.
`;

/** Models in one transaction: many enough to be quick, few enough for PostgreSQL's table of locks. */
const BATCH = 200;
const VISITOR = { email: 'ada@example.com', password: 'four unrelated words of a benchmark' };

const { values: options } = parseArgs({
  options: {
    models: { type: 'string', default: '1000' },
    rows: { type: 'string', default: '1000000' },
    repeats: { type: 'string', default: '3' },
    json: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

const say = (text) => process.stderr.write(`${text}\n`);

/** The embedded server outlives this process, so an interrupted run has to stop it, too. */
const stopOnSignal = (databases) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, () => {
      killChildren();
      void databases.stop().finally(() => process.exit(1));
    });
  }
};

const sent = async (client, path, body) => {
  const answer = await client.post(path, body);
  if (answer.status !== 201) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
};

const fill = async (database, url) => {
  const client = openClient(url);
  const models = adminModels(Number(options.models));
  for (let start = 0; start < models.length; start += BATCH) {
    await sent(client, '/api/meta/models', models.slice(start, start + BATCH));
  }
  await sent(client, '/api/meta/users', { ...VISITOR, isSuperuser: true });
  client.close();
  say(`made ${models.length} models`);
  await fillOrders(database, Number(options.rows));
  say(`filled ${options.rows} rows`);
};

const run = async (databases) => {
  const database = await databases.create();
  const child = startChild('server.process.js', { BENCH_DATABASE: database, NODE_ENV: 'production' });
  try {
    const { url } = await child.receive('listening');
    await fill(database, url);
    const load = loadavg()[0].toFixed(1);
    const screens = await measureJourneys(url, { visitor: VISITOR, repeats: Number(options.repeats), say });
    const machine = `${availableParallelism()} cores, load ${load} before`;
    const about = `${databases.description}, Node ${process.version}, ${machine}, ${options.models} models, ${options.rows} rows`;
    return { about, repeats: Number(options.repeats), screens };
  } finally {
    await child.stop();
  }
};

const main = async () => {
  const databases = await startDatabases();
  stopOnSignal(databases);
  try {
    return await run(databases);
  } finally {
    await databases.stop();
  }
};

if (options.help) {
  say(HELP);
} else {
  const figures = await main();
  console.log(reportJourneys(figures));
  if (options.json !== undefined) await writeFile(options.json, `${JSON.stringify(figures, null, 2)}\n`);
}
