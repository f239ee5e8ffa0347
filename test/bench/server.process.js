// The standalone server on a free port, as `npm start` has it, which tells its parent about its start. It ends when the
// parent disconnects.
import 'reflect-metadata';
import { ModelLoader } from '../../dist/pipeline/model.loader.js';
import { createServer } from '../../dist/server.js';
import { BENCH_KEY } from './key.js';
import { traceStatements } from './statement-trace.js';

let loading = 0;
const { loadAll } = ModelLoader.prototype;
ModelLoader.prototype.loadAll = async function () {
  const start = performance.now();
  await loadAll.call(this);
  loading = performance.now() - start;
};

const trace = process.env.BENCH_TRACE ? traceStatements() : undefined;
const app = await createServer({
  url: process.env.BENCH_DATABASE,
  adminKey: BENCH_KEY,
  // As many as there can be is what is measured.
  rateLimits: { schemaChanges: { limit: 1e9, seconds: 60 } },
});
await app.listen(0, '127.0.0.1');
// Counted from the start of the process, so the loading of all modules is part of it.
const startup = performance.now();

const memory = () => {
  globalThis.gc();
  const { rss, heapUsed } = process.memoryUsage();
  return { rss, heapUsed };
};
process.send({ type: 'listening', url: await app.getUrl(), startup, loading, memory: memory() });

process.on('message', ({ type }) => {
  if (type === 'trace-start') trace?.clear();
  if (type === 'trace-read') process.send({ type: 'trace', statements: trace?.read() ?? [] });
});
process.on('disconnect', () => void app.close().then(() => process.exit(0)));
