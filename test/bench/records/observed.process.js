// The standalone server on a free port, with as much of metrics and logs as BENCH_OBSERVED names.
import 'reflect-metadata';
import { createWriteStream } from 'node:fs';
import { Logger } from '@nestjs/common';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { createServer } from '../../../dist/server.js';
import { ServerLogger } from '../../../dist/server.logger.js';
import { BENCH_KEY } from '../key.js';
import { serve } from './serve.js';

const observed = new Set((process.env.BENCH_OBSERVED ?? '').split('+'));
const metrics = observed.has('metrics') ? new Registry() : undefined;
if (metrics !== undefined) {
  if (observed.has('process')) collectDefaultMetrics({ register: metrics });
  // As often as Prometheus asks, and then some.
  if (observed.has('scrapes')) setInterval(() => void metrics.metrics(), 1000).unref();
}
const app = await createServer({ url: process.env.BENCH_DATABASE, adminKey: BENCH_KEY, metrics });
await app.listen(0, '127.0.0.1');
if (observed.has('log')) {
  const sink = createWriteStream('/dev/null');
  Object.defineProperty(process, 'stdout', { value: sink });
  Logger.overrideLogger(
    new ServerLogger({ logFormat: 'json', logLevels: ['fatal', 'error', 'warn', 'log'], nodeName: 'bench' }),
  );
}
serve(await app.getUrl(), () => app.close());
