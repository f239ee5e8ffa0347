// The same server without accounts: everybody may do everything.
import 'reflect-metadata';
import { APP_FILTER, NestFactory } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DynamoModule, OpenAccess, ProblemFilter } from '../../../dist/index.js';
import { createAdapter } from '../../../dist/server.js';
import { serve } from './serve.js';

class OpenModule {}

const module = {
  module: OpenModule,
  imports: [
    TypeOrmModule.forRoot({ type: 'postgres', url: process.env.BENCH_DATABASE, autoLoadEntities: true }),
    DynamoModule.forRoot({ access: OpenAccess }),
  ],
  providers: [{ provide: APP_FILTER, useClass: ProblemFilter }],
};
const app = await NestFactory.create(module, createAdapter(), { logger: false });
await app.listen(0, '127.0.0.1');
serve(await app.getUrl(), () => app.close());
