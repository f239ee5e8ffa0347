import {
  type DynamicModule,
  type FactoryProvider,
  type INestApplication,
  Inject,
  Module,
  type ModuleMetadata,
  type OnApplicationShutdown,
  type Provider,
  type Type,
  UseFilters,
  UseGuards,
} from '@nestjs/common';
import { ApplicationConfig, DiscoveryModule, RouterModule } from '@nestjs/core';
import { EventEmitterModule } from '@nestjs/event-emitter';
import type { OpenAPIObject } from '@nestjs/swagger';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { SchemaListener } from './cluster/schema-listener.service.js';
import { AppliedModelStore } from './database/applied-model.store.js';
import { ChangeJournal } from './database/change-journal.js';
import { LiveEntityMetadata } from './database/live-entity-metadata.js';
import { upgradeMetaTables } from './database/meta-tables.js';
import { ModelsDatabase } from './database/models-database.js';
import { DYNAMO_ACCESS, DYNAMO_DATA_SOURCE, DYNAMO_OPTIONS, DYNAMO_ROUTE_PREFIX } from './dynamo.constants.js';
import {
  type DynamoModuleExtras,
  type DynamoOptions,
  type ResolvedDynamoOptions,
  resolveOptions,
} from './dynamo.options.js';
import { FieldTypeRegistry } from './field-types/field-type.registry.js';
import { AccessGuard, DecidedBy } from './http/access.guard.js';
import { JsonBodyGuard } from './http/json-body.guard.js';
import { OpenApiDocument } from './http/openapi.document.js';
import { ProblemFilter } from './http/problem.filter.js';
import { RecordsController } from './http/records.controller.js';
import { ChangeTransaction } from './meta/change-transaction.service.js';
import { DynamoModels } from './meta/dynamo-models.service.js';
import { featureProviders } from './meta/feature-providers.js';
import { InverseNames } from './meta/inverse-names.js';
import { MetaChanges } from './meta/meta-changes.js';
import { MetaController } from './meta/meta.controller.js';
import { metaFieldSchema } from './meta/meta-field.entity.js';
import { metaModelSchema } from './meta/meta-model.entity.js';
import { MetaNames } from './meta/meta-names.js';
import { MetaReader } from './meta/meta-reader.service.js';
import { MetaSubscriber } from './meta/meta.subscriber.js';
import { PlanController } from './meta/plan.controller.js';
import { ModelEditor } from './meta/model-editor.service.js';
import { AccessViews } from './pipeline/access-views.js';
import { AdminControllerFactory } from './pipeline/admin-controller.factory.js';
import { AutomaticValuesSubscriber } from './pipeline/automatic-values.subscriber.js';
import { EntitySchemaGenerator } from './pipeline/entity-schema.generator.js';
import { ModelControllers } from './pipeline/model-controllers.js';
import { ModelHasher } from './pipeline/model-hasher.service.js';
import { ModelLoader } from './pipeline/model.loader.js';
import { ModelRegistry } from './pipeline/model.registry.js';
import { Pipeline } from './pipeline/pipeline.service.js';
import { RegisteredRecordModels } from './pipeline/registered-record-models.js';
import { RecordDispatcher } from './pipeline/record-dispatcher.js';
import { SchemaSynchronizer } from './pipeline/schema.synchronizer.js';
import { SignalEmitter } from './pipeline/signal.emitter.js';
import { ClosedAccess } from './access/access-policy.js';

/**
 * Options that are known only when other providers are.
 *
 * @example DynamoModule.forRootAsync({ inject: [Settings], useFactory: ({ app }: Settings) => ({ defaultApp: app }) });
 */
export interface DynamoAsyncOptions extends DynamoModuleExtras, Pick<ModuleMetadata, 'imports'> {
  readonly inject?: FactoryProvider['inject'];
  readonly useFactory: (...dependencies: never[]) => DynamoOptions | Promise<DynamoOptions>;
}

const PIPELINE: readonly Provider[] = [
  Pipeline,
  ModelHasher,
  EntitySchemaGenerator,
  SchemaSynchronizer,
  ModelRegistry,
  RegisteredRecordModels,
  AccessViews,
  AdminControllerFactory,
  SignalEmitter,
  AutomaticValuesSubscriber,
];

