import { createRequire } from 'node:module';
import { Controller, type DynamicModule, Get, type INestApplication, Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { ApiOkResponse, ApiOperation, ApiTags, DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { InjectDataSource, TypeOrmModule } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { DynamoModule } from './dynamo.module.js';
import { OpenAccess } from './access/access-policy.js';
import { ProblemFilter } from './http/problem.filter.js';

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
  static forRoot(url: string): DynamicModule {
    return {
      module: ServerModule,
      imports: [
        TypeOrmModule.forRoot({ type: 'postgres', url, autoLoadEntities: true, retryAttempts: 0 }),
        DynamoModule.forRoot({ access: OpenAccess }),
      ],
      controllers: [HealthController],
      providers: [{ provide: APP_FILTER, useClass: ProblemFilter }],
    };
  }
}

const { version } = createRequire(import.meta.url)('../package.json') as { readonly version: string };

/** Serves the live OpenAPI document: `/docs` to look at, `/docs-json` and `/docs-yaml` for programs. */
export const setupDocs = (app: INestApplication): void => {
  const config = new DocumentBuilder()
    .setTitle('Dynamo')
    .setVersion(version)
    .setDescription('Models that are rows: this document always shows exactly the models that exist now.')
    .setOpenAPIVersion('3.1.0')
    .build();
  SwaggerModule.setup('docs', app, () => SwaggerModule.createDocument(app, config), {
    jsonDocumentUrl: 'docs-json',
    yamlDocumentUrl: 'docs-yaml',
    patchDocumentOnRequest: (_request, _response, document) => DynamoModule.openApi(app, document),
  });
};
