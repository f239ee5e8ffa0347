// An application of nothing but Nest and TypeORM, with Dynamo in it or without, which tells its parent about its start.
// It ends when the parent disconnects.
import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { TypeOrmModule } from '@nestjs/typeorm';

const { BENCH_DATABASE: url, BENCH_DYNAMO: withDynamo } = process.env;

// Loaded only where it is used, because loading it is what takes time and memory.
const loadDynamo = async () => (await import('../../dist/index.js')).DynamoModule.forRoot();

class AppModule {}
Module({
  imports: [
    TypeOrmModule.forRoot({ type: 'postgres', url, autoLoadEntities: true, retryAttempts: 0 }),
    ...(withDynamo === 'true' ? [await loadDynamo()] : []),
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
