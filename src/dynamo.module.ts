import {
  type DynamicModule,
  type FactoryProvider,
  type INestApplication,
  Inject,
  Module,
  type ModuleMetadata,
  type OnApplicationShutdown,
  type Provider,
} from '@nestjs/common';
import { ApplicationConfig, DiscoveryModule, RouterModule } from '@nestjs/core';
import { EventEmitterModule } from '@nestjs/event-emitter';
import type { OpenAPIObject } from '@nestjs/swagger';
import { getDataSourceToken } from '@nestjs/typeorm';
import { ReplicaWatch } from './cluster/replica-watch.service.js';
import { SchemaListener } from './cluster/schema-listener.service.js';
import { DYNAMO_ACCESS, DYNAMO_DATA_SOURCE, DYNAMO_OPTIONS, DYNAMO_ROUTE_PREFIX } from './dynamo.constants.js';
import { type DynamoModuleExtras, type DynamoOptions, resolveOptions } from './dynamo.options.js';
import { AccessGuard } from './http/access.guard.js';
import { AdminDescriptors } from './http/admin/admin-descriptors.service.js';
import { AdminPageModule } from './http/admin/admin-page.module.js';
import { EventStreams } from './http/events/event-streams.service.js';
import { RecordEvents } from './http/events/record-events.service.js';
import { Sights } from './http/events/sights.service.js';
import { IdempotencyKeyGuard } from './http/idempotency-key.guard.js';
import { ImportBodies } from './http/import-bodies.js';
import { ImportBodyGuard } from './http/import-body.guard.js';
import { DynamoFilter } from './http/dynamo.filter.js';
import { JsonBodyGuard } from './http/json-body.guard.js';
import { OpenApiDocument } from './http/openapi.document.js';
import type { SecurityRequirements } from './http/openapi.security.js';
import { ProblemFilter } from './http/problem.filter.js';
import { RecordWrites } from './http/record-writes.js';
import { SchemaVersionInterceptor } from './http/schema-version.interceptor.js';
import { BackgroundChanges } from './meta/background-changes.service.js';
import { WritePositionInterceptor } from './http/write-position.interceptor.js';
import { DynamoModels } from './meta/dynamo-models.service.js';
import { featureProviders } from './meta/feature-providers.js';
import { ModelsDatabase } from './database/models-database.js';
import { ModelLoader } from './pipeline/model.loader.js';
import { RegisteredRecordModels } from './pipeline/registered-record-models.js';
import { AccessViews } from './pipeline/access-views.js';
import { ModelControllers } from './pipeline/model-controllers.js';
import { ModelRegistry } from './pipeline/model.registry.js';
import { RecordDispatcher } from './pipeline/record-dispatcher.js';
import { Wakefulness } from './pipeline/wakefulness.js';
import { SignalEmitter } from './pipeline/signal.emitter.js';
import { ClosedAccess } from './access/access-policy.js';
import { CONTROLLERS } from './dynamo.controllers.js';
import { EDITING, FOUNDATION, PIPELINE } from './dynamo.foundation.js';

/**
 * Options that are known only when other providers are.
 *
 * @example DynamoModule.forRootAsync({ inject: [Settings], useFactory: ({ app }: Settings) => ({ defaultApp: app }) });
 */
export interface DynamoAsyncOptions extends DynamoModuleExtras {
  readonly inject?: FactoryProvider['inject'];
  readonly useFactory: (...dependencies: never[]) => DynamoOptions | Promise<DynamoOptions>;
}

const accessProvider = (access: DynamoModuleExtras['access'] = ClosedAccess): Provider =>
  typeof access === 'function'
    ? { provide: DYNAMO_ACCESS, useClass: access }
    : { provide: DYNAMO_ACCESS, useValue: access };

/** Of Dynamo's routes, such as `/api`. */
const prefixIn = (app: INestApplication): string => {
  const parts = [app.get(ApplicationConfig).getGlobalPrefix(), app.get<string>(DYNAMO_ROUTE_PREFIX)];
  const prefix = parts.map((part) => part.replace(/^\/+|\/+$/g, '')).filter((part) => part !== '');
  return `/${prefix.join('/')}`;
};

/** What `DynamoModule.forFeature` imports. */
@Module({})
class DynamoFeatureModule {}

/**
 * Runtime models for a Nest application: import it beside `TypeOrmModule`.
 *
 * @example
 * @Module({
 *   imports: [
 *     TypeOrmModule.forRoot({ type: 'postgres', url, autoLoadEntities: true }),
 *     DynamoModule.forRoot({ defaultApp: 'shop', access: OpenAccess }),
 *   ],
 * })
 * class AppModule {}
 */
@Module({})
export class DynamoModule implements OnApplicationShutdown {
  constructor(@Inject(SignalEmitter) private readonly signals: SignalEmitter) {}

