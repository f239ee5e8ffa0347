import { startChild } from './child.js';
import { execute } from './database.js';

/** A database with `size` models. Without dead rows and with statistics, so that autovacuum stays out of the figures. */
export const fill = async (databases, size) => {
  const url = await databases.create();
  const child = startChild('fill.process.js', { BENCH_DATABASE: url, BENCH_MODELS: String(size) });
  const { milliseconds } = await child.receive('done');
  await child.stop();
  await execute(url, 'VACUUM (ANALYZE)');
  return { size, url, milliseconds };
};
