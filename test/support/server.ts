import type { DynamicModule, INestApplication, ModuleMetadata } from '@nestjs/common';
import { APP_FILTER, NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource, type DataSourceOptions } from 'typeorm';
import {
  DynamoModels,
  DynamoModule,
  OpenAccess,
  ProblemFilter,
  SignalEmitter,
  type DynamoModuleExtras,
  type DynamoOptions,
} from '../../src/index.js';
import { DYNAMO_ADMIN_DIRECTORY } from '../../src/dynamo.constants.js';
import { createAdapter } from '../../src/server.js';
import { HealthController } from '../../src/server.health.js';
import { setupDocs } from '../../src/server.module.js';
import { createDatabase, type TestDatabase } from './database.js';
import { httpClient, type Http } from './http.js';

/** How an application of a test differs from the plain one. */
export interface StartOptions extends Pick<ModuleMetadata, 'imports' | 'providers' | 'controllers'> {
  readonly adapter?: 'fastify' | 'express';
  /** Imported before Dynamo, as modules whose routes are below Dynamo's must be on Express. */
  readonly before?: ModuleMetadata['imports'];
  readonly options?: DynamoOptions & DynamoModuleExtras;
  /** Default true: health and problem documents everywhere, as the server has them. False: only what the module brings. */
  readonly standalone?: boolean;
  /** The whole import of Dynamo, instead of `forRoot(options)`. */
  readonly dynamo?: DynamicModule;
  /** Where a build of the admin is. Default: nowhere, as long as the sources are not built. */
  readonly adminDirectory?: string;
  /** Added to the options of TypeOrmModule. */
  readonly typeorm?: Pick<
    Extract<DataSourceOptions, { type: 'postgres' }>,
    'synchronize' | 'entities' | 'extra' | 'replication'
  > & { autoLoadEntities?: boolean };
  /** A database of the test's own, which outlives the application. Without it each application has a fresh one. */
  readonly database?: TestDatabase;
  /** Runs before the application listens, as the host's `main.ts` would. */
  readonly configure?: (app: INestApplication) => void;
}

/** A running application, and what a test wants to look at. */
export interface TestServer {
  readonly url: string;
  readonly http: Http;
  readonly app: INestApplication;
  readonly dataSource: DataSource;
  readonly models: DynamoModels;
  readonly signals: SignalEmitter;
  readonly database: TestDatabase;
  close(): Promise<void>;
}

class HostModule {}

/** What the standalone server adds to the module. */
const STANDALONE = {
  providers: [{ provide: APP_FILTER, useClass: ProblemFilter }],
  controllers: [HealthController],
};
const BARE = { providers: [], controllers: [] };

const hostModule = (start: StartOptions, database: TestDatabase): DynamicModule => {
  const added = start.standalone === false ? BARE : STANDALONE;
  const { typeorm = {}, dynamo = DynamoModule.forRoot({ access: OpenAccess, ...start.options }) } = start;
  return {
    module: HostModule,
    imports: [
      TypeOrmModule.forRoot({ ...database.options, autoLoadEntities: true, retryAttempts: 0, ...typeorm }),
      ...(start.before ?? []),
      dynamo,
      ...(start.imports ?? []),
    ],
    providers: [...added.providers, ...(start.providers ?? [])],
    controllers: [...added.controllers, ...(start.controllers ?? [])],
  };
};

const create = async (start: StartOptions, database: TestDatabase): Promise<INestApplication> => {
  const adapter = start.adapter === 'express' ? new ExpressAdapter() : createAdapter();
  const host = hostModule(start, database);
  if (start.adminDirectory === undefined) {
    return NestFactory.create(host, adapter, { logger: false, abortOnError: false });
  }
  const testing = Test.createTestingModule({ imports: [host] });
  const module = await testing.overrideProvider(DYNAMO_ADMIN_DIRECTORY).useValue(start.adminDirectory).compile();
  return module.createNestApplication(adapter, { logger: false });
};

const listen = async (start: StartOptions, database: TestDatabase): Promise<INestApplication> => {
  const app = await create(start, database);
  setupDocs(app);
  start.configure?.(app);
  await app.listen(0, '127.0.0.1');
  return app;
};

/**
 * Starts a Nest application with Dynamo in it on a free port of this machine.
 *
 * @example const server = await startApp({ adapter: 'express' }); await server.http.get('/health'); await server.close();
 */
export const startApp = async (start: StartOptions = {}): Promise<TestServer> => {
  const database = start.database ?? (await createDatabase());
  const dropOwn = async () => (start.database ? undefined : database.drop());
  try {
    const app = await listen(start, database);
    const url = await app.getUrl();
    return {
      url,
      http: httpClient(url),
      app,
      dataSource: app.get(DataSource),
      models: app.get(DynamoModels),
      signals: app.get(SignalEmitter),
      database,
      async close() {
        await app.close();
        await dropOwn();
      },
    };
  } catch (error) {
    await dropOwn();
    throw error;
  }
};