  static forRoot({
    dataSource,
    routePrefix,
    adminPath,
    access,
    imports,
    ...options
  }: DynamoOptions & DynamoModuleExtras = {}): DynamicModule {
    const provider = { provide: DYNAMO_OPTIONS, useValue: resolveOptions(options) };
    return DynamoModule.assemble(provider, { dataSource, routePrefix, adminPath, access }, imports ?? []);
  }

  static forRootAsync({
    dataSource,
    routePrefix,
    adminPath,
    access,
    imports = [],
    inject = [],
    useFactory,
  }: DynamoAsyncOptions): DynamicModule {
    const provider: FactoryProvider = {
      provide: DYNAMO_OPTIONS,
      inject,
      useFactory: async (...dependencies: never[]) => resolveOptions(await useFactory(...dependencies)),
    };
    return DynamoModule.assemble(provider, { dataSource, routePrefix, adminPath, access }, imports);
  }

  /**
   * Provides the record APIs and repositories of models, for {@link InjectRecords} and {@link InjectModelRepository}.
   *
   * @example
   * @Module({ imports: [DynamoModule.forFeature(['shop.Product'])], providers: [Checkout] })
   * class ShopModule {}
   */
  static forFeature(models: readonly string[]): DynamicModule {
    const providers = featureProviders(models);
    return { module: DynamoFeatureModule, providers, exports: providers.map(({ provide }) => provide) };
  }

  /**
   * Adds the paths and schemas of all models that exist now to the application's OpenAPI document, whoever reads it.
   * Cheap to call on every request: what has not changed is not built again.
   *
   * @param security schemes of the document that the application asks for at Dynamo's routes: `[{ bearer: [] }]`. Left
   *   out, what the document says for all routes holds for these
   * @example
   * SwaggerModule.setup('docs', app, document, {
   *   patchDocumentOnRequest: (_request, _response, document) => DynamoModule.openApi(app, document),
   * });
   */
  static openApi(app: INestApplication, document: OpenAPIObject, security?: SecurityRequirements): OpenAPIObject {
    return app.get(OpenApiDocument).merge(document, { prefix: prefixIn(app), security });
  }

  /**
   * The same for whoever sends a request: only the models, operations, fields and parameters that the access policy
   * allows, and the paths about models and fields only with the right to them. The guards of the application do not
   * stand before the document, so a policy without `identify` needs a middleware that puts the user on the request.
   *
   * @throws what `identify` of the policy throws
   * @example
   * SwaggerModule.setup('docs', app, document, {
   *   patchDocumentOnRequest: (request, _response, document) => DynamoModule.openApiFor(app, document, request),
   * });
   */
  static async openApiFor(
    app: INestApplication,
    document: OpenAPIObject,
    request: unknown,
    security?: SecurityRequirements,
  ): Promise<OpenAPIObject> {
    const { view } = await app
      .get(AccessViews)
      .ofRequest(typeof request === 'object' && request !== null ? request : {});
    return app.get(OpenApiDocument).merge(document, { prefix: prefixIn(app), security, view });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.signals.settled();
  }

  private static assemble(
    options: Provider,
    { dataSource, routePrefix = 'api', adminPath = 'admin', access }: DynamoModuleExtras,
    imports: NonNullable<ModuleMetadata['imports']>,
  ): DynamicModule {
    return {
      module: DynamoModule,
      global: true,
      imports: [
        ...imports,
        DiscoveryModule,
        EventEmitterModule.forRoot({ global: false }),
        RouterModule.register([{ path: routePrefix, module: DynamoModule }]),
        ...(adminPath === false ? [] : [AdminPageModule.at(adminPath, routePrefix)]),
      ],
      controllers: [...CONTROLLERS.keys()],
      providers: [
        options,
        { provide: DYNAMO_ROUTE_PREFIX, useValue: routePrefix },
        accessProvider(access),
        { provide: DYNAMO_DATA_SOURCE, useExisting: getDataSourceToken(dataSource) },
        ...FOUNDATION,
        ...PIPELINE,
        RecordDispatcher,
        Wakefulness,
        RecordWrites,
        ModelControllers,
        ...EDITING,
        SchemaListener,
        ReplicaWatch,
        OpenApiDocument,
        AdminDescriptors,
        Sights,
        RecordEvents,
        EventStreams,
        ImportBodies,
        JsonBodyGuard,
        AccessGuard,
        ImportBodyGuard,
        IdempotencyKeyGuard,
        SchemaVersionInterceptor,
        WritePositionInterceptor,
        ProblemFilter,
        DynamoFilter,
      ],
      exports: [
        DynamoModels,
        BackgroundChanges,
        SignalEmitter,
        ModelRegistry,
        ProblemFilter,
        DYNAMO_DATA_SOURCE,
        // For accounts, which are a module of their own.
        DYNAMO_OPTIONS,
        ModelsDatabase,
        ModelLoader,
        RegisteredRecordModels,
        DynamoFilter,
        JsonBodyGuard,
      ],
    };
  }
}
