import { setTimeout as delay } from 'node:timers/promises';
import { startChild } from './child.js';
import { openClient } from './client.js';
import { openMeta } from './meta.js';
import { OPERATIONS } from './operation-list.js';
import { CUSTOMER_MODEL, ORDER_MODEL, fillOrders, trimOrders } from './orders.js';
import { median } from './statistics.js';
import { startTraffic } from './traffic.js';

/** Traffic before each operation, so that it runs at its usual speed when the operation comes. */
const RUN_UP = 300;
/** Before all of them: a server that has just started is slower. */
const WARM_UP = 2_000;
const BASELINE = 3_000;

/** What a server answers that does not know the operation. */
const UNKNOWN = new Set(['type_change_unsupported', 'type_change_impossible', 'unknown_type', 'invalid_options']);

/**
 * Runs every operation that is wanted `repeats` times on a table of each size, while one client reads and another writes.
 *
 * @param say prints a line of progress
 * @returns for each size its operations with durations and worst latencies in milliseconds
 */
export const measureOperations = async (databases, { rows, ...how }) => {
  const sizes = [];
  for (const size of rows) sizes.push({ rows: size, ...(await measureSize(databases, size, how)) });
  return sizes;
};

const measureSize = async (databases, rows, { repeats, matching, say }) => {
  const url = await databases.create();
  const child = startChild('server.process.js', { BENCH_DATABASE: url });
  const server = await child.receive('listening');
  const client = openClient(server.url);
  try {
    const { body: models, status } = await client.post('/api/meta/models', [CUSTOMER_MODEL, ORDER_MODEL]);
    if (status !== 201) throw new Error(`The models were not created: ${JSON.stringify(models)}`);
    await fillOrders(url, rows);
    say(`filled ${rows} rows`);
    const meta = await openMeta(client, models[1]);
    const traffic = startTraffic(server.url, meta.recordsPath(), rows);
    try {
      return await measureAll({ url, meta, traffic, rows, repeats, matching, say });
    } finally {
      await traffic.stop();
    }
  } finally {
    client.close();
    await child.stop();
  }
};

const measureAll = async (bench) => {
  await delay(WARM_UP);
  const baseline = summarize([await bench.traffic.observe(() => delay(BASELINE))]);
  const operations = [];
  for (const operation of OPERATIONS.filter(({ title }) => bench.matching.test(title))) {
    const measured = await repeat(bench, operation);
    const outcome = measured.note ?? `${measured.duration.toFixed(0)} ms`;
    bench.say(`${operation.title} on ${bench.rows} rows: ${outcome}`);
    operations.push({ title: operation.title, ...measured });
  }
  return { baseline, operations };
};

/** One operation `repeats` times; or a note that says why it was skipped. */
const repeat = async (bench, operation) => {
  const runs = [];
  for (let round = 0; round < bench.repeats; round += 1) {
    const { note, run } = await runOnce(bench, operation);
    if (note !== undefined) return { note: `skipped: ${note}` };
    runs.push(run);
  }
  return summarize(runs);
};

const runOnce = async ({ url, meta, traffic, rows }, { title, before, change, undo, tookPlace }) => {
  /** As part of the change, because clients of a renamed model have to follow it. */
  const apply = async (step) => {
    const answer = await step(meta);
    traffic.follow(meta.recordsPath());
    return answer;
  };
  const expectSuccess = async (step) => {
    if (step === undefined) return;
    const answer = await apply(step);
    if (answer.status >= 300) throw new Error(`"${title}" was refused: ${JSON.stringify(answer.body)}`);
    await meta.reload();
  };

  await expectSuccess(before);
  await trimOrders(url, rows);
  await delay(RUN_UP);
  const run = await traffic.observe(() => apply(change));
  const { status, body } = run.result;
  if (status === 404 || UNKNOWN.has(body?.code)) return { note: `${status} ${body?.code ?? ''}`.trim() };
  await expectSuccess(() => run.result);
  const isInDatabase = (await tookPlace?.(url)) ?? true;
  await expectSuccess(undo);
  return isInDatabase ? { run } : { note: 'accepted, but without anything in the database' };
};

const summarize = (runs) => ({
  duration: median(runs.map(({ duration }) => duration)),
  /** Of each run: one that met a lock and was tried again stands out. */
  runs: runs.map(({ duration, reads, writes }) => ({ duration, reads: reads.count, writes: writes.count })),
  worstRead: Math.max(...runs.map(({ reads }) => reads.worst)),
  worstWrite: Math.max(...runs.map(({ writes }) => writes.worst)),
  refusals: countEach(runs.flatMap(({ reads, writes }) => [...reads.refusals, ...writes.refusals])),
});

/** `['a', 'b', 'a']` → `{ a: 2, b: 1 }` */
const countEach = (items) => items.reduce((counts, item) => ({ ...counts, [item]: (counts[item] ?? 0) + 1 }), {});
