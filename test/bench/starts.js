import { startChild } from './child.js';
import { median } from './statistics.js';

/** Starts the servers of all sizes in turn, `starts` times. @returns one summary of time and memory for each size */
export const measureStarts = async (filled, starts) => {
  const seen = filled.map(() => []);
  for (let round = 0; round < starts; round += 1) {
    for (const [position, { url }] of filled.entries()) {
      const child = startChild('server.process.js', { BENCH_DATABASE: url });
      seen[position].push(await child.receive('listening'));
      await child.stop();
    }
  }
  return seen.map((times) => ({
    startup: median(times.map(({ startup }) => startup)),
    loading: median(times.map(({ loading }) => loading)),
    rss: median(times.map(({ memory }) => memory.rss)),
    heapUsed: median(times.map(({ memory }) => memory.heapUsed)),
  }));
};
