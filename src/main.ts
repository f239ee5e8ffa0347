#!/usr/bin/env node
import 'reflect-metadata';
import { DynamoError } from './errors/dynamo.error.js';
import { ServerProcess } from './server.process.js';

const server = new ServerProcess(process.env);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void server.stop());

server.start().then(console.log, (error: unknown) => {
  // What Dynamo knows is one sentence; only what it does not know needs a stack.
  console.error(error instanceof DynamoError ? error.message : error);
  process.exit(1);
});
