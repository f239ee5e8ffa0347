// What a Nest developer would write by hand for the same table: TypeORM, Fastify and DTOs that are validated.
import 'reflect-metadata';
import { Module, ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { TypeOrmModule } from '@nestjs/typeorm';
import pg from 'pg';
import { Category } from './category.entity.js';
import { Product } from './product.entity.js';
import { ProductsController } from './products.controller.js';
import { ProductsService } from './products.service.js';

// Ids are numbers in JSON, as they are in Dynamo's.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

@Module({
  imports: [
    TypeOrmModule.forRoot({ type: 'postgres', url: process.env['BENCH_DATABASE'], entities: [Product, Category] }),
    TypeOrmModule.forFeature([Product]),
  ],
  controllers: [ProductsController],
  providers: [ProductsService],
})
class AppModule {}

const app = await NestFactory.create<NestFastifyApplication>(
  AppModule,
  new FastifyAdapter({ bodyLimit: 16 * 1024 * 1024, forceCloseConnections: true }),
  { logger: false },
);
app.useGlobalPipes(new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true, transform: true }));
await app.listen(0, '127.0.0.1');

process.on('message', () => {
  globalThis.gc?.();
  process.send?.({ type: 'memory', rss: process.memoryUsage().rss, peak: process.resourceUsage().maxRSS * 1024 });
});
process.on('disconnect', () => void app.close().then(() => process.exit(0)));
process.send?.({ type: 'listening', url: await app.getUrl() });
