// The record API beside a hand-written Nest controller and a bare server, on the same table of the same PostgreSQL.
import { writeFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { killChildren, startChild } from './child.js';
import { openClient } from './client.js';
import { startDatabases } from './database.js';
import { DYNAMO, STATIC } from './records/cases.js';
import { compileHandwritten } from './records/compile.js';
import { measureCases } from './records/measure.js';
import { fillProducts, MODELS, ROWS } from './records/products.js';
import { recordsReport } from './records/records-report.js';

const HELP = `npm run bench:records -- [options]

  --rounds N        measured rounds of each case on each server (5), after one that is not
  --seconds N       length of each (3)
  --warm-up N       seconds of the first round (2)
  --connections N   requests at the same time (16)
  --only TEXT       only the cases whose title contains it
  --json FILE       write the figures to FILE
`;

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '3' },
    'warm-up': { type: 'string', default: '2' },
    connections: { type: 'string', default: '16' },
    only: { type: 'string' },
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

const start = async (title, file, database, dialect) => {
  const child = startChild(file, { BENCH_DATABASE: database, NODE_ENV: 'production' });
  const { url } = await child.receive('listening');
  return { title, child, url, dialect };
};

const defineModels = async ({ url }) => {
  const client = openClient(url);
  const { status, body } = await client.post('/api/meta/models', MODELS);
  client.close();
  if (status !== 201) throw new Error(`The models were not created: ${JSON.stringify(body)}`);
};

const memoryOf = async ({ title, child }) => {
  const answer = child.receive('memory');
  child.send({ type: 'memory' });
  const { rss, peak } = await answer;
  return { title, rss, peak };
};

const run = async (databases, handwritten) => {
  const database = await databases.create();
  const servers = [await start('Dynamo', 'records/dynamo.process.js', database, DYNAMO)];
  try {
    await defineModels(servers[0]);
    await fillProducts(database);
    servers.push(
      await start('hand-written', handwritten.program, database, { ...STATIC, categoryKey: 'categoryId' }),
      await start('bare', 'records/bare.process.js', database, { ...STATIC, categoryKey: 'category' }),
    );
    const settings = {
      connections: Number(options.connections),
      rounds: Number(options.rounds),
      seconds: Number(options.seconds),
    };
    const warmUp = Number(options['warm-up']);
    const results = await measureCases(servers, { ...settings, database, warmUp, cases: options.only, say });
    const machine = `${availableParallelism()} × ${cpus()[0]?.model ?? 'unknown'}`;
    const about = `${databases.description}, Node ${process.version}, ${machine}, ${ROWS.toLocaleString('en')} rows`;
    return { about, ...settings, results, servers: await Promise.all(servers.map(memoryOf)) };
  } finally {
    for (const { child } of servers) await child.stop();
  }
};

const main = async () => {
  const handwritten = await compileHandwritten();
  const databases = await startDatabases();
  stopOnSignal(databases);
  try {
    return await run(databases, handwritten);
  } finally {
    await databases.stop();
    await handwritten.remove();
  }
};

if (options.help) {
  say(HELP);
} else {
  const figures = await main();
  console.log(recordsReport(figures));
  if (options.json !== undefined) await writeFile(options.json, `${JSON.stringify(figures, null, 2)}\n`);
}
