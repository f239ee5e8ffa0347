import { startChild } from './child.js';
import { median } from './statistics.js';

const KINDS = [
  { name: 'without Dynamo', environment: { BENCH_DYNAMO: 'false' } },
  { name: 'with Dynamo', environment: { BENCH_DYNAMO: 'true' } },
];

/** Processor time too, in milliseconds: it hardly depends on what else the machine is doing. */
export const FIGURES = ['startup', 'cpu', 'rss', 'heapUsed'];

const startOnce = async (url, environment) => {
  const child = startChild('import.process.js', { BENCH_DATABASE: url, ...environment });
  const seen = await child.receive('listening');
  await child.stop();
  return seen;
};

/**
 * Starts the same application without and with Dynamo in turn, `starts` times each, after once each to create the tables
 * and to warm the disk. @returns the medians of both, the application without Dynamo first
 */
export const measureImports = async (databases, starts) => {
  const url = await databases.create();
  for (const { environment } of KINDS) await startOnce(url, environment);
  const seen = KINDS.map(() => []);
  for (let round = 0; round < starts; round += 1) {
    for (const [position, { environment }] of KINDS.entries()) seen[position].push(await startOnce(url, environment));
  }
  return KINDS.map(({ name }, position) => ({
    name,
    ...Object.fromEntries(FIGURES.map((figure) => [figure, median(seen[position].map((start) => start[figure]))])),
  }));
};
