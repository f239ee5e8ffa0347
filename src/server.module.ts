import { createRequire } from 'node:module';
import { Controller, type DynamicModule, Get, type INestApplication, Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import {
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  DocumentBuilder,
  type OpenAPIObject,
  SwaggerModule,
} from '@nestjs/swagger';
import { InjectDataSource, TypeOrmModule } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { DynamoModule } from './dynamo.module.js';
import type { DynamoOptions } from './dynamo.options.js';
import { AccountsAccess } from './accounts/accounts.access.js';
import { DynamoAccountsModule } from './accounts/accounts.module.js';
import type { DynamoAccountsOptions } from './accounts/accounts.options.js';
import { ProblemFilter } from './http/problem.filter.js';
import { SetupPageController } from './server.setup-page.js';

/** Tells load balancers and people that the server runs and reaches its database. */
@ApiTags('server')
@Controller('health')
export class HealthController {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  @Get()
  @ApiOperation({ summary: 'Whether the server reaches its database' })
  @ApiOkResponse({
    schema: { type: 'object', required: ['status'], properties: { status: { type: 'string', enum: ['ok'] } } },
  })
  async check(): Promise<{ status: 'ok' }> {
    await this.dataSource.query('SELECT 1');
    return { status: 'ok' };
  }
}

/** The standalone server: a Nest application like any other that imports Dynamo. */
@Module({})
export class ServerModule {
  static forRoot(url: string, options: DynamoAccountsOptions, dynamo: DynamoOptions = {}): DynamicModule {
    const accounts = DynamoAccountsModule.forRoot(options);
    return {
      module: ServerModule,
      imports: [
        TypeOrmModule.forRoot({ type: 'postgres', url, autoLoadEntities: true, retryAttempts: 0 }),
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
