// What metrics and logs cost: the record API without them, with metrics, and with both. Counted in time of the processor,
// which a busy machine changes less than how many requests fit into a second.
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { killChildren, startChild } from './child.js';
import { openClient } from './client.js';
import { startDatabases } from './database.js';
import { BENCH_KEY } from './key.js';
import { CASES, DYNAMO } from './records/cases.js';
import { load, requestText } from './records/load.js';
import { fillProducts, MODELS, tidy } from './records/products.js';
import { median } from './statistics.js';

const { values: options } = parseArgs({
  options: {
    // Many short ones in turn, so that whatever else the machine does it does to all of them.
    rounds: { type: 'string', default: '25' },
    seconds: { type: 'string', default: '0.6' },
    connections: { type: 'string', default: '16' },
    // Directory of another checkout that is built, to be measured beside this one. Linux only, as all of this.
    against: { type: 'string' },
  },
});

const KEY = { authorization: `Bearer ${BENCH_KEY}` };
/** Of Linux: ticks of /proc in a second. */
const TICKS = 100;
const VARIANTS = [
  ...(options.against === undefined
    ? []
    : [{ title: 'other', file: `${options.against}/test/bench/records/dynamo.process.js` }]),
  ...['nothing', 'metrics', 'metrics+log'].map((title) => ({ title, file: 'records/observed.process.js' })),
];

/** Time that the processor has spent on a process, in microseconds. */
const spent = async ({ pid }) => {
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).replace(/^.*\) /s, '').split(' ');
  return ((Number(fields[11]) + Number(fields[12])) / TICKS) * 1e6;
};

const measure = async (server, { request }, milliseconds) => {
  const before = await spent(server.child);
  const make = (number) => requestText(KEY, ...request(DYNAMO, number));
  const connections = Number(options.connections);
  const { perSecond, latencies, failures } = await load(server.url, make, { connections, milliseconds });
  if (Object.keys(failures).length > 0) throw new Error(`Refused: ${JSON.stringify(failures)}`);
  return { perSecond, microseconds: ((await spent(server.child)) - before) / latencies.length };
};

const databases = await startDatabases();
const servers = [];
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    killChildren();
    void databases.stop().finally(() => process.exit(1));
  });
}
try {
  const database = await databases.create();
  for (const { title, file } of VARIANTS) {
    const environment = { BENCH_DATABASE: database, BENCH_OBSERVED: title, NODE_ENV: 'production' };
    const child = startChild(file, environment);
    const { url } = await child.receive('listening');
    servers.push({ title, child, url });
    if (servers.length > 1) continue;
    const client = openClient(url);
    const { status } = await client.post('/api/meta/models', MODELS);
    client.close();
    if (status !== 201) throw new Error('The models were not created.');
    await fillProducts(database);
  }
  for (const wanted of CASES.filter(({ title }) => title === 'retrieve' || title === 'create')) {
    const seen = servers.map(() => []);
    for (let round = 0; round <= Number(options.rounds); round += 1) {
      for (const [position, server] of servers.entries()) {
        const figures = await measure(server, wanted, Number(options.seconds) * 1000);
        if (round > 0) seen[position].push(figures);
      }
      if (wanted.writes) await tidy(database);
    }
    for (const [position, { title }] of servers.entries()) {
      const of = (pick) => median(seen[position].map(pick));
      const ratio = of(({ microseconds }, round) => microseconds / seen[0][round].microseconds);
      const [time, count] = [of(({ microseconds }) => microseconds), of(({ perSecond }) => perSecond)];
      console.log(
        `${wanted.title}, ${title}: ${time.toFixed(0)} µs of the processor (${ratio.toFixed(2)}), ${count.toFixed(0)} requests/s`,
      );
    }
  }
} finally {
  for (const { child } of servers) await child.stop();
  await databases.stop();
}
