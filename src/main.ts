#!/usr/bin/env node
import 'reflect-metadata';
import { failedMessage } from './server.banner.js';
import { ServerProcess } from './server.process.js';

const server = new ServerProcess(process.env);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void server.stop());

server.start().then(console.log, (error: unknown) => {
  console.error(failedMessage(error, process.env['DYNAMO_LOG_FORMAT']));
  process.exit(1);
});
