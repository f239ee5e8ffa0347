// An application of nothing but Nest and TypeORM, with Dynamo in it or without, which tells its parent about its start.
// It ends when the parent disconnects.
import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { TypeOrmModule } from '@nestjs/typeorm';

const { BENCH_DATABASE: url, BENCH_KIND: kind } = process.env;

/** What is added to the application. Loaded only there, because loading is what takes time and memory. */
const ADDED = {
  nothing: async () => [],
  packages: async () => {
    await import('class-validator');
    await import('@nestjs/swagger');
    return [(await import('@nestjs/event-emitter')).EventEmitterModule.forRoot()];
  },
  dynamo: async () => [(await import('../../dist/index.js')).DynamoModule.forRoot()],
};

class AppModule {}
Module({
  imports: [
    TypeOrmModule.forRoot({ type: 'postgres', url, autoLoadEntities: true, retryAttempts: 0 }),
    ...(await ADDED[kind]()),
  ],
})(AppModule);

const app = await NestFactory.create(AppModule, new FastifyAdapter(), { logger: false, abortOnError: false });
await app.listen(0, '127.0.0.1');
// Counted from the start of the process.
const startup = performance.now();
const { user, system } = process.cpuUsage();

globalThis.gc();
const { rss, heapUsed } = process.memoryUsage();
process.send({ type: 'listening', startup, cpu: (user + system) / 1000, rss, heapUsed });
process.on('disconnect', () => void app.close().then(() => process.exit(0)));
