import { startChild } from './child.js';
import { median } from './statistics.js';

const KINDS = [
  { name: 'bare', kind: 'nothing' },
  // As most applications have them anyway, for their own controllers.
  { name: 'with class-validator, swagger, event-emitter', kind: 'packages' },
  { name: 'with Dynamo', kind: 'dynamo' },
];

/** Processor time too, in milliseconds: waiting for others is no part of it. */
export const FIGURES = ['startup', 'cpu', 'rss', 'heapUsed'];

const startOnce = async (url, kind) => {
  const child = startChild('import.process.js', { BENCH_DATABASE: url, BENCH_KIND: kind });
  const seen = await child.receive('listening');
  await child.stop();
  return seen;
};

/**
 * Starts the same application in these ways in turn, `starts` times each, after once each to create the tables and to
 * warm the disk. @returns the medians of each
 */
export const measureImports = async (databases, starts) => {
  const url = await databases.create();
  for (const { kind } of KINDS) await startOnce(url, kind);
  const seen = KINDS.map(() => []);
  for (let round = 0; round < starts; round += 1) {
    for (const [position, { kind }] of KINDS.entries()) seen[position].push(await startOnce(url, kind));
  }
  return KINDS.map(({ name }, position) => ({
    name,
    ...Object.fromEntries(FIGURES.map((figure) => [figure, median(seen[position].map((start) => start[figure]))])),
  }));
};