/** Made by factories, because the classes know nothing of Nest, or because they take time to get ready. */
const FOUNDATION: readonly FactoryProvider[] = [
  {
    provide: FieldTypeRegistry,
    inject: [DYNAMO_OPTIONS],
    useFactory: (options: ResolvedDynamoOptions) =>
      new FieldTypeRegistry(options.fieldTypes, options.allowedFieldTypes),
  },
  {
    provide: AppliedModelStore,
    inject: [DYNAMO_OPTIONS],
    useFactory: (options: ResolvedDynamoOptions) => new AppliedModelStore(options.schema),
  },
  {
    provide: ChangeJournal,
    inject: [DYNAMO_OPTIONS],
    useFactory: (options: ResolvedDynamoOptions) => new ChangeJournal(options.schema),
  },
  {
    provide: ModelsDatabase,
    inject: [DYNAMO_DATA_SOURCE, DYNAMO_OPTIONS],
    useFactory: async (dataSource: DataSource, options: ResolvedDynamoOptions) => {
      await upgradeMetaTables(dataSource, options.schema, options.schemaLockTimeout);
      return ModelsDatabase.locate(dataSource, options.schema);
    },
  },
  {
    provide: LiveEntityMetadata,
    inject: [DYNAMO_DATA_SOURCE, DYNAMO_OPTIONS],
    useFactory: (dataSource: DataSource, { schema }: ResolvedDynamoOptions) => {
      const liveMetadata = new LiveEntityMetadata(dataSource);
      liveMetadata.addSchemas([metaModelSchema(schema), metaFieldSchema(schema)]);
      return liveMetadata;
    },
  },
  {
    provide: ModelLoader,
    inject: [ModelsDatabase, AppliedModelStore, Pipeline, ModelRegistry],
    useFactory: async (...dependencies: ConstructorParameters<typeof ModelLoader>) => {
      const loader = new ModelLoader(...dependencies);
      await loader.loadAll();
      return loader;
    },
  },
];

/** Every controller, and what decides who gets in. */
const CONTROLLERS = new Map<Type, 'schema' | 'records'>([
  [MetaController, 'schema'],
  [PlanController, 'schema'],
  [RecordsController, 'records'],
]);

// Here and not on the classes: the folders of the controllers do not know each other.
for (const [controller, rights] of CONTROLLERS) {
  UseFilters(ProblemFilter)(controller);
  UseGuards(JsonBodyGuard, AccessGuard)(controller);
  DecidedBy(rights)(controller);
}

const accessProvider = (access: DynamoModuleExtras['access'] = ClosedAccess): Provider =>
  typeof access === 'function'
    ? { provide: DYNAMO_ACCESS, useClass: access }
    : { provide: DYNAMO_ACCESS, useValue: access };

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
    access,
    ...options
  }: DynamoOptions & DynamoModuleExtras = {}): DynamicModule {
    const provider = { provide: DYNAMO_OPTIONS, useValue: resolveOptions(options) };
    return DynamoModule.assemble(provider, { dataSource, routePrefix, access }, []);
  }

  static forRootAsync({
    dataSource,
    routePrefix,
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
    return DynamoModule.assemble(provider, { dataSource, routePrefix, access }, imports);
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
   * Adds the paths and schemas of all models that exist now to the application's OpenAPI document. Cheap to call on
   * every request: what has not changed is not built again.
   *
   * @example
   * SwaggerModule.setup('docs', app, document, {
   *   patchDocumentOnRequest: (_request, _response, document) => DynamoModule.openApi(app, document),
   * });
   */
  static openApi(app: INestApplication, document: OpenAPIObject): OpenAPIObject {
    const parts = [app.get(ApplicationConfig).getGlobalPrefix(), app.get<string>(DYNAMO_ROUTE_PREFIX)];
    const prefix = parts.map((part) => part.replace(/^\/+|\/+$/g, '')).filter((part) => part !== '');
    return app.get(OpenApiDocument).merge(document, `/${prefix.join('/')}`);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.signals.settled();
  }

  private static assemble(
    options: Provider,
    { dataSource, routePrefix = 'api', access }: DynamoModuleExtras,
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
        ModelControllers,
        MetaChanges,
        MetaNames,
        InverseNames,
        MetaSubscriber,
        ChangeTransaction,
        MetaReader,
        ModelEditor,
        DynamoModels,
        SchemaListener,
        OpenApiDocument,
        JsonBodyGuard,
        AccessGuard,
        ProblemFilter,
      ],
      exports: [DynamoModels, SignalEmitter, ModelRegistry, ProblemFilter, DYNAMO_DATA_SOURCE],
    };
  }
}
