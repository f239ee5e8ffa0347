import type { FactoryProvider, Provider } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { AppliedModelStore } from './database/applied-model.store.js';
import { ChangeJournal } from './database/change-journal.js';
import { LiveEntityMetadata } from './database/live-entity-metadata.js';
import { upgradeMetaTables } from './database/meta-tables.js';
import { ModelsDatabase } from './database/models-database.js';
import { DYNAMO_DATA_SOURCE, DYNAMO_OPTIONS } from './dynamo.constants.js';
import { type ResolvedDynamoOptions } from './dynamo.options.js';
import { FieldTypeRegistry } from './field-types/field-type.registry.js';
import { metaFieldSchema } from './meta/meta-field.entity.js';
import { metaModelSchema } from './meta/meta-model.entity.js';
import { AccessViews } from './pipeline/access-views.js';
import { AdminControllerFactory } from './pipeline/admin-controller.factory.js';
import { AutomaticValuesSubscriber } from './pipeline/automatic-values.subscriber.js';
import { Dependents } from './pipeline/dependents.js';
import { EntitySchemaGenerator } from './pipeline/entity-schema.generator.js';
import { ModelHasher } from './pipeline/model-hasher.service.js';
import { ModelLoader } from './pipeline/model.loader.js';
import { ModelRegistry } from './pipeline/model.registry.js';
import { Pipeline } from './pipeline/pipeline.service.js';
import { ReceiverLoader } from './pipeline/receiver.loader.js';
import { RecordWatch } from './pipeline/record-watch.service.js';
import { RegisteredRecordModels } from './pipeline/registered-record-models.js';
import { RepositoryNews } from './pipeline/repository-news.subscriber.js';
import { SchemaSynchronizer } from './pipeline/schema.synchronizer.js';
import { SignalEmitter } from './pipeline/signal.emitter.js';

/** The six steps, and what they lead to. */
export const PIPELINE: readonly Provider[] = [
  Pipeline,
  ModelHasher,
  EntitySchemaGenerator,
  SchemaSynchronizer,
  ModelRegistry,
  RegisteredRecordModels,
  Dependents,
  RecordWatch,
  AccessViews,
  AdminControllerFactory,
  SignalEmitter,
  ReceiverLoader,
  AutomaticValuesSubscriber,
  RepositoryNews,
];

/** Made by factories, because the classes know nothing of Nest, or because they take time to get ready. */
export const FOUNDATION: readonly FactoryProvider[] = [
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
