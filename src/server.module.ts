import { createRequire } from 'node:module';
import { type DynamicModule, type INestApplication, Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DynamoModule } from './dynamo.module.js';
import type { DynamoOptions } from './dynamo.options.js';
import { AccountsAccess } from './accounts/accounts.access.js';
import { DynamoAccountsModule } from './accounts/accounts.module.js';
import type { DynamoAccountsOptions } from './accounts/accounts.options.js';
import { ProblemFilter } from './http/problem.filter.js';
import { HealthController } from './server.health.js';
import { SetupPageController } from './server.setup-page.js';

/** The database of the server, and how its models are kept there. */
export interface ServerDatabaseOptions extends Pick<
  DynamoOptions,
  | 'listenUrl'
  | 'metrics'
  | 'readTimeout'
  | 'backgroundFrom'
  | 'readFromReplicas'
  | 'replicaMaxLag'
  | 'idempotencyKeyLifetime'
> {
  /** How long a request waits for a connection, in milliseconds: all may be busy, or there is no database. Default 5,000. */
  readonly poolTimeout?: number;
  /** What the database calls the connections of this server. Default: nothing. */
  readonly nodeName?: string;
}

/** A connection keeps the statements of every version of a model that it has served, here and in PostgreSQL, until it ends. */
const LONGEST_CONNECTION = 300;

/** The standalone server: a Nest application like any other that imports Dynamo. */
@Module({})
export class ServerModule {
  static forRoot(
    url: string,
    options: DynamoAccountsOptions,
    { poolTimeout = 5000, nodeName, ...dynamo }: ServerDatabaseOptions = {},
  ): DynamicModule {
    const accounts = DynamoAccountsModule.forRoot(options);
    return {
      module: ServerModule,
      imports: [
        TypeOrmModule.forRoot({
          type: 'postgres',
          url,
          autoLoadEntities: true,
          retryAttempts: 0,
          connectTimeoutMS: poolTimeout,
          applicationName: nodeName,
          extra: { keepAlive: true, maxLifetimeSeconds: LONGEST_CONNECTION },
        }),
        accounts,
        DynamoModule.forRoot({ ...dynamo, access: AccountsAccess, imports: [accounts] }),
      ],
      controllers: [HealthController, SetupPageController],
      providers: [{ provide: APP_FILTER, useClass: ProblemFilter }],
    };
  }
}

const { version } = createRequire(import.meta.url)('../package.json') as { readonly version: string };

/** What Express and Fastify have in common here. */
interface HttpResponse {
  header(name: string, value: string): unknown;
}

/** What else a document leaves out for whoever asks. */
type DocumentPatch = (document: OpenAPIObject, request: unknown) => Promise<OpenAPIObject>;

/** Serves each caller's live OpenAPI document: `/docs` to look at, `/docs-json` and `/docs-yaml` for programs. */
export const setupDocs = (app: INestApplication, patch: DocumentPatch = async (document) => document): void => {
  const config = new DocumentBuilder()
    .setTitle('Dynamo')
    .setVersion(version)
    .setDescription(
      'Models that are rows: this document always shows exactly the models that exist now, as far as you may use them.',
    )
    .setOpenAPIVersion('3.1.0')
    .build();
  SwaggerModule.setup('docs', app, () => SwaggerModule.createDocument(app, config), {
    jsonDocumentUrl: 'docs-json',
    yamlDocumentUrl: 'docs-yaml',
    patchDocumentOnRequest: async (request, response, document) => {
      // Another caller's is another one.
      (response as HttpResponse).header('Cache-Control', 'private, no-cache');
      return patch(await DynamoModule.openApiFor(app, document, request), request);
    },
  });
};
