#!/usr/bin/env node
import 'reflect-metadata';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DynamoError } from './errors/dynamo.error.js';
import { openDatabase, type ServerDatabase } from './server.database.js';
import { InvalidEnvironmentError, readEnvironment, type ServerEnvironment } from './server.environment.js';
import { createServer } from './server.js';

/** Requests under way get this long to finish when the server is asked to stop, in milliseconds. */
const LONGEST_STOP = 5000;

const listen = async (app: NestFastifyApplication, { port, host }: ServerEnvironment): Promise<string> => {
  try {
    await app.listen(port, host);
    return await app.getUrl();
  } catch (error) {
    const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
    if (code === 'EADDRINUSE') {
      throw new InvalidEnvironmentError(
        `Port ${port} of ${host} is taken. Stop the program that uses it, or choose another port: PORT=${port + 1} npm start.`,
      );
    }
    if (code === 'EACCES' || code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
      throw new InvalidEnvironmentError(`Cannot listen on port ${port} of ${host} (${code}). Change PORT or HOST.`);
    }
    throw error;
  }
};

const stopOnSignal = (app: NestFastifyApplication, database: ServerDatabase): void => {
  let isStopping = false;
  const stop = async (): Promise<void> => {
    if (isStopping) process.exit(1);
    isStopping = true;
    setTimeout(() => process.exit(1), LONGEST_STOP).unref();
    await app.close();
    await database.stop();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop());
};

const start = async (): Promise<void> => {
  const environment = readEnvironment(process.env);
  const database = await openDatabase(environment);
  let app: NestFastifyApplication | undefined;
  try {
    app = await createServer(database.url, environment.logLevels);
    const url = await listen(app, environment);
    stopOnSignal(app, database);
    console.log(
      `Dynamo is running. Stop it with Ctrl-C.\n\n  API       ${url}/api\n  Docs      ${url}/docs\n  Database  ${database.description}\n`,
    );
  } catch (error) {
    await app?.close();
    await database.stop();
    throw error;
  }
};

start().catch((error: unknown) => {
  // What Dynamo knows is one sentence; only what it does not know needs a stack.
  console.error(error instanceof DynamoError ? error.message : error);
  process.exitCode = 1;
});
