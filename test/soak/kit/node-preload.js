// Loaded into a node before its program (`--import`): no limit to the changes a minute, and its figures on SIGUSR2.
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

// As many changes as there can be are what is tried.
const { DEFAULT_RATE_LIMITS } = await import(
  pathToFileURL(join(process.cwd(), 'dist/accounts/throttling/rate-limits.js')).href
);
DEFAULT_RATE_LIMITS.schemaChanges = { limit: 1e9, seconds: 60 };

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');
const delays = monitorEventLoopDelay({ resolution: 10 });
delays.enable();

const milliseconds = (nanoseconds) => nanoseconds / 1e6;

process.on('SIGUSR2', () => {
  const loop = { p99: milliseconds(delays.percentile(99)), max: milliseconds(delays.max) };
  collect();
  const { heapUsed, rss } = process.memoryUsage();
  delays.reset();
  process.stderr.write(`soak-figures ${JSON.stringify({ heapUsed, rss, loop })}\n`);
});
